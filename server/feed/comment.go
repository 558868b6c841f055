package feed

import (
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

// Reply answers a post or one of the comments under it. Errors: not_found, post_gone, comment_gone, text_empty,
// text_too_long, too_many_mentions, mention_unknown, muted, advert, post_held.
func (s *Service) Reply(ctx context.Context, d Answer) (c models.PostComment, err error) {
	first, err := web.Once[answer](ctx, s.DB, d.ask, func() (err error) {
		c, err = s.replyOrHold(ctx, d)
		return err
	})
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
	err = s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		if c, err = s.reply(tx, d); err != nil {
			return err
		}
		return web.Keep(tx, d.ask, answer{Comment: c.ID}, c.CreatedAt)
	})
	return c, err
}

// holdComment keeps an answer that is not shown, if there is still something to answer.
func (s *Service) holdComment(ctx context.Context, d Answer) error {
	return s.hold(ctx, d.weighed, d.ask, kept{Mentions: d.Mentions, To: d.To}, func(tx *gorm.DB, _ models.ID) error {
		_, err := s.findToAnswer(tx, d.Author, d.Post)
		return err
	})
}

// reply writes an answer in the caller's transaction, under the post's lock.
func (s *Service) reply(tx *gorm.DB, d Answer) (models.PostComment, error) {
	p, err := s.findToAnswer(tx, d.Author, d.Post)
	if err != nil {
		return models.PostComment{}, err
	}
	c := models.PostComment{
		ID: models.NewID(), AllianceID: d.Alliance, PostID: p.ID, AccountID: d.Account, MemberID: d.Member, StoreID: d.Store,
		Text: d.Text, CreatedAt: s.Clock.Now(),
	}
	if !d.held.IsZero() {
		c.ID = d.held
	}
	answered, err := under(tx, p, d.To, &c)
	if err != nil {
		return c, err
	}
	if err := s.Conduct.Said(tx, d.weighed, c.ID); err != nil {
		return c, err
	}
	return c, s.answer(tx, p, d, &c, answered)
}

// under puts a reply below the comment it answers, one level deep, and returns the member whom it answers.
func under(tx *gorm.DB, p models.Post, to models.ID, c *models.PostComment) (models.ID, error) {
	if to.IsZero() {
		return p.MemberID, nil
	}
	parent, err := comment(tx, p, to)
	if err != nil {
		return models.ID{}, err
	}
	c.ReplyToID, c.ParentID = parent.ID, parent.ID
	if !parent.ParentID.IsZero() {
		c.ParentID = parent.ParentID
	}
	return parent.MemberID, nil
}

// comment reads one under a post. Errors: not_found, comment_gone.
func comment(tx *gorm.DB, p models.Post, id models.ID) (models.PostComment, error) {
	c, err := db.Find[models.PostComment](tx, "id = ? AND post_id = ?", id, p.ID)
	if err == nil && c.DeletedAt != nil {
		err = ErrCommentGone
	}
	return c, err
}

// answer writes a comment under a post whose row is held.
func (s *Service) answer(tx *gorm.DB, p models.Post, d Answer, c *models.PostComment, answered models.ID) error {
	if err := tx.Model(&models.Post{}).Where("id = ?", p.ID).Update("comments", gorm.Expr("comments + 1")).Error; err != nil {
		return err
	}
	at := place{p.AllianceID, p.ID, c.ID}
	fresh, err := s.mention(tx, at, d.Said)
	if err != nil {
		return err
	}
	if err := s.call(tx, d.Author, at, fresh, answered); err != nil {
		return err
	}
	if err := addTerms(tx, p.AllianceID, p.ID, c.Text); err != nil {
		return err
	}
	var failed error
	_, err = s.Streams.Append(tx, p.AllianceID, models.FeedStream(p.Feed), "comment.created", func(seq int64) any {
		c.Seq = seq
		if failed = tx.Create(c).Error; failed != nil {
			return nil
		}
		var shown []CommentView
		shown, failed = s.commentViews(tx.Statement.Context, &identity.Principal{AllianceID: p.AllianceID}, []models.PostComment{*c})
		if failed != nil {
			return nil
		}
		return map[string]any{"post_id": p.ID, "comment": shown[0], "comments": p.Comments + 1}
	})
	if err := firstError(failed, err); err != nil {
		return err
	}
	return s.Outbox.Add(tx, p.AllianceID, models.EventCommentCreated, models.CommentCreated{PostID: p.ID, CommentID: c.ID, MemberID: c.MemberID, StoreID: p.StoreID, At: c.CreatedAt})
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
		return firstError(s.noteRemoval(tx, by, p.Feed, c.AccountID, c.StoreID, c.Text), s.eraseComment(tx, c))
	})
}
