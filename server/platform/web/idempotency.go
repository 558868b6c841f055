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

	answerLost = -1
)

var (
	errKeyForm    = models.Fail(models.Invalid, "idempotency_key", "Idempotency-Key 要 1 到 128 个可见的 ASCII 字符", "Idempotency-Key takes 1 to 128 visible ASCII characters.").At(idempotencyHeader)
	errKeyReused  = models.Fail(models.Invalid, "idempotency_key_reused", "同一个 Idempotency-Key 用在了不同的内容上", "This Idempotency-Key was used with another body.")
	errKeyDone    = models.Fail(models.Conflict, "already_done", "上一次已经办下了，只是回话没送到。请刷新页面看看，再决定要不要重来", "It was carried out the first time, only the answer was lost. Load the page again and look before you do it anew.")
	errKeyRunning = models.Fail(models.Conflict, "idempotency_in_progress", "上一次还在办，请稍等", "The first request with this key is still under way.")
)

var idempotencyParam = &huma.Param{
	Name: idempotencyHeader, In: "header", Schema: &huma.Schema{Type: "string", MaxLength: ptr(128)},
	Description: "Any text of yours: the same key and body get the first answer again, another body gets 422. Nothing is done twice: where the first answer was lost after something was done, 409 already_done.",
}

// keepingParam is the key of an operation that keeps its answers itself.
var keepingParam = &huma.Param{
	Name: idempotencyHeader, In: "header", Schema: idempotencyParam.Schema,
	Description: "Any text of yours: the same key gets the first answer again when something was done, another body gets 422. A refusal did nothing: the same key is judged again.",
}

func ptr[T any](v T) *T { return &v }

// key is what is remembered of a request: Status 0 while it is under way, answerLost when it is done and its answer is not
// known.
type key struct {
	Scope     string `gorm:"primaryKey"`
	Key       string `gorm:"primaryKey"`
	BodyHash  []byte
	Status    int
	Done      bool // something was committed under it
	Response  kept
	CreatedAt time.Time
}

func (key) TableName() string { return "idempotency_keys" }

// asked hands a request's key to then; a request without one, or of nobody, goes on as it is.
func (a *API) asked(operation string, then func(hc huma.Context, c *fiber.Ctx, k key, next func(huma.Context))) func(huma.Context, func(huma.Context)) {
	return func(hc huma.Context, next func(huma.Context)) {
		c := humafiber.Unwrap(hc)
		text, scope := c.Get(idempotencyHeader), a.deps.Scope(hc.Context())
		switch {
		case text == "" || scope == "":
			next(hc)
		case !visible(text):
			a.refuse(c, errKeyForm)
		default:
			then(hc, c, key{Scope: scope + " " + operation, Key: text, BodyHash: bodyHash(c)}, next)
		}
	}
}

// once answers a repeated request with the first answer. (The header's draft: IETF httpapi idempotency-key-header.) The
// first transaction that the request commits marks the key: what died after it is not done again.
func (a *API) once(hc huma.Context, c *fiber.Ctx, k key, next func(huma.Context)) {
	// To the millisecond, which the database keeps: it tells this try from one that took the key over.
	k.CreatedAt = a.deps.Clock.Now().UTC().Truncate(time.Millisecond)
	earlier, err := a.begin(hc.Context(), k)
	if err != nil {
		a.refuse(c, err)
		return
	}
	if earlier != nil {
		a.replay(c, earlier)
		return
	}
	done := false
	defer func() { // a panic must not leave the key under way
		if !done {
			a.forget(k)
		}
	}()
	marked, end := db.WithMark(hc.Context(), k.mark)
	defer end()
	next(huma.WithContext(hc, marked))
	done = true
	a.finish(hc.Context(), k, c)
}

