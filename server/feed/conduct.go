package feed

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/conduct"
	"onestreet/server/conduct/advert"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

// kept is what is needed to show held words after all; a held post's photos are under its id already.
type kept struct {
	Mentions []models.ID     `json:"mentions,omitempty"`
	To       models.ID       `json:"to"`
	Card     models.CardKind `json:"card,omitempty"`
	CardID   models.ID       `json:"card_id,omitzero"`
	Head     string          `json:"head,omitempty"`
	Text     string          `json:"text,omitempty"` // when it is but the beginning of what was judged
}

// board is how the street's conduct shows and takes down.
func (s *Service) board() conduct.Board {
	return conduct.Board{Show: s.showHeld, TakeDown: s.takeDown, Drop: s.dropHeld, Keeps: s.keepsOrder}
}

// keepsOrder tells whether somebody moderates a circle. Error: not_found.
func (s *Service) keepsOrder(tx *gorm.DB, by *identity.Principal, feed string) (bool, error) {
	return s.moderates(tx, speaker(by, models.ID{}), feed)
}

func (d Draft) words() conduct.Words {
	w := conduct.Words{Alliance: d.Alliance, Account: d.Account, Member: d.Member, Store: d.Store, Kind: "post", Feed: d.Feed, Text: d.Text}
	if d.Whole != "" {
		w.Text = d.Whole
	}
	return w
}

func (d Answer) words() conduct.Words {
	return conduct.Words{Alliance: d.Alliance, Account: d.Account, Member: d.Member, Store: d.Store, Kind: "comment", Post: d.Post, Text: d.Text}
}

// holdPost keeps a post that is not shown; what its author is told is the error.
func (s *Service) holdPost(ctx context.Context, d Draft) error {
	return s.hold(ctx, d.weighed, d.ask, kept{Mentions: d.Mentions, Card: d.Card, CardID: d.CardID, Head: d.Head, Text: beginning(d)}, func(tx *gorm.DB, id models.ID) error {
		return takePhotos(tx, models.Post{ID: id, AllianceID: d.Alliance, AccountID: d.Account}, d.Photos)
	})
}

// hold keeps what is not shown. What its author is told is kept too: asked again with the same key it is no second case.
func (s *Service) hold(ctx context.Context, w conduct.Weighed, ask *web.Ask, k kept, take func(*gorm.DB, models.ID) error) error {
	var told error
	err := s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		id := models.NewID()
		if err := take(tx, id); err != nil {
			return err
		}
		if told, err = s.Conduct.Hold(tx, w, id, k); err != nil {
			return err
		}
		return web.Keep(tx, ask, toldOf(told), s.Clock.Now())
	})
	return cmp.Or(err, told)
}

// reweigh judges words that replace others. An advert is not let in by the back door. Errors: advert_edit, muted.
func (s *Service) reweigh(tx *gorm.DB, w conduct.Words, subject models.ID) error {
	weighed, err := s.Conduct.Weigh(tx.Statement.Context, w)
	switch {
	case err != nil:
		return err
	case weighed.Finding.Verdict == advert.Ad:
		return conduct.ErrAdvertEdit
	case weighed.Finding.Verdict == advert.OK:
		return nil
	}
	return s.Conduct.Said(tx, weighed, subject)
}

// showHeld shows what was held, under the id that it was held by. A comment whose post is gone stays away.
func (s *Service) showHeld(tx *gorm.DB, c models.ConductCase) error {
	var k kept
	if err := json.Unmarshal([]byte(c.Draft), &k); err != nil {
		return err
	}
	by := Author{Alliance: c.AllianceID, Account: c.AccountID, Member: c.MemberID, Store: c.StoreID}
	if c.Kind == "post" {
		return s.showPost(tx, Draft{Author: by, Feed: c.Feed, Text: cmp.Or(k.Text, c.Text), Mentions: k.Mentions, Card: k.Card, CardID: k.CardID, Head: k.Head, held: c.SubjectID})
	}
	err := s.replyNow(tx, Answer{Author: by, Said: Said{Text: c.Text, Mentions: k.Mentions}, Post: c.PostID, To: k.To, held: c.SubjectID})
	if errors.Is(err, ErrPostGone) || errors.Is(err, ErrCommentGone) || errors.Is(err, models.ErrNotFound) {
		return nil
	}
	return err
}

func beginning(d Draft) string {
	if d.Whole == "" {
		return ""
	}
	return d.Text
}

// showPost shows a post that was held. When what its card is of has ended meanwhile, it stands alone.
func (s *Service) showPost(tx *gorm.DB, d Draft) error {
	_, err := s.write(tx, d)
	var over *models.Error
	if d.Card != models.CardNone && errors.As(err, &over) && over.Kind == models.Conflict {
		d.Card, d.CardID = models.CardNone, models.ID{}
		_, err = s.write(tx, d)
	}
	return err
}

// takeDown removes what was shown.
func (s *Service) takeDown(tx *gorm.DB, c models.ConductCase) error {
	if c.Kind == "post" {
		p, err := s.find(db.Lock(tx), Author{Alliance: c.AllianceID, Coordinator: true}, c.SubjectID)
		if errors.Is(err, ErrPostGone) {
			return nil
		}
		if err != nil {
			return err
		}
		return s.erase(tx, p)
	}
	p, err := s.find(db.Lock(tx), Author{Alliance: c.AllianceID, Coordinator: true}, c.PostID)
	if errors.Is(err, ErrPostGone) {
		return nil
	}
	if err != nil {
		return err
	}
	said, err := comment(tx, p, c.SubjectID)
	if errors.Is(err, ErrCommentGone) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.eraseComment(tx, said)
}

// dropHeld removes the photos of what will not be shown.
func (s *Service) dropHeld(tx *gorm.DB, c models.ConductCase) error {
	return s.dropPhotosWhere(tx, "post_id = ?", c.SubjectID)
}
