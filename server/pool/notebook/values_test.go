package notebook

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/width"
	"pgregory.net/rapid"

	"onestreet/server/platform/sheet"
)

func TestPhonesAreReadInEveryFormOfTheBook(t *testing.T) {
	for _, cell := range []string{
		"17087523188", "１７０８７５２３１８８", "170 8752 3188", "170-8752-3188", "+8617087523188", "8617087523188", "008617087523188",
		"+86 170 8752 3188", "＋８６ 170-8752-3188", "17087523188.0", "1.7087523188E+10", "1.7087523188e10", "'17087523188", "\u202d17087523188\u202c", "(+86)17087523188",
	} {
		phone, problem := readPhone(sheet.Tidy(cell))
		require.Empty(t, problem, cell)
		require.Equal(t, "+8617087523188", phone, cell)
	}
}

func TestPhonesThatCannotBeReadSayWhy(t *testing.T) {
	for cell, want := range map[string]string{
		"": ProblemNoPhone, "无": ProblemNoPhone, "1234": ProblemLength, "1380000": ProblemLength, "17000000000000": ProblemLength,
		"座机8812345": ProblemLandline, "0571-88123456": ProblemLandline, "+86 12345": ProblemLength, "+1 212 555 0100": ProblemForeign,
		"00852 5123 4567": ProblemForeign, "1.71E+10": ProblemRounded, "1.70875E+10": ProblemRounded, "10086": ProblemLength, "12012345678": ProblemPhone,
	} {
		_, problem := readPhone(cell)
		require.Equal(t, want, problem, cell)
	}
}

// Whatever form a number is written in, it is the same number; and reading it again changes nothing.
func TestAPhoneIsTheSameInAllItsForms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := fmt.Sprintf("1%d%09d", rapid.IntRange(3, 9).Draw(t, "second"), rapid.IntRange(0, 999_999_999).Draw(t, "rest"))
		form := rapid.SampledFrom([]func(string) string{
			func(s string) string { return s },
			func(s string) string { return s[:3] + " " + s[3:7] + " " + s[7:] },
			func(s string) string { return s[:3] + "-" + s[3:7] + "-" + s[7:] },
			func(s string) string { return "+86" + s },
			func(s string) string { return "86" + s },
			func(s string) string { return "0086 " + s },
			func(s string) string { return width.Widen.String(s) },
			func(s string) string { return s + ".0" },
			func(s string) string { return s[:1] + "." + s[1:] + "E+10" },
			func(s string) string { return "\t" + s + " " },
		}).Draw(t, "form")
		phone, problem := readPhone(sheet.Tidy(form(d)))
		if problem != "" || phone != "+86"+d {
			t.Fatalf("%q: got %q %q", form(d), phone, problem)
		}
		again, problem := readPhone(phone)
		if again != phone || problem != "" {
			t.Fatalf("%q read again: %q %q", phone, again, problem)
		}
	})
}

// No text makes the reader panic, and it never gives both a phone and a problem, nor neither.
func TestAnyTextIsAPhoneOrAProblem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.String().Draw(t, "cell")
		phone, problem := readPhone(sheet.Tidy(cell))
		if (phone == "") == (problem == "") {
			t.Fatalf("%q: %q %q", cell, phone, problem)
		}
		if phone != "" && !strings.HasPrefix(phone, "+861") {
			t.Fatalf("%q became %q", cell, phone)
		}
	})
}

func TestMoneyIsReadIntoWholeFen(t *testing.T) {
	for cell, fen := range map[string]int64{
		"¥299.00": 29900, "￥299": 29900, "487元": 48700, "683.00": 68300, "764": 76400, "1,200.5": 120050, "RMB 12": 1200, "１２．５元": 1250,
		"298.98999999999995": 29899, "0.005": 1, "0.004": 0, "19.999": 2000, "12块": 1200,
	} {
		got, problem := readMoney(cell)
		require.Empty(t, problem, cell)
		require.Equal(t, fen, got, cell)
	}
	for _, cell := range []string{"-5", "一百", "大概300", "1e9", "1.2.3", "9999999999", "¥"} {
		_, problem := readMoney(cell)
		require.Equal(t, ProblemMoney, problem, cell)
	}
}

func TestMoneyReadsWhatItWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fen := rapid.Int64Range(0, 99_999_999_999).Draw(t, "fen")
		text := fmt.Sprintf("¥%d.%02d", fen/100, fen%100)
		if got, problem := readMoney(text); got != fen || problem != "" {
			t.Fatalf("%s: %d %s", text, got, problem)
		}
	})
}

func TestDatesAreReadInTheFormsOfTheBook(t *testing.T) {
	for cell, want := range map[string]string{
		"2026-01-21": "2026-01-21", "2026/01/21": "2026-01-21", "2026.1.21": "2026-01-21", "20260121": "2026-01-21", "2026年1月21日": "2026-01-21",
		"2026-01-21 18:30:00": "2026-01-21", "2026年1月21日 下午3点": "2026-01-21", "46043": "2026-01-21", "46043.75": "2026-01-21", "２０２６-０１-２１": "2026-01-21", "2024-02-29": "2024-02-29",
	} {
		got, problem := readDate(cell)
		require.Empty(t, problem, cell)
		require.Equal(t, want, got, cell)
	}
	for _, cell := range []string{"2025-02-29", "2026-13-01", "上个月", "21/01/2026", "1021-01-01", "2026"} {
		_, problem := readDate(cell)
		require.Equal(t, ProblemDate, problem, cell)
	}
}

func TestAnUnreadableCellIsLeftOutAndSaid(t *testing.T) {
	sheet, err := Read([]byte("name,phone,total spent,tags\n小宋,17005100687,大概300,\"a; b，a、c\"\n"))
	require.NoError(t, err)
	row := sheet.Rows[0]
	require.Equal(t, Person{Phone: "+8617005100687", Name: "小宋", Tags: []string{"a", "b", "c"}}, row.Person)
	require.Equal(t, "The amount “大概300” could not be read and is left out", ProblemText(row.Problem, row.Detail).EN)
}
