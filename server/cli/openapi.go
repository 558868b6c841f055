package cli

import (
	"encoding/json"
	"errors"
	"os"
	"strings"

	"onestreet/server/app"
	"onestreet/server/platform/config"
)

type openAPICmd struct{}

// Run implements the command; the demo's operations are in the document too.
func (c *openAPICmd) Run(s streams) error {
	dir, err := os.MkdirTemp("", "onestreet-openapi-")
	if err != nil {
		return err
	}
	cfg := config.Config{Addr: "127.0.0.1:0", Data: dir, Secret: strings.Repeat("x", 32), Demo: true}.WithDefaults()
	a, err := app.New(cfg, app.Options{})
	if err != nil {
		return errors.Join(err, os.RemoveAll(dir))
	}
	enc := json.NewEncoder(s.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return errors.Join(enc.Encode(a.API.OpenAPI()), a.Close(), os.RemoveAll(dir))
}
