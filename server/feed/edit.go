package feed

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
)

// EditPost changes what a post says; what it said before stays in its history. Who wrote it may, while they may speak in
// its voice, and a manager of the store that spoke. Errors: not_found, post_gone, not_your_words, text_empty,
// text_too_long, too_many_mentions, mention_unknown, advert_edit, muted.
func (s *Service) EditPost(ctx context.Context, by *identity.Principal, id models.ID, said Said) error {
	said, err := said.plain(models.PostLength)
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		p, err := s.findToAnswer(tx, speaker(by, models.ID{}), id)
		if err != nil {
			return err
		}
		if !mayEdit(by, p.AccountID, p.StoreID) {
			return ErrNotYourWords
		}
		if said.Text == "" && p.CardKind == models.CardNone {
			if err := hasPhotos(tx, p.ID); err != nil {
				return err
			}
		}
		again := Draft{Author: Author{Alliance: p.AllianceID, Account: p.AccountID, Member: p.MemberID, Store: p.StoreID}, Feed: p.Feed, Text: said.Text}
		if err := s.reweigh(tx, again.words(), p.ID); err != nil {
			return err
		}
		return s.editPost(tx, speaker(by, p.StoreID), p, said)
	})
}

func (s *Service) editPost(tx *gorm.DB, by Author, p models.Post, said Said) error {
	e := edit{place: place{p.AllianceID, p.ID, p.ID}, feed: p.Feed, kind: "post.edited", before: p.Text, lastSeq: p.EditSeq, now: s.Clock.Now()}
	seq, err := s.replace(tx, by, e, said)
	if err != nil || seq == 0 {
		return err
	}
	if err := retell(tx, p, models.ID{}, p.Text, said.Text); err != nil {
		return err
	}
	return tx.Model(&models.Post{}).Where("id = ?", p.ID).Updates(map[string]any{"text": said.Text, "edited_at": e.now, "edit_seq": seq}).Error
}

// EditComment changes an answer, as EditPost does. Errors: those of EditPost, comment_gone.
func (s *Service) EditComment(ctx context.Context, by *identity.Principal, post, id models.ID, said Said) error {
	said, err := said.worded(models.CommentLength)
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		p, err := s.findToAnswer(tx, speaker(by, models.ID{}), post)
		if err != nil {
			return err
		}
		c, err := comment(tx, p, id)
		if err != nil {
			return err
		}
		if !mayEdit(by, c.AccountID, c.StoreID) {
			return ErrNotYourWords
		}
		again := Answer{Author: Author{Alliance: c.AllianceID, Account: c.AccountID, Member: c.MemberID, Store: c.StoreID}, Said: said, Post: p.ID}
		if err := s.reweigh(tx, again.words(), c.ID); err != nil {
			return err
		}
		e := edit{place: place{p.AllianceID, p.ID, c.ID}, feed: p.Feed, kind: "comment.edited", before: c.Text, lastSeq: c.EditSeq, now: s.Clock.Now()}
		seq, err := s.replace(tx, speaker(by, c.StoreID), e, said)
		if err != nil || seq == 0 {
			return err
		}
		if err := retell(tx, p, c.ID, c.Text, said.Text); err != nil {
			return err
		}
		return tx.Model(&models.PostComment{}).Where("id = ?", c.ID).Updates(map[string]any{"text": said.Text, "edited_at": e.now, "edit_seq": seq}).Error
	})
}

// edit is a change of words to be told.
type edit struct {
	place
	feed, kind, before string
	lastSeq            int64 // of the item that told of the change before, whose content goes
	now                time.Time
}

// Edited is what the items post.edited and comment.edited say; CommentID is zero when the post itself changed.
type Edited struct {
	PostID    models.ID     `json:"post_id"`
	CommentID models.ID     `json:"comment_id,omitzero"`
	Text      string        `json:"text"`
	Mentions  []MentionView `json:"mentions" nullable:"false"`
	EditedAt  time.Time     `json:"edited_at"`
}

// replace keeps what was said, notes who is called, and tells the screens; it returns the item's seq, 0 when the words are
// the same.
func (s *Service) replace(tx *gorm.DB, by Author, e edit, said Said) (int64, error) {
	if said.Text == e.before {
		return 0, nil
	}
	before := models.TalkEdit{ID: models.NewID(), AllianceID: e.alliance, PostID: e.post, AboutID: e.about, Text: e.before, At: e.now}
	if err := tx.Create(&before).Error; err != nil {
		return 0, err
	}
	fresh, err := s.mention(tx, e.place, said)
	if err != nil {
		return 0, err
	}
	if err := s.call(tx, by, e.place, fresh, models.ID{}); err != nil {
		return 0, err
	}
	called, err := mentionsOf(tx, []models.ID{e.about})
	if err != nil {
		return 0, err
	}
	if e.lastSeq > 0 {
		if err := s.Streams.Erase(tx, e.alliance, models.FeedStream(e.feed), e.lastSeq); err != nil {
			return 0, err
		}
	}
	told := Edited{PostID: e.post, Text: said.Text, Mentions: listed(called[e.about]), EditedAt: e.now}
	if e.about != e.post {
		told.CommentID = e.about
	}
	item, err := s.Streams.Append(tx, e.alliance, models.FeedStream(e.feed), e.kind, told)
	return item.Seq, err
}

// mayEdit: who wrote it, while they may still speak in that voice, and for a store's persona its managers.
func mayEdit(by *identity.Principal, account, store models.ID) bool {
	if !store.IsZero() {
		return by.AtLeast(store, models.RoleManager) || account == by.AccountID && by.AtLeast(store, models.RoleClerk)
	}
	return account == by.AccountID
}

// speaker is the caller in a voice that they may use.
func speaker(by *identity.Principal, store models.ID) Author {
	a := Author{Alliance: by.AllianceID, Account: by.AccountID, Member: by.MemberID, Store: store, Coordinator: by.Coordinator}
	if !store.IsZero() {
		a.Member = models.ID{} // the persona speaks, not the neighbour
	}
	return a
}

// hasPhotos refuses to leave a post with nothing to show. Error: text_empty.
func hasPhotos(tx *gorm.DB, post models.ID) error {
	var n int64
	err := tx.Model(&models.Photo{}).Where("post_id = ?", post).Count(&n).Error
	if err == nil && n == 0 {
		err = ErrEmpty.At("/text")
	}
	return err
}

// EditView is what was said before; At is when it was replaced.
type EditView struct {
	Text string    `json:"text"`
	At   time.Time `json:"at"`
}

// History lists what a post or one of its comments said before, the oldest first. Errors: not_found, post_gone,
// comment_gone.
func (s *Service) History(ctx context.Context, reader *identity.Principal, post, about models.ID) ([]EditView, error) {
	read := s.DB.Read(ctx)
	p, err := s.find(read, speaker(reader, models.ID{}), post)
	if err == nil && about != post {
		_, err = comment(read, p, about)
	}
	if err != nil {
		return nil, err
	}
	history := []EditView{}
	err = read.Model(&models.TalkEdit{}).Where("about_id = ?", about).Order("at, id").Scan(&history).Error
	return history, err
}

// forgetWords removes what was said before and who was called.
func forgetWords(tx *gorm.DB, column string, id models.ID) error {
	for _, row := range []any{&models.TalkEdit{}, &models.TalkMention{}} {
		if err := tx.Where(column+" = ?", id).Delete(row).Error; err != nil {
			return err
		}
	}
	return nil
}
