package web

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

const (
	idempotencyHeader = "Idempotency-Key"
	replayedHeader    = "Idempotency-Replayed"
	// keyLife is how long a key is remembered; abandoned is after what time an unfinished first try (its node died)
	// may be tried again.
	keyLife   = 48 * time.Hour
	abandoned = time.Minute
)

var (
	errKeyForm    = models.Fail(models.Invalid, "idempotency_key", "Idempotency-Key 要 1 到 128 个可见的 ASCII 字符", "Idempotency-Key takes 1 to 128 visible ASCII characters.").At(idempotencyHeader)
	errKeyReused  = models.Fail(models.Invalid, "idempotency_key_reused", "同一个 Idempotency-Key 用在了不同的内容上", "This Idempotency-Key was used with another body.")
	errKeyRunning = models.Fail(models.Conflict, "idempotency_in_progress", "上一次还在办，请稍等", "The first request with this key is still under way.")
)

var idempotencyParam = &huma.Param{
	Name: idempotencyHeader, In: "header", Schema: &huma.Schema{Type: "string", MaxLength: ptr(128)},
	Description: "Any text of yours: the same key and body get the first answer again, another body gets 422.",
}

// keepingParam is the key of an operation that keeps its answers itself.
var keepingParam = &huma.Param{
	Name: idempotencyHeader, In: "header", Schema: idempotencyParam.Schema,
	Description: "Any text of yours: the same key gets the first answer again when something was done, another body gets 422. A refusal did nothing: the same key is judged again.",
}

func ptr[T any](v T) *T { return &v }

// key is what is remembered of a request: Status 0 while it is under way.
type key struct {
	Scope     string `gorm:"primaryKey"`
	Key       string `gorm:"primaryKey"`
	BodyHash  []byte
	Status    int
	Response  []byte
	CreatedAt time.Time
}

func (key) TableName() string { return "idempotency_keys" }

// idempotent answers a repeated request with the first answer. (The header's draft: IETF httpapi idempotency-key-header.)
func (a *API) idempotent(operation string) func(huma.Context, func(huma.Context)) {
	return func(hc huma.Context, next func(huma.Context)) {
		c := humafiber.Unwrap(hc)
		text, scope := c.Get(idempotencyHeader), a.deps.Scope(hc.Context())
		if text == "" || scope == "" {
			next(hc)
			return
		}
		if !visible(text) {
			a.refuse(c, errKeyForm)
			return
		}
		a.once(hc, c, key{Scope: scope + " " + operation, Key: text, BodyHash: bodyHash(c)}, next)
	}
}

func (a *API) once(hc huma.Context, c *fiber.Ctx, k key, next func(huma.Context)) {
	earlier, err := a.begin(hc.Context(), k)
	if err != nil {
		a.refuse(c, err)
		return
	}
	if earlier != nil {
		replay(c, earlier)
		return
	}
	done := false
	defer func() { // a panic must not leave the key under way
		if !done {
			a.forget(k)
		}
	}()
	next(hc)
	done = true
	a.finish(hc.Context(), k, c)
}

// bodyHash is what a key was used for: the path and the body as it was meant, however it was compressed.
func bodyHash(c *fiber.Ctx) []byte {
	body := c.Request().Body()
	if len(c.Request().Header.ContentEncoding()) > 0 {
		body = c.Body()
	}
	text := make([]byte, 0, len(c.Path())+1+len(body))
	text = append(append(append(text, c.Path()...), '\n'), body...)
	sum := sha256.Sum256(text)
	return sum[:]
}

func visible(s string) bool {
	if len(s) > 128 {
		return false
	}
	for i := range len(s) {
		if s[i] < 0x21 || s[i] > 0x7e {
			return false
		}
	}
	return true
}

// begin takes the key, or returns the first answer. Errors: idempotency_key_reused, idempotency_in_progress.
func (a *API) begin(ctx context.Context, k key) (*key, error) {
	now := a.deps.Clock.Now()
	k.CreatedAt = now
	var earlier *key
	err := a.deps.DB.Tx(ctx, func(tx *gorm.DB) error {
		earlier = nil
		made := db.OnConflictSkip(tx).Create(&k)
		if made.Error != nil || made.RowsAffected == 1 {
			return made.Error
		}
		var found key
		if err := tx.Where("scope = ? AND "+column(tx)+" = ?", k.Scope, k.Key).Take(&found).Error; err != nil {
			return err
		}
		if subtle.ConstantTimeCompare(found.BodyHash, k.BodyHash) == 0 {
			return errKeyReused
		}
		if found.Status == 0 {
			return takeOver(tx, found, now)
		}
		earlier = &found
		return nil
	})
	return earlier, err
}

func column(tx *gorm.DB) string { return tx.Statement.Quote("key") }

func takeOver(tx *gorm.DB, k key, now time.Time) error {
	taken := tx.Model(&key{}).Where("scope = ? AND "+column(tx)+" = ? AND status = 0 AND created_at < ?", k.Scope, k.Key, now.Add(-abandoned)).Update("created_at", now)
	if taken.Error == nil && taken.RowsAffected == 0 {
		return errKeyRunning
	}
	return taken.Error
}

func replay(c *fiber.Ctx, k *key) {
	c.Set(replayedHeader, "true")
	c.Status(k.Status)
	if k.Status >= fiber.StatusBadRequest {
		c.Response().Header.SetContentType("application/problem+json")
	} else {
		c.Response().Header.SetContentType("application/json")
	}
	c.Response().SetBodyRaw(k.Response)
}

// finish keeps the answer; what went wrong on our side, or is to be tried again later, is forgotten instead.
func (a *API) finish(ctx context.Context, k key, c *fiber.Ctx) {
	status := c.Response().StatusCode()
	if status >= fiber.StatusInternalServerError || status == fiber.StatusTooManyRequests {
		a.forget(k)
		return
	}
	body := append([]byte(nil), c.Response().Body()...)
	err := a.deps.DB.Tx(context.WithoutCancel(ctx), func(tx *gorm.DB) error {
		return tx.Model(&key{}).Where("scope = ? AND "+column(tx)+" = ?", k.Scope, k.Key).Updates(map[string]any{"status": status, "response": body}).Error
	})
	if err != nil {
		a.deps.Log.Error("idempotency key not kept", "error", err)
	}
}

// forget lets the key be tried again.
func (a *API) forget(k key) {
	err := a.deps.DB.Tx(context.Background(), func(tx *gorm.DB) error {
		return tx.Where("scope = ? AND "+column(tx)+" = ?", k.Scope, k.Key).Delete(&key{}).Error
	})
	if err != nil {
		a.deps.Log.Error("idempotency key not forgotten", "error", err)
	}
}

// ForgetOldKeys removes keys past their life; a daily job calls it.
func (a *API) ForgetOldKeys(ctx context.Context) error {
	return a.deps.DB.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Where("created_at < ?", a.deps.Clock.Now().Add(-keyLife)).Delete(&key{}).Error
	})
}
