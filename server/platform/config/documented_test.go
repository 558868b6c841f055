package config_test

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"onestreet/server/platform/config"
)

// settings are the environment variables that the server reads, each with its default.
func settings() map[string]string {
	all := map[string]string{}
	for field := range reflect.TypeFor[config.Config]().Fields() {
		if name := field.Tag.Get("env"); name != "" {
			all[name] = field.Tag.Get("default")
		}
	}
	return all
}

func names(t *testing.T, file, pattern string) map[string]string {
	t.Helper()
	text, err := os.ReadFile("../../../" + file)
	require.NoError(t, err)
	found := map[string]string{}
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(string(text), -1) {
		found[m[1]] = m[2]
	}
	require.NotEmpty(t, found)
	return found
}

func TestTheReadmeNamesEverySettingAndNoOther(t *testing.T) {
	rows := names(t, "README.md", "(?m)^\\| ((?:`ONESTREET_\\w+`(?:, )?)+) \\|([^|]*)\\|")
	told := map[string]string{}
	for cells, value := range rows {
		for _, name := range regexp.MustCompile(`\w+`).FindAllString(cells, -1) {
			told[name] = strings.Trim(value, " `")
		}
	}
	for name, value := range settings() {
		require.Contains(t, told, name)
		if value != "" {
			require.Equal(t, value, told[name], "the default of %s", name)
		}
	}
	require.Len(t, told, len(settings()), "a row of a setting that is no more: %v", told)
}

// What compose passes on is what the server reads, and all of it: a setting that stands in .env must not be lost on the way.
func TestComposePassesEverySettingOn(t *testing.T) {
	passed := names(t, "docker-compose.yml", `(?m)^    (ONESTREET_\w+): (.*)$`)
	for name := range settings() {
		require.Contains(t, passed, name)
	}
	require.Len(t, passed, len(settings()), "compose passes what the server does not read: %v", passed)
}
