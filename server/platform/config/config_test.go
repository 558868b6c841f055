package config_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"onestreet/server/platform/config"
)

func good() config.Config {
	return config.Config{Addr: "127.0.0.1:8080", Data: "./data", Secret: strings.Repeat("s", 32), SMS: "console"}.WithDefaults()
}

func TestDefaultsFollowFromEachOther(t *testing.T) {
	c := good()
	require.Equal(t, "sqlite:./data/onestreet.db", c.Database)
	require.Equal(t, "http://127.0.0.1:8080", c.PublicURL)
	require.Empty(t, c.Check())
}

func TestABadValueIsNamedWithWhatWasExpected(t *testing.T) {
	for setting, spoil := range map[string]func(*config.Config){
		"ONESTREET_ADDR":         func(c *config.Config) { c.Addr = "8080" },
		"ONESTREET_METRICS_ADDR": func(c *config.Config) { c.MetricsAddr = "here" },
		"ONESTREET_DATABASE":     func(c *config.Config) { c.Database = "postgres:x" },
		"ONESTREET_REDIS":        func(c *config.Config) { c.Redis = "localhost:6379" },
		"ONESTREET_SECRET":       func(c *config.Config) { c.Secret = "short" },
		"ONESTREET_PUBLIC_URL":   func(c *config.Config) { c.PublicURL = "street.example" },
		"ONESTREET_SMS":          func(c *config.Config) { c.SMS = "pigeon" },
		"ONESTREET_SMS_KEY":      func(c *config.Config) { c.SMS, c.SMSSecret, c.SMSSign, c.SMSTemplate = "aliyun", "s", "s", "t" },
		"ONESTREET_SMS_APP": func(c *config.Config) {
			c.SMS, c.SMSKey, c.SMSSecret, c.SMSSign, c.SMSTemplate = "tencent", "k", "s", "s", "t"
		},
	} {
		c := good()
		spoil(&c)
		bad := c.Check()
		require.Len(t, bad, 1, setting)
		require.Equal(t, setting, bad[0].Setting)
		require.NotEmpty(t, bad[0].Expected)
	}
}

func TestWhatMustNotBeInProduction(t *testing.T) {
	c := good()
	c.Demo = true
	var settings []string
	for _, p := range c.Production() {
		settings = append(settings, p.Setting)
	}
	require.Equal(t, []string{"--demo", "ONESTREET_SMS", "ONESTREET_PUBLIC_URL"}, settings)
	c.Demo, c.SMS, c.PublicURL = false, "aliyun", "https://street.example"
	require.Empty(t, c.Production())
}
