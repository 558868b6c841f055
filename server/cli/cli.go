// Package cli is the command line: one file a subcommand. Main parses, carries out and turns errors into exit codes:
// 0 done, 1 it did not hold (audit, doctor) or failed, 2 the words were wrong.
package cli

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"onestreet/server/app"
	"onestreet/server/platform/config"
)

type commands struct {
	Serve       serveCmd       `cmd:"" help:"Serve the platform. Everything can be set by flags or ONESTREET_… variables."`
	Migrate     migrateCmd     `cmd:"" help:"Bring the database's schema up to date."`
	Found       foundCmd       `cmd:"" help:"Open a street with its first coordinator."`
	Seed        seedCmd        `cmd:"" help:"Fill an empty database with the demo street."`
	Audit       auditCmd       `cmd:"" help:"Recompute the books and name the first row that does not hold."`
	Export      exportCmd      `cmd:"" help:"Write a street's books to a file that anyone can audit without this server."`
	Conduct     conductCmd     `cmd:"" help:"The rules against adverts: try them on a file."`
	Doctor      doctorCmd      `cmd:"" help:"Check the configuration and what it can reach."`
	Healthcheck healthcheckCmd `cmd:"" help:"Ask a running server whether it is ready; for containers."`
	Calendar    calendarCmd    `cmd:"" help:"Dates of rules and lunar dates, as JSON."`
	OpenAPI     openAPICmd     `cmd:"" name:"openapi" help:"Print the API's OpenAPI 3.1 document."`
}

// streams are what a command prints to.
type streams struct{ out, err io.Writer }

// Main carries out a command line and returns the exit code.
func Main(args []string, out, errs io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return run(ctx, args, streams{out, errs})
}

func run(ctx context.Context, args []string, s streams) int {
	var c commands
	exited := false
	code := 0
	parser, err := kong.New(&c, kong.Name("onestreet"), kong.Description("Onestreet 一条街: the platform of an alliance of local shops."),
		kong.Writers(s.out, s.err), kong.Exit(func(n int) { exited, code = true, n }), kong.UsageOnError(),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(s))
	if err != nil {
		_, _ = fmt.Fprintln(s.err, "onestreet:", err)
		return 1
	}
	parsed, err := parser.Parse(args)
	if exited {
		return code
	}
	if err != nil {
		_, _ = fmt.Fprintln(s.err, "onestreet:", err)
		return 2
	}
	if err := parsed.Run(); err != nil {
		_, _ = fmt.Fprintln(s.err, "onestreet:", err)
		return 1
	}
	return 0
}

// checked refuses a configuration that cannot work, naming every bad setting.
func checked(c config.Config) (config.Config, error) {
	c = c.WithDefaults()
	if bad := c.Check(); len(bad) > 0 {
		return c, fmt.Errorf("the configuration cannot work:%s", listed(bad))
	}
	return c, nil
}

func listed(problems []config.Problem) string {
	text := ""
	for _, p := range problems {
		text += "\n  " + p.String()
	}
	return text
}

func logger(level string, w io.Writer) *slog.Logger {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		l = slog.LevelInfo
	}
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: l}))
}

// open makes a node for a command that needs the database and no server.
func open(c config.Config, s streams) (*app.App, error) {
	if err := useDemoSecret(&c); err != nil {
		return nil, err
	}
	c, err := checked(c)
	if err != nil {
		return nil, err
	}
	return app.New(c, app.Options{Log: logger("warn", s.err), Out: s.out})
}
