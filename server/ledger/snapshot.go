package ledger

import (
	"context"

	"gorm.io/gorm"

	"onestreet/server/platform/db"
)

func snapshot(ctx context.Context, d *db.DB, read func(r *gorm.DB) error) error {
	return d.Snapshot(ctx, read)
}
