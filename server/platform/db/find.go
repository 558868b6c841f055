package db

import (
	"gorm.io/gorm"

	"onestreet/models"
)

// OfStreet narrows rows that are found by ids to a street's. Without statistics SQLite takes a street for smaller than a few
// ids, and would look at all that it has; the plus keeps it from that. To MySQL it means nothing.
const OfStreet = "+alliance_id = ?"

// Find reads one row. Error: not_found.
func Find[T any](tx *gorm.DB, where string, args ...any) (T, error) {
	var row T
	err := tx.Where(where, args...).Take(&row).Error
	if IsNotFound(err) {
		err = models.ErrNotFound
	}
	return row, err
}
