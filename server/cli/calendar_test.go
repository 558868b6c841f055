package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// ask carries out a command of the calendar, which has no data folder.
func ask(t *testing.T, args ...string) (int, string, string) {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(t.Context(), append([]string{"calendar"}, args...), streams{&out, &errs})
	return code, out.String(), errs.String()
}

func ruleFile(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "rule")
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	return file
}

func TestTheCalendarExpandsARule(t *testing.T) {
	code, out, errs := ask(t, "expand", "--rule", ruleFile(t, `{"id":"dafen","rule":{"kind":"lunar_digits","digits":[1,4,7]}}`),
		"--from", "2025-08-01", "--to", "2025-08-31")
	require.Zero(t, code, errs)
	var v struct {
		ID       string
		Dates    []string
		Complete bool
		Days     []struct{ Name string }
	}
	require.NoError(t, json.Unmarshal([]byte(out), &v))
	require.Equal(t, []string{"2025-08-04", "2025-08-07", "2025-08-10", "2025-08-14", "2025-08-17", "2025-08-20", "2025-08-23", "2025-08-26", "2025-08-29"}, v.Dates)
	require.Equal(t, "闰六月十一", v.Days[0].Name)
	require.Equal(t, "dafen", v.ID)
	require.False(t, v.Complete)

	code, out, errs = ask(t, "expand", "--rule", ruleFile(t, "DTSTART;TZID=America/New_York:19970902T090000\nRRULE:FREQ=DAILY;COUNT=2\n\nDTSTART:20260101\nRRULE:FREQ=DAILY"), "--most", "3")
	require.Zero(t, code, errs)
	var several []struct{ Dates []string }
	require.NoError(t, json.Unmarshal([]byte(out), &several))
	require.Equal(t, []string{"1997-09-02T09:00", "1997-09-03T09:00"}, several[0].Dates)
	require.Equal(t, []string{"2026-01-01", "2026-01-02", "2026-01-03"}, several[1].Dates)
}

func TestTheCalendarSaysWhyARuleIsRefused(t *testing.T) {
	endless := ruleFile(t, `{"kind":"daily"}`)
	for _, c := range []struct {
		args []string
		why  string
	}{
		{[]string{"--rule", endless, "--from", "2026-01-01"}, "rule_endless"},
		{[]string{"--rule", endless}, "--from is missing"},
		{[]string{"--rule", endless, "--from", "2026-02-30", "--to", "2026-03-01"}, "--from 2026-02-30"},
		{[]string{"--rule", endless, "--from", "2026-02-01", "--to", "2026-01-01"}, "is before"},
		{[]string{"--rule", endless, "--from", "1900-02-01", "--to", "2026-01-01"}, "date_out_of_range"},
		{[]string{"--rule", ruleFile(t, "DTSTART:20260101\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")}, "rule_never"},
		{[]string{"--rule", filepath.Join(t.TempDir(), "none")}, "no such file"},
	} {
		code, out, errs := ask(t, append([]string{"expand"}, c.args...)...)
		require.Equal(t, 1, code)
		require.Empty(t, out)
		require.Contains(t, errs, c.why)
	}
}

func TestTheCalendarKnowsLunarDatesBothWays(t *testing.T) {
	code, out, errs := ask(t, "lunar", "2025-08-22", "2027-02-06")
	require.Zero(t, code, errs)
	require.Contains(t, out, `"ganzhi_day": "癸亥"`)
	require.Contains(t, out, `"name": "正月初一"`)
	code, out, errs = ask(t, "gregorian", "2025-L06-29")
	require.Zero(t, code, errs)
	require.Contains(t, out, `"gregorian": "2025-08-22"`)
	for _, words := range [][]string{{"lunar", "2026-02-30"}, {"lunar", "1899-01-01"}, {"gregorian", "2026-L06-01"}, {"gregorian", "2026-12-30"}, {"gregorian", "2026"}, {"gregorian", "a-b-c"}} {
		code, out, _ := ask(t, words...)
		require.Equal(t, 1, code, words)
		require.Empty(t, out)
	}
}
