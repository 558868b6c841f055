// Command tamper does to a SQLite ledger what nobody is to get away with: it changes one byte of a stored transfer, the
// lowest of its amount, past the trigger that refuses it. Tests use it to see that the audit names the row and that the
// browser refuses its proof.
//
//	tamper FILE SEQ
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"

	"gorm.io/gorm"

	"onestreet/server/platform/db"
)

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "tamper:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) != 2 {
		return errors.New("expected the database's file and a transfer's number, such as: tamper data/onestreet.db 7018")
	}
	seq, err := strconv.ParseInt(args[1], 10, 64)
	if err != nil {
		return err
	}
	if _, err := os.Stat(args[0]); err != nil {
		return err
	}
	d, err := db.Open("sqlite:"+args[0], db.Options{})
	if err != nil {
		return err
	}
	return errors.Join(d.Tx(ctx, func(tx *gorm.DB) error { return bend(tx, seq) }), d.Close())
}

// bend puts the trigger back as it was: nothing but the byte tells of it.
func bend(tx *gorm.DB, seq int64) error {
	const trigger = "ledger_transfers_no_update"
	var text string
	if err := tx.Raw("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?", trigger).Scan(&text).Error; err != nil {
		return err
	}
	if err := tx.Exec("DROP TRIGGER " + trigger).Error; err != nil {
		return err
	}
	// One bit: the lowest, or the next where that would leave nothing.
	done := tx.Exec("UPDATE ledger_transfers SET amount = CASE WHEN amount = 1 THEN 3 WHEN amount % 2 = 1 THEN amount - 1 ELSE amount + 1 END WHERE seq = ?", seq)
	if done.Error != nil {
		return done.Error
	}
	if done.RowsAffected != 1 {
		return fmt.Errorf("%d transfers are number %d, expected 1", done.RowsAffected, seq)
	}
	return tx.Exec(text).Error
}
