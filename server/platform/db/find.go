package db

import (
	"gorm.io/gorm"

	"onestreet/models"
)

// Find reads one row. Error: not_found.
func Find[T any](tx *gorm.DB, where string, args ...any) (T, error) {
	var row T
	err := tx.Where(where, args...).Take(&row).Error
	if IsNotFound(err) {
		err = models.ErrNotFound
	}
	return row, err
}
