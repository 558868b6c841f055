package feed

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/conduct"
	"onestreet/server/platform/web"
)

// answer is what is kept of a request to say something: the post that it became, or what its author was told of words that
// are kept and not shown. A refusal that keeps nothing is not kept either.
type answer struct {
	Post models.ID `json:"post,omitzero"`
	Told string    `json:"told,omitempty"`
}

// firstAnswer is what became of a request with the same key. Errors: idempotency_key_reused; what its author was told.
func firstAnswer(answered *web.Answers, ask *web.Ask) (got spoken, found bool, err error) {
	first, err := answered.To(ask)
	if err != nil || first == nil {
		return spoken{}, err != nil, err
	}
	var a answer
	if err := json.Unmarshal(first, &a); err != nil {
		return spoken{}, true, err
	}
	got = spoken{post: models.Post{ID: a.Post}, again: true}
	for _, told := range []*models.Error{conduct.ErrAdvert, conduct.ErrHeld} {
		if told.Code == a.Told {
			return got, true, told
		}
	}
	return got, true, nil
}

// first is what became of a request when it was asked before; found is false when it was not, or has no key.
func (s *Service) first(ctx context.Context, ask *web.Ask) (got spoken, found bool, err error) {
	if ask == nil {
		return got, false, nil
	}
	answered, err := web.AnswersTo(s.DB.Read(ctx), []*web.Ask{ask})
	if err != nil {
		return got, true, err
	}
	return firstAnswer(answered, ask)
}

// orFirst gives a request that is refused the answer that it got before, if it did.
func (s *Service) orFirst(ctx context.Context, ask *web.Ask, got spoken, err error) (spoken, error) {
	if !refused(err) {
		return got, err
	}
	if first, found, told := s.first(ctx, ask); found {
		return first, told
	}
	return got, err
}

func keepPost(answered *web.Answers, ask *web.Ask, post models.ID) {
	answered.Add(ask, http.StatusCreated, plainJSON(answer{Post: post}))
}

// keepHeld keeps what the author of held words was told, in the transaction that holds them: of two requests with one key
// the second fails by it.
func keepHeld(tx *gorm.DB, ask *web.Ask, told error, at time.Time) error {
	var why *models.Error
	answered, err := web.AnswersTo(tx, nil)
	if err != nil || !errors.As(told, &why) {
		return err
	}
	answered.Add(ask, http.StatusUnprocessableEntity, plainJSON(answer{Told: why.Code}))
	return answered.Keep(tx, at)
}

// plainJSON is an answer in JSON, which it always is: ids and a word.
func plainJSON(a answer) []byte {
	text, _ := json.Marshal(a)
	return text
}
