package feed

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"onestreet/models"
	"onestreet/server/conduct"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

// answer is what is kept of a request to say something: the post or comment that it became, or what its author was told of
// words that are kept and not shown. A refusal that keeps nothing is not kept either.
type answer struct {
	Post    models.ID `json:"post,omitzero"`
	Comment models.ID `json:"comment,omitzero"`
	Told    string    `json:"told,omitempty"`
}

// told is what its author was told of words that are not shown; nil when they are.
func (a answer) told() error {
	for _, told := range []*models.Error{conduct.ErrAdvert, conduct.ErrHeld} {
		if told.Code == a.Told {
			return told
		}
	}
	return nil
}

func (a answer) post() (spoken, error) {
	return spoken{post: models.Post{ID: a.Post}, again: true}, a.told()
}

// firstComment finds the comment of a first answer, as it is by now.
func (s *Service) firstComment(ctx context.Context, a answer) (models.PostComment, error) {
	if err := a.told(); err != nil {
		return models.PostComment{}, err
	}
	return db.Find[models.PostComment](s.DB.Read(ctx), "id = ?", a.Comment)
}

func keepAnswer(answered *web.Answers, ask *web.Ask, a answer) {
	text, _ := json.Marshal(a) // ids and a word are always JSON
	answered.Add(ask, http.StatusCreated, text)
}

// toldOf is the answer to a request whose words are not shown.
func toldOf(told error) answer {
	var why *models.Error
	if !errors.As(told, &why) {
		return answer{}
	}
	return answer{Told: why.Code}
}
