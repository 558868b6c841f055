package cli

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

type healthcheckCmd struct {
	URL string `default:"http://127.0.0.1:8080/readyz" help:"What to ask."`
}

// Run implements the command.
func (c *healthcheckCmd) Run(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.URL, nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return errors.Join(fmt.Errorf("%s answers %s", c.URL, res.Status), res.Body.Close())
	}
	return res.Body.Close()
}
