package cli

import (
	"context"
	"errors"
	"fmt"

	"onestreet/models"
	"onestreet/server/platform/config"
	"onestreet/server/pool"
)

// foundCmd opens the first street of a new installation; everything else is then done in the browser.
type foundCmd struct {
	config.Config
	Slug        string `required:"" help:"The street's name in addresses: lower-case letters, digits, dashes."`
	Name        string `required:"" help:"The street's name on its sign, such as 青石街."`
	TimeZone    string `default:"Asia/Shanghai" help:"IANA time zone."`
	Coordinator string `required:"" help:"The coordinator's name."`
	Phone       string `required:"" help:"The coordinator's mobile number; they log in with it."`
}

// Run implements the command.
func (c *foundCmd) Run(ctx context.Context, s streams) error {
	a, err := open(c.Config, s)
	if err != nil {
		return err
	}
	street := models.NewAlliance(c.Slug, c.Name, a.Clock.Now())
	street.TimeZone = c.TimeZone
	if _, err := a.Pool.Found(ctx, street, pool.Person{Phone: c.Phone, Name: c.Coordinator}); err != nil {
		return errors.Join(err, a.Close())
	}
	_, _ = fmt.Fprintf(s.out, "%s is open. %s logs in at %s/login with %s and adds the stores.\n", c.Name, c.Coordinator, a.Config.PublicURL, c.Phone)
	return a.Close()
}
