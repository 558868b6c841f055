package web

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
)

// Try is one try of a request with an Idempotency-Key. The answer is kept after the effect is committed; a node that dies
// between the two would leave a key whose next try does it all again. So the transaction notes what it makes, and the next
// try finds that.
type Try struct {
	key  key
	made models.ID
}

type tryKey struct{}

func newTry(k key, earlier *key) *Try {
	t := &Try{key: k}
	if earlier != nil {
		t.made, _ = models.ParseID(string(earlier.Response)) // what Note wrote
	}
	return t
}

// TryOf is the request's try; nil when the caller sent no key.
func TryOf(ctx context.Context) *Try {
	t, _ := ctx.Value(tryKey{}).(*Try)
	return t
}

// Made is what an earlier try with this key has made without having been heard; zero: nothing.
func (t *Try) Made() models.ID {
	if t == nil {
		return models.ID{}
	}
	return t.made
}

// Note writes down what is being made, in the transaction that makes it.
func (t *Try) Note(tx *gorm.DB, made models.ID) error {
	if t == nil {
		return nil
	}
	return tx.Model(&key{}).Where("scope = ? AND "+column(tx)+" = ? AND status = 0", t.key.Scope, t.key.Key).
		Update("response", []byte(made.String())).Error
}
