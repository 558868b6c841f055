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
	if known, found := Known[T](ctx, key); found {
		return known, nil
	}
	value, err := read()
	if err == nil {
		Know(ctx, key, value)
	}
	return value, err
}

// Known is what a transaction remembers; false when there is nothing.
func Known[T any](ctx context.Context, key any) (T, bool) {
	memo, _ := ctx.Value(memoKey{}).(map[any]any)
	value, found := memo[key].(T)
	return value, found
}

// Know adds what was read otherwise to what a transaction remembers.
func Know(ctx context.Context, key, value any) {
	if memo, _ := ctx.Value(memoKey{}).(map[any]any); memo != nil {
		memo[key] = value
	}
}
