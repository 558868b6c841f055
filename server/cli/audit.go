package cli

import (
	"context"
	"errors"
	"fmt"

	"onestreet/server/ledger"
	"onestreet/server/platform/config"
)

type auditCmd struct {
	config.Config
}

// errBooks makes the exit code 1; what does not hold has been printed.
var errBooks = errors.New("the books do not hold")

// Run implements the command.
func (c *auditCmd) Run(ctx context.Context, s streams) error {
	a, err := open(c.Config, s)
	if err != nil {
		return err
	}
	report, err := a.Ledger.Audit().Run(ctx)
	if err == nil {
		err = printed(report, s)
	}
	return errors.Join(err, a.Close())
}

func printed(r ledger.Report, s streams) error {
	for _, name := range r.Passed {
		_, _ = fmt.Fprintf(s.out, "✓ %s\n", name)
	}
	if r.Finding != nil {
		_, _ = fmt.Fprintf(s.out, "✗ %s\n", r.Finding)
		return errBooks
	}
	_, _ = fmt.Fprintf(s.out, "everything balances: %d streets, %d accounts, %d transfers\n", r.Alliances, r.Accounts, r.Transfers)
	return nil
}
