package referral_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	ruleLine = regexp.MustCompile("(?m)^- \\*\\*(R\\d\\d)\\*\\* .*`(Test(R\\d\\d)_\\w+)`$")
	ruleMark = regexp.MustCompile(`(?m)^- \*\*(R\d\d)\*\*`)
	ruleTest = regexp.MustCompile(`(?m)^func (Test(R\d\d)_\w+)\(t \*testing\.T\)`)
)

// TestEveryRuleHasItsTestAndEveryTestItsRule reads docs/referral-rules.md: the rules are numbered without gaps, each names
// a test that is there, and no test holds a rule that is not written down.
func TestEveryRuleHasItsTestAndEveryTestItsRule(t *testing.T) {
	page, err := os.ReadFile("../../docs/referral-rules.md")
	require.NoError(t, err)
	tests := ruleTests(t)
	rules := map[string]bool{}
	for _, m := range ruleLine.FindAllStringSubmatch(string(page), -1) {
		rule, name := m[1], m[2]
		assert.Equal(t, rule, m[3], "%s names the test of another rule", rule)
		assert.Equal(t, rule, tests[name], "%s names a test that is not there: %s", rule, name)
		rules[rule] = true
	}
	for i, m := range ruleMark.FindAllStringSubmatch(string(page), -1) {
		assert.Equal(t, fmt.Sprintf("R%02d", i+1), m[1], "the rules are numbered without gaps")
		assert.True(t, rules[m[1]], "%s names no test", m[1])
	}
	for name, rule := range tests {
		assert.True(t, rules[rule], "%s holds a rule that is not written down", name)
	}
	assert.Greater(t, len(rules), 70)
}

// ruleTests are the tests that hold a rule, with its number.
func ruleTests(t *testing.T) map[string]string {
	t.Helper()
	tests := map[string]string{}
	for _, room := range []string{"../../models", "../pool", "."} {
		files, err := filepath.Glob(filepath.Join(room, "*_test.go"))
		require.NoError(t, err)
		for _, file := range files {
			text, err := os.ReadFile(filepath.Clean(file))
			require.NoError(t, err)
			for _, m := range ruleTest.FindAllStringSubmatch(strings.ReplaceAll(string(text), "\r", ""), -1) {
				tests[m[1]] = m[2]
			}
		}
	}
	return tests
}
