package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// keyTries is how often a request is carried out again when another one with its key, or one that shared its commit, was
// first.
const keyTries = 3

// Once does what a request asks for, or gives what was answered when it was asked first. Do writes in one transaction and
// keeps its answer there (Keep): then a node that dies at any moment has done all of it or nothing, and the answer is on
// record when it has. What is refused now may have been done when it was asked first, so a refusal looks once more. First is
// nil when do did it now. Errors: those of do, idempotency_key_reused.
func Once[A any](ctx context.Context, d *db.DB, ask *Ask, do func() error) (first *A, err error) {
	for try := 1; ; try++ {
		err := do()
		second := db.IsDuplicate(err)
		if !second && !Refused(err) {
			return nil, err
		}
		if first, failed := firstTo[A](d.Read(ctx), ask); first != nil || failed != nil {
			return first, failed
		}
		if !second || try == keyTries {
			return nil, err
		}
	}
}

// Refused tells whether somebody is told why not, by an error that says so; any other is the machine's.
func Refused(err error) bool {
	var why *models.Error
	return errors.As(err, &why)
}

func firstTo[A any](tx *gorm.DB, ask *Ask) (*A, error) {
	answered, err := AnswersTo(tx, []*Ask{ask})
	if err != nil {
		return nil, err
	}
	return First[A](answered, ask)
}

// First is what was answered to an ask before, and notes that it is answered again; nil when nothing was. Error:
// idempotency_key_reused.
func First[A any](answered *Answers, ask *Ask) (*A, error) {
	text, err := answered.To(ask)
	if err != nil || text == nil {
		return nil, err
	}
	ask.Replayed()
	var first A
	return &first, json.Unmarshal(text, &first)
}

// Keep keeps what is answered to an ask, in the transaction of what was done: of two requests with one key the second fails
// by it.
func Keep(tx *gorm.DB, ask *Ask, answer any, at time.Time) error {
	text, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	answered, err := AnswersTo(tx, nil)
	if err != nil {
		return err
	}
	answered.Add(ask, http.StatusCreated, text)
	return answered.Keep(tx, at)
}