// mark notes beside what is done that it is done. Error: idempotency_in_progress, when another try took the key over:
// then this one, too slow, does nothing.
func (k key) mark(tx *gorm.DB) error {
	marked := k.held(tx).Where("status = 0 AND done = ?", false).Update("done", true)
	if marked.Error == nil && marked.RowsAffected == 0 {
		return errKeyRunning
	}
	return marked.Error
}

// held is the key's row while this try has it.
func (k key) held(tx *gorm.DB) *gorm.DB {
	return tx.Model(&key{}).Where("scope = ? AND "+column(tx)+" = ? AND created_at = ?", k.Scope, k.Key, k.CreatedAt)
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

// begin takes the key, or returns the first answer. Errors: idempotency_key_reused, idempotency_in_progress, already_done.
func (a *API) begin(ctx context.Context, k key) (*key, error) {
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
			return takeOver(tx, found, k.CreatedAt)
		}
		earlier = &found
		return nil
	})
	return earlier, err
}

func column(tx *gorm.DB) string { return tx.Statement.Quote("key") }

// takeOver begins again what was given up before anything was done.
func takeOver(tx *gorm.DB, k key, now time.Time) error {
	if !k.CreatedAt.Before(now.Add(-abandoned)) {
		return errKeyRunning
	}
	if k.Done {
		return errKeyDone
	}
	taken := k.held(tx).Where("status = 0 AND done = ?", false).Update("created_at", now)
	if taken.Error == nil && taken.RowsAffected == 0 {
		return errKeyRunning
	}
	return taken.Error
}

func (a *API) replay(c *fiber.Ctx, k *key) {
	if k.Status == answerLost {
		a.refuse(c, errKeyDone)
		return
	}
	c.Set(replayedHeader, "true")
	c.Status(k.Status)
	if k.Status >= fiber.StatusBadRequest {
		c.Response().Header.SetContentType("application/problem+json")
	} else {
		c.Response().Header.SetContentType("application/json")
	}
	c.Response().SetBodyRaw(k.Response)
}

// finish keeps the answer. What went wrong on our side is forgotten instead, and so is what was refused until later: a
// limit that was counted is nothing that was done.
func (a *API) finish(ctx context.Context, k key, c *fiber.Ctx) {
	status := c.Response().StatusCode()
	if status == fiber.StatusTooManyRequests {
		a.drop(k)
		return
	}
	if status >= fiber.StatusInternalServerError {
		a.forget(k)
		return
	}
	body := append([]byte(nil), c.Response().Body()...)
	err := a.deps.DB.Tx(context.WithoutCancel(ctx), func(tx *gorm.DB) error {
		return k.held(tx).Updates(map[string]any{"status": status, "response": kept(body)}).Error
	})
	if err != nil {
		a.deps.Log.Error("idempotency key not kept", "error", err)
	}
}

// forget lets the key be tried again when nothing was done; what was done stays done, without an answer.
func (a *API) forget(k key) {
	err := a.deps.DB.Tx(context.Background(), func(tx *gorm.DB) error {
		gone := k.held(tx).Where("done = ?", false).Delete(&key{})
		if gone.Error != nil || gone.RowsAffected > 0 {
			return gone.Error
		}
		return k.held(tx).Where("status = 0").Update("status", answerLost).Error
	})
	if err != nil {
		a.deps.Log.Error("idempotency key not forgotten", "error", err)
	}
}

// drop lets the key be tried again as if nobody had asked.
func (a *API) drop(k key) {
	err := a.deps.DB.Tx(context.Background(), func(tx *gorm.DB) error { return k.held(tx).Delete(&key{}).Error })
	if err != nil {
		a.deps.Log.Error("idempotency key not dropped", "error", err)
	}
}

// ForgetOldKeys removes keys past their life; a daily job calls it.
func (a *API) ForgetOldKeys(ctx context.Context) error {
	return a.deps.DB.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Where("created_at < ?", a.deps.Clock.Now().Add(-keyLife)).Delete(&key{}).Error
	})
}
