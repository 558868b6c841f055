package db

import (
	"errors"

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
	return row, IfNone(err, models.ErrNotFound)
}

// IfNone says what it means that there is no such row: meaning, which may be nil, instead of the database's own word or
// not_found. Any other error stays.
func IfNone(err, meaning error) error {
	if IsNotFound(err) || errors.Is(err, models.ErrNotFound) {
		return meaning
	}
	return err
}
