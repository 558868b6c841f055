// Package config is the server's configuration: flags and ONESTREET_… environment variables with their defaults,
// listed by "onestreet serve --help". Check names every bad value with what was expected.
package config

import (
	"fmt"
	"net"
	"net/url"
	"strings"
)

// Config is everything that can be set. Tags are read by kong (alecthomas/kong).
type Config struct {
	Addr        string `env:"ONESTREET_ADDR" default:"127.0.0.1:8080" help:"Address to serve the app on."`
	MetricsAddr string `env:"ONESTREET_METRICS_ADDR" default:"" help:"Internal address for /metrics; empty: not served."`
	Database    string `env:"ONESTREET_DATABASE" default:"" help:"sqlite:PATH or mysql:USER:PASSWORD@tcp(HOST:PORT)/NAME; empty: sqlite:<data>/onestreet.db."`
	Data        string `env:"ONESTREET_DATA" default:"./data" help:"Folder for the SQLite file, uploads and the demo's secret."`
	Redis       string `env:"ONESTREET_REDIS" default:"" help:"redis://HOST:PORT of the broker between nodes; empty: one node."`
	Secret      string `env:"ONESTREET_SECRET" default:"" help:"At least 32 random characters; every key is derived from it."`
	PublicURL   string `env:"ONESTREET_PUBLIC_URL" default:"" help:"Address people open, such as https://street.example; empty: http://<addr>."`
	SMS         string `env:"ONESTREET_SMS" default:"console" help:"Who sends one-time codes: console (writes to standard output), aliyun or tencent."`
	SMSKey      string `env:"ONESTREET_SMS_KEY" default:"" help:"Access key id at the sender of codes."`
	SMSSecret   string `env:"ONESTREET_SMS_SECRET" default:"" help:"Access key secret at the sender of codes."`
	SMSSign     string `env:"ONESTREET_SMS_SIGN" default:"" help:"Approved signature of the messages, such as 一条街."`
	SMSTemplate string `env:"ONESTREET_SMS_TEMPLATE" default:"" help:"Approved template: aliyun's with a place \"code\", tencent's with {1}."`
	SMSApp      string `env:"ONESTREET_SMS_APP" default:"" help:"SdkAppId; tencent only."`
	RateCaller  int    `env:"ONESTREET_RATE_CALLER" default:"300" help:"API requests that one log-in may make in 10 seconds; 0: no limit."`
	RateAddress int    `env:"ONESTREET_RATE_ADDRESS" default:"3000" help:"API requests that one network address may make in 10 seconds; 0: no limit."`
	Log         string `env:"ONESTREET_LOG" default:"info" enum:"debug,info,warn,error" help:"Least level that is logged."`
	Proxies     string `env:"ONESTREET_PROXIES" default:"" help:"Comma-separated addresses of trusted reverse proxies."`
	Demo        bool   `help:"Serve the demo street: its people can be entered as without a code. Never in production."`
}

// Problem is one bad setting.
type Problem struct {
	Setting  string // such as ONESTREET_SECRET
	Expected string
}

func (p Problem) String() string { return p.Setting + ": expected " + p.Expected }

// WithDefaults fills what depends on other settings.
func (c Config) WithDefaults() Config {
	if c.Database == "" {
		c.Database = "sqlite:" + strings.TrimSuffix(c.Data, "/") + "/onestreet.db"
	}
	if c.PublicURL == "" {
		c.PublicURL = "http://" + c.Addr
	}
	c.PublicURL = strings.TrimSuffix(c.PublicURL, "/")
	return c
}

// Check names every value that cannot work.
func (c Config) Check() []Problem {
	var bad []Problem
	expect := func(ok bool, setting, expected string) {
		if !ok {
			bad = append(bad, Problem{setting, expected})
		}
	}
	expect(isAddr(c.Addr), "ONESTREET_ADDR", "HOST:PORT, got "+quote(c.Addr))
	expect(c.MetricsAddr == "" || isAddr(c.MetricsAddr), "ONESTREET_METRICS_ADDR", "HOST:PORT or nothing, got "+quote(c.MetricsAddr))
	expect(strings.HasPrefix(c.Database, "sqlite:") || strings.HasPrefix(c.Database, "mysql:"), "ONESTREET_DATABASE", "sqlite:PATH or mysql:DSN")
	expect(c.Redis == "" || strings.HasPrefix(c.Redis, "redis://") || strings.HasPrefix(c.Redis, "rediss://"), "ONESTREET_REDIS", "redis://HOST:PORT or nothing")
	expect(len(c.Secret) >= 32, "ONESTREET_SECRET", fmt.Sprintf("at least 32 characters, got %d", len(c.Secret)))
	expect(isURL(c.PublicURL), "ONESTREET_PUBLIC_URL", "http(s)://HOST, got "+quote(c.PublicURL))
	return append(bad, c.checkSMS()...)
}

// checkSMS names what the chosen sender of codes lacks.
func (c Config) checkSMS() []Problem {
	switch c.SMS {
	case "console":
		return nil
	case "aliyun", "tencent":
	default:
		return []Problem{{"ONESTREET_SMS", "console, aliyun or tencent, got " + quote(c.SMS)}}
	}
	var bad []Problem
	needed := [][2]string{{"KEY", c.SMSKey}, {"SECRET", c.SMSSecret}, {"SIGN", c.SMSSign}, {"TEMPLATE", c.SMSTemplate}}
	if c.SMS == "tencent" {
		needed = append(needed, [2]string{"APP", c.SMSApp})
	}
	for _, n := range needed {
		if n[1] == "" {
			bad = append(bad, Problem{"ONESTREET_SMS_" + n[0], "a value, since ONESTREET_SMS is " + c.SMS})
		}
	}
	return bad
}

// Production names what works but must not be so where real people are served.
func (c Config) Production() []Problem {
	var bad []Problem
	if c.Demo {
		bad = append(bad, Problem{"--demo", "absent in production: it lets anyone enter as the demo's people"})
	}
	if c.SMS == "console" {
		bad = append(bad, Problem{"ONESTREET_SMS", "a real sender in production: console only prints the codes"})
	}
	if !strings.HasPrefix(c.PublicURL, "https://") {
		bad = append(bad, Problem{"ONESTREET_PUBLIC_URL", "https in production: cameras and web apps need it"})
	}
	return bad
}

func isAddr(s string) bool {
	_, port, err := net.SplitHostPort(s)
	return err == nil && port != ""
}

func isURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

func quote(s string) string { return fmt.Sprintf("%q", s) }
