package cli

import (
	"context"
	"time"

	"onestreet/seeds"
	"onestreet/server/platform/config"
)

type seedCmd struct {
	config.Config
	Now time.Time `help:"When the demo opens (RFC 3339), for pictures and tests; without it, now."`
}

// Run implements the command.
func (c *seedCmd) Run(ctx context.Context, s streams) error {
	if err := makeDemoSecret(&c.Config); err != nil {
		return err
	}
	cfg, err := checked(c.Config)
	if err != nil {
		return err
	}
	return seeds.Fill(ctx, cfg, seeds.Plan{Now: c.Now}, s.out)
}
