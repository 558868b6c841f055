package feed

import (
	"cmp"
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/conduct"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

// Answer is a comment to be: under a post, or under the comment To, which it says something to.
type Answer struct {
	Author
	Said
	Post, To models.ID

	weighed conduct.Weighed
	held    models.ID
	ask     *web.Ask
}

// Comment answers a post in plain words. Errors: those of Reply.
func (s *Service) Comment(ctx context.Context, a Author, post models.ID, text string) (models.PostComment, error) {
	return s.Reply(ctx, Answer{Author: a, Said: Said{Text: text}, Post: post})
}

// Reply answers a post or one of the comments under it; comments that arrive at once share a commit. Errors: not_found, post_gone, comment_gone, text_empty,
// text_too_long, too_many_mentions, mention_unknown, muted, advert, post_held.
func (s *Service) Reply(ctx context.Context, d Answer) (c models.PostComment, err error) {
	first, err := web.Once[answer](ctx, s.DB, d.ask, func() (err error) {
		c, err = s.replyOrHold(ctx, d)
		return err
	})
	if first == nil && err == nil && c.CreatedAt.IsZero() {
		first = &answer{Comment: c.ID} // another of the same commit had its key
	}
	if first != nil {
		return s.firstComment(ctx, *first)
	}
	return c, err
}

func (s *Service) replyOrHold(ctx context.Context, d Answer) (c models.PostComment, err error) {
	said, err := d.worded(models.CommentLength)
	if err != nil {
		return c, err
	}
	d.Said = said
	if d.weighed, err = s.Conduct.Weigh(ctx, d.words()); err != nil {
		return c, err
	}
	if d.weighed.Stops() {
		return c, s.holdComment(ctx, d)
	}
	return s.answers.Do(ctx, d)
}

// holdComment keeps an answer that is not shown, if there is still something to answer.
func (s *Service) holdComment(ctx context.Context, d Answer) error {
	return s.hold(ctx, d.weighed, d.ask, kept{Mentions: d.Mentions, To: d.To}, func(tx *gorm.DB, _ models.ID) error {
		_, err := s.findToAnswer(tx, d.Author, d.Post)
		return err
	})
}

// RemoveComment takes an answer down: who wrote it may, an owner of the store that spoke, a moderator and a coordinator. Replies to it
// stay. Doing it twice is doing it once. Errors: not_found, post_gone, not_your_post.
func (s *Service) RemoveComment(ctx context.Context, by *identity.Principal, post, id models.ID) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		p, err := s.find(db.Lock(tx), speaker(by, models.ID{}), post)
		if err != nil {
			return err
		}
		c, err := db.Find[models.PostComment](tx, "id = ? AND post_id = ?", id, p.ID)
		if err != nil {
			return err
		}
		if err := s.checkRemove(tx, by, p.Feed, c.AccountID, c.StoreID); err != nil {
			return err
		}
		if c.DeletedAt != nil {
			return nil
		}
		return cmp.Or(s.noteRemoval(tx, by, p.Feed, c.AccountID, c.StoreID, c.Text), s.eraseComment(tx, c))
	})
}
