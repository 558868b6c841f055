package cli

import (
	"context"
	"errors"
	"fmt"
	"os"

	"onestreet/server/platform/config"
	"onestreet/server/platform/db"
)

type migrateCmd struct {
	Database string `env:"ONESTREET_DATABASE" help:"As for serve."`
	Data     string `env:"ONESTREET_DATA" default:"./data" help:"As for serve."`
}

// Run implements the command.
func (c *migrateCmd) Run(ctx context.Context, s streams) error {
	cfg := config.Config{Database: c.Database, Data: c.Data}.WithDefaults()
	if err := os.MkdirAll(cfg.Data, 0o750); err != nil {
		return err
	}
	d, err := db.Open(cfg.Database, db.Options{})
	if err != nil {
		return err
	}
	if err := d.Migrate(ctx); err != nil {
		return errors.Join(err, d.Close())
	}
	_, _ = fmt.Fprintln(s.out, "the schema is up to date")
	return d.Close()
}
