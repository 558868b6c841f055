package db

import (
	"context"

	"gorm.io/gorm"
)

type memoKey struct{}

// Remember lets what many asks of one transaction read again and again, and none of them changes, be read once: Once in
// it reads for the first of them.
func Remember(tx *gorm.DB) *gorm.DB {
	return tx.WithContext(context.WithValue(tx.Statement.Context, memoKey{}, map[any]any{}))
}

// Once reads something, or what was read of it before where a transaction remembers. key says what and of which type it is.
// An error is not remembered.
func Once[T any](ctx context.Context, key any, read func() (T, error)) (T, error) {
	memo, _ := ctx.Value(memoKey{}).(map[any]any)
	if known, found := memo[key].(T); found {
		return known, nil
	}
	value, err := read()
	if err == nil && memo != nil {
		memo[key] = value
	}
	return value, err
}

// Know adds what was read otherwise to what a transaction remembers.
func Know(ctx context.Context, key, value any) {
	if memo, _ := ctx.Value(memoKey{}).(map[any]any); memo != nil {
		memo[key] = value
	}
}
