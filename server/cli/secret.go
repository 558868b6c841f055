package cli

import (
	"errors"
	"os"
	"path/filepath"

	"onestreet/server/platform/config"
	"onestreet/server/platform/token"
)

func demoSecretFile(c config.Config) string { return filepath.Join(c.Data, "demo-secret") }

// makeDemoSecret gives the demo a secret of its own, kept beside its data; a real street must be given one.
func makeDemoSecret(c *config.Config) error {
	if !c.Demo || c.Secret != "" {
		return nil
	}
	if err := os.MkdirAll(c.Data, 0o750); err != nil {
		return err
	}
	if err := useDemoSecret(c); err != nil || c.Secret != "" {
		return err
	}
	c.Secret = token.Random(32)
	return os.WriteFile(demoSecretFile(*c), []byte(c.Secret), 0o600)
}

// useDemoSecret lets the other commands work on the demo's data without being told its secret.
func useDemoSecret(c *config.Config) error {
	if c.Secret != "" {
		return nil
	}
	data, err := os.ReadFile(demoSecretFile(*c))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	c.Secret = string(data)
	return err
}
