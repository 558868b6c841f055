package models

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestACouponCodeIsReadAsPeopleWriteIt(t *testing.T) {
	const code = "7K35HA28C69F"
	require.Equal(t, int(couponAlphabet[checkDigit(code[:11])]), int(code[11]), "the example is a real code")
	for _, text := range []string{
		code, "7k35 ha28 c69f", " 7K35-HA28-C69F ", "7K35 HA28\tC69F", "７Ｋ３５　ＨＡ２８　Ｃ６９Ｆ", "7K35－HA28－C69F", "7k3s hazb cg9f",
	} {
		got, err := ParseCouponCode(text)
		require.NoError(t, err, text)
		assert.Equal(t, code, got, text)
	}
	assert.Equal(t, "7K35 HA28 C69F", FormatCouponCode(code))
}

func TestWhatIsNoCouponCodeIsRefused(t *testing.T) {
	for _, text := range []string{
		"", "7K35", "7K35HA28C69", "7K35HA28C69FF", "7K35HA28C69Y", "7K35HA28C69O", "7K35HA28C691",
		"布鞋布鞋布鞋布鞋布鞋布鞋", "48291703", "OS1.018f.48291703", strings.Repeat("7", 400),
	} {
		_, err := ParseCouponCode(text)
		assert.ErrorIs(t, err, ErrCouponCode, text)
	}
}

func TestTheCheckLetterNoticesAWrongLetterAndASwap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := []byte(NewCouponCode())
		_, err := ParseCouponCode(string(code))
		require.NoError(t, err)
		at := rapid.IntRange(0, len(code)-2).Draw(t, "at")
		other := couponAlphabet[rapid.IntRange(0, len(couponAlphabet)-1).Draw(t, "other")]
		wrong, swapped := append([]byte(nil), code...), append([]byte(nil), code...)
		wrong[at] = other
		swapped[at], swapped[at+1] = swapped[at+1], swapped[at]
		for _, changed := range [][]byte{wrong, swapped} {
			_, err := ParseCouponCode(string(changed))
			assert.Equal(t, string(changed) == string(code), err == nil, "%s for %s", changed, code)
		}
	})
}

func FuzzParseCouponCode(f *testing.F) {
	f.Add("7K35 HA28 C69F")
	f.Fuzz(func(t *testing.T, text string) {
		code, err := ParseCouponCode(text)
		if err != nil {
			return
		}
		again, err := ParseCouponCode(FormatCouponCode(code))
		require.NoError(t, err)
		require.Equal(t, code, again)
	})
}
