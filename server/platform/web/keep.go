package web

import (
	"context"
	"crypto/subtle"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
	"gorm.io/gorm"

	"onestreet/server/platform/db"
)

// Ask is a request's Idempotency-Key for an operation that keeps its answers itself (Op.Keeps): in the transaction that
// does what is asked, so that the answer is on record exactly when the effect is, whatever dies in between, and a crowd's
// keys are written with its effects. Only what was done is kept; a refusal changed nothing, and asked again it is judged
// again.
type Ask struct {
	scope, key string
	body       []byte // its hash
	replayed   bool
}

type askKey struct{}

// AskOf is the request's key; nil when the caller sent none.
func AskOf(ctx context.Context) *Ask {
	a, _ := ctx.Value(askKey{}).(*Ask)
	return a
}

// Replayed notes that the answer is the first one again.
func (a *Ask) Replayed() {
	if a != nil {
		a.replayed = true
	}
}

// keeping hands the key to the operation.
func keeping(hc huma.Context, c *fiber.Ctx, k key, next func(huma.Context)) {
	ask := &Ask{scope: k.Scope, key: k.Key, body: k.BodyHash}
	next(huma.WithValue(hc, askKey{}, ask))
	if ask.replayed && c.Response().StatusCode() < fiber.StatusBadRequest {
		c.Set(replayedHeader, "true")
	}
}

// Answers are the first answers to asks, read and added to in one transaction.
type Answers struct {
	known   map[place]key
	awaited map[place]bool
	fresh   []key
}

// place is where an ask's answer is kept.
type place struct{ scope, key string }

// AnswersTo reads what was answered to asks before; nil asks have no answer. Call it under the lock under which such asks
// are answered, so that two at once find each other's.
func AnswersTo(tx *gorm.DB, asks []*Ask) (*Answers, error) {
	found, queries := AskAnswers(tx, asks)
	if len(queries) == 0 {
		return found, nil
	}
	return found, db.FindAll(tx, queries...)
}

// AskAnswers is AnswersTo as one of several queries, or none when there is nothing to look for.
func AskAnswers(tx *gorm.DB, asks []*Ask) (*Answers, []db.Query) {
	var places [][]any // looked up as pairs: each scope with each key would be the crowd squared
	for _, a := range asks {
		if a != nil {
			places = append(places, []any{a.scope, a.key})
		}
	}
	answers := &Answers{known: map[place]key{}, awaited: map[place]bool{}}
	if len(places) == 0 {
		return answers, nil
	}
	var rows []key
	return answers, []db.Query{{Of: tx.Where("(scope, "+column(tx)+") IN ? AND status > 0", places), Into: &rows, Then: func() {
		for _, row := range rows {
			answers.known[place{row.Scope, row.Key}] = row
		}
	}}}
}

// To is the first answer to an ask; nil when there is none. Error: idempotency_key_reused.
func (k *Answers) To(a *Ask) ([]byte, error) {
	if a == nil {
		return nil, nil
	}
	first, found := k.known[place{a.scope, a.key}]
	if found && subtle.ConstantTimeCompare(first.BodyHash, a.body) == 0 {
		return nil, errKeyReused
	}
	return first.Response, nil
}

// Await notes that an ask is being answered: another one with its key waits for that answer.
func (k *Answers) Await(a *Ask) {
	if a != nil {
		k.awaited[place{a.scope, a.key}] = true
	}
}

// Awaits tells whether an ask with the same key is being answered.
func (k *Answers) Awaits(a *Ask) bool { return a != nil && k.awaited[place{a.scope, a.key}] }

// Add notes an answer, JSON with the status of success; Keep writes it.
func (k *Answers) Add(a *Ask, status int, response []byte) {
	if a != nil {
		row := key{Scope: a.scope, Key: a.key, BodyHash: a.body, Status: status, Response: response}
		k.known[place{a.scope, a.key}] = row
		delete(k.awaited, place{a.scope, a.key})
		k.fresh = append(k.fresh, row)
	}
}

// Keep writes what was added, in the transaction of its effects.
func (k *Answers) Keep(tx *gorm.DB, at time.Time) error {
	insert := db.Insert{Into: "idempotency_keys (scope, " + column(tx) + ", body_hash, status, response, created_at)", Width: 6}
	rows := make([]any, 0, len(k.fresh)*insert.Width)
	for _, row := range k.fresh {
		rows = append(rows, row.Scope, row.Key, row.BodyHash, row.Status, row.Response, at)
	}
	return insert.Exec(tx, rows)
}
