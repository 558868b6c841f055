package cli

import (
	"context"

	"onestreet/seeds"
	"onestreet/server/platform/config"
)

type seedCmd struct {
	config.Config
}

// Run implements the command.
func (c *seedCmd) Run(ctx context.Context, s streams) error {
	cfg, err := checked(c.Config)
	if err != nil {
		return err
	}
	return seeds.Ensure(ctx, cfg, s.out)
}
