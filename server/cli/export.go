package cli

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"onestreet/server/app"
	"onestreet/server/platform/config"
)

// exportCmd writes a street's books to a file that `audit --file` verifies without this server.
type exportCmd struct {
	config.Config
	Street string `required:"" help:"The street, by its slug."`
	Out    string `required:"" type:"path" help:"The file to write; it is packed when its name ends in .gz. One that is there is not overwritten."`
}

// Run implements the command.
func (c *exportCmd) Run(ctx context.Context, s streams) error {
	a, err := open(c.Config, s)
	if err != nil {
		return err
	}
	return errors.Join(c.export(ctx, a, s), a.Close())
}

func (c *exportCmd) export(ctx context.Context, a *app.App, s streams) error {
	street, err := a.Pool.StreetBySlug(ctx, c.Street)
	if err != nil {
		return fmt.Errorf("--street %s: %w", c.Street, err)
	}
	file, err := os.OpenFile(c.Out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	out, closed := packed(file)
	head, err := a.Books.Export(ctx, street, out)
	if err = errors.Join(err, closed()); err != nil {
		return errors.Join(err, os.Remove(c.Out))
	}
	_, _ = fmt.Fprintf(s.out, "%s: %d transfers of %s up to seq %d\n", c.Out, head.Counts["transfer"], head.Slug, head.Seq)
	return nil
}

// packed packs what goes to a file by the file's name.
func packed(file *os.File) (io.Writer, func() error) {
	if !strings.HasSuffix(file.Name(), ".gz") {
		return file, file.Close
	}
	zip := gzip.NewWriter(file)
	return zip, func() error { return errors.Join(zip.Close(), file.Close()) }
}
