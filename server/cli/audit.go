package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"onestreet/models"
	"onestreet/server/app"
	"onestreet/server/books"
	"onestreet/server/ledger"
	"onestreet/server/platform/config"
)

type auditCmd struct {
	config.Config
	Street string `help:"Audit this street alone, by its slug; without it, all of them." xor:"what"`
	File   string `help:"Audit an export of the books instead of the database; needs neither server nor secret." xor:"what" type:"path"`
	Key    string `help:"With --file: the key that the street publishes; without it the signatures are checked with the file's own." placeholder:"VERIFIER"`
	JSON   bool   `name:"json" help:"Print the result as one JSON object."`
}

// errBooks makes the exit code 1; what does not hold has been printed.
var errBooks = errors.New("the books do not hold")

// Validate implements kong's: words that cannot be meant.
func (c *auditCmd) Validate() error {
	if c.Key == "" {
		return nil
	}
	if c.File == "" {
		return errors.New("--key is for --file: the database's checkpoints are verified with the server's own key")
	}
	if _, err := note.NewVerifier(c.Key); err != nil {
		return errors.New("--key: expected a verifier key such as onestreet/qingshi+1a2b3c4d+…, as the street publishes it")
	}
	return nil
}

// Run implements the command.
func (c *auditCmd) Run(ctx context.Context, s streams) error {
	app.TradeMemory()
	if c.File != "" {
		return c.auditFile(ctx, s)
	}
	a, err := open(c.Config, s)
	if err != nil {
		return err
	}
	report, err := c.auditDatabase(ctx, a)
	if err == nil {
		err = c.print(s, outcome(books.FileReport{Report: report}))
	}
	return errors.Join(err, a.Close())
}

func (c *auditCmd) auditDatabase(ctx context.Context, a *app.App) (ledger.Report, error) {
	if c.Street == "" {
		return a.Ledger.Audit().Run(ctx)
	}
	street, err := a.Pool.StreetBySlug(ctx, c.Street)
	if err != nil {
		return ledger.Report{}, fmt.Errorf("--street %s: %w", c.Street, err)
	}
	return a.Ledger.Audit().Street(ctx, street)
}

// auditFile makes a node of its own on an empty folder, for its checks, and audits the file with them.
func (c *auditCmd) auditFile(ctx context.Context, s streams) error {
	file, err := os.Open(c.File)
	if err != nil {
		return err
	}
	report, err := c.fromFile(ctx, file)
	err = errors.Join(err, file.Close())
	var bad *books.LineError
	switch {
	case errors.As(err, &bad):
		return c.print(s, result{Malformed: &malformed{bad.Line, bad.Err.Error()}})
	case err != nil:
		return err
	}
	return c.print(s, outcome(report))
}

func (c *auditCmd) fromFile(ctx context.Context, file *os.File) (report books.FileReport, err error) {
	dir, err := os.MkdirTemp("", "onestreet-audit-")
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	node, err := app.New(config.Config{Addr: "127.0.0.1:0", Data: dir, Secret: strings.Repeat("x", 32)}.WithDefaults(), app.Options{})
	if err != nil {
		return report, err
	}
	report, err = books.AuditFile(ctx, dir, file, c.Key, &node.Ledger.Checks)
	return report, errors.Join(err, node.Close())
}

// result is an audit's outcome as --json prints it.
type result struct {
	Holds     bool       `json:"holds"`
	Street    *street    `json:"street,omitempty"`    // of a file
	Key       string     `json:"key,omitempty"`       // that the file's checkpoints were verified with
	KeyGiven  bool       `json:"key_given,omitempty"` // by --key; otherwise it is the file's own
	Streets   int        `json:"streets"`
	Accounts  int        `json:"accounts"`
	Transfers int64      `json:"transfers"`
	Passed    []string   `json:"passed"`
	Finding   *finding   `json:"finding,omitempty"`
	Malformed *malformed `json:"malformed,omitempty"`
}

type street struct {
	ID   models.ID `json:"id"`
	Slug string    `json:"slug"`
}

// finding names the row that does not hold; record and line are its place in a file.
type finding struct {
	Check    string    `json:"check"`
	Alliance models.ID `json:"alliance"`
	Table    string    `json:"table"`
	Row      string    `json:"row"`
	Seq      int64     `json:"seq,omitempty"`
	Record   string    `json:"record,omitempty"`
	Line     int64     `json:"line,omitempty"`
	Problem  string    `json:"problem"`
	text     string
}

type malformed struct {
	Line     int64  `json:"line"`
	Expected string `json:"problem"`
}

func outcome(r books.FileReport) result {
	out := result{Holds: r.Finding == nil, Streets: r.Alliances, Accounts: r.Accounts, Transfers: r.Transfers, Passed: r.Passed}
	if !r.Header.Alliance.IsZero() {
		out.Street, out.Key, out.KeyGiven = &street{r.Header.Alliance, r.Header.Slug}, r.Key, r.Given
	}
	if f := r.Finding; f != nil {
		out.Finding = &finding{f.Check, f.Alliance, f.Table, f.Row, f.Seq, r.Record, r.Line, f.Problem, r.String()}
	}
	return out
}

func (c *auditCmd) print(s streams, r result) error {
	if c.JSON {
		enc := json.NewEncoder(s.out)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(r); err != nil {
			return err
		}
	} else {
		printed(s, r)
	}
	if !r.Holds {
		return errBooks
	}
	return nil
}

func printed(s streams, r result) {
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(s.out, format+"\n", args...) }
	for _, name := range r.Passed {
		say("✓ %s", name)
	}
	switch {
	case r.Malformed != nil:
		say("✗ not an export of books: line %d: %s", r.Malformed.Line, r.Malformed.Expected)
	case r.Finding != nil:
		say("✗ %s", r.Finding.text)
	default:
		say("everything balances: %d streets, %d accounts, %d transfers", r.Streets, r.Accounts, r.Transfers)
		if r.Key != "" && !r.KeyGiven {
			say("the signatures were checked with the key in the file: compare it with the one your street publishes, or give that with --key\n  %s", r.Key)
		}
	}
}
