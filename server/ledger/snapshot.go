package ledger

import (
	"context"
	"database/sql"

	"gorm.io/gorm"

	"onestreet/server/platform/db"
)

// snapshot reads several things as they were at one moment. SQLite's readers see one state a transaction anyway.
func snapshot(ctx context.Context, d *db.DB, read func(r *gorm.DB) error) error {
	var opt sql.TxOptions
	if d.Dialect == db.MySQL {
		opt.Isolation = sql.LevelRepeatableRead
	}
	return d.Read(ctx).Transaction(read, &opt)
}
