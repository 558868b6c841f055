package models

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestWhatWasMeantAsACouponsCodeSaysWhatIsWrong(t *testing.T) {
	for text, want := range map[string]CouponSlip{
		"7K35 HA28 C69Y":  {Signs: 12},           // the check letter does not fit: which one, the text does not tell
		"7k35ha28c69":     {Signs: 11},           // one is missing somewhere
		"7K35 HA2 C69F":   {Signs: 11, Group: 2}, // and here one sees where
		"7K35-HA288-C69F": {Signs: 13, Group: 2},
		"7K3 HA28 C69":    {Signs: 10}, // two groups are short
		"7K35 HO28 C69F":  {Signs: 12, Group: 2, Sign: "O"},
		"7K35HA28C6i9":    {Signs: 12, Group: 3, Sign: "I"},
		"1K35HA2":         {Signs: 7, Group: 1, Sign: "1"},
		"１Ｋ３５　ＨＡ２８　Ｃ６９Ｆ": {Signs: 12, Group: 1, Sign: "1"},
		"777777777777": {Signs: 12},
	} {
		got, meant := SlipOfCouponCode(text)
		assert.True(t, meant, text)
		assert.Equal(t, want, got, text)
	}
}

func TestWhatWasMeantAsSomethingElseIsNoSlipOfACouponsCode(t *testing.T) {
	for _, text := range []string{
		"", "4829 1703", "4829170", "482917033", "13800000000", "OS1.018f.48291703", "OC1.ABCDEFGHIJKL", "布鞋布鞋布鞋", "ABC", "a sentence that is long enough",
	} {
		_, meant := SlipOfCouponCode(text)
		assert.False(t, meant, text)
		assert.Empty(t, NearCouponCodes(text), text)
	}
}

func TestTheCodeIsAmongThoseNearASlip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := NewCouponCode()
		at := rapid.IntRange(0, len(code)-1).Draw(t, "at")
		sign := string(couponAlphabet[rapid.IntRange(0, len(couponAlphabet)-1).Draw(t, "sign")])
		slips := map[string]string{
			"another": code[:at] + sign + code[at+1:], "missing": code[:at] + code[at+1:], "too many": code[:at] + sign + code[at:],
		}
		if at > 0 {
			slips["swapped"] = code[:at-1] + code[at:at+1] + code[at-1:at] + code[at+1:]
		}
		for how, text := range slips {
			if text == code {
				continue
			}
			near := NearCouponCodes(text)
			require.Contains(t, near, code, how)
			require.Less(t, len(near), 60, how)
			require.LessOrEqual(t, GroupApart(code, text), 3, how)
		}
	})
	assert.Equal(t, 2, GroupApart("7K35HA28C69F", "7K35 HX28 C69F"))
	assert.Equal(t, 3, GroupApart("7K35HA28C69F", "7K35HA28C69"))
}
