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

// Draft is a post to be. Photos are ids of the author's own unused uploads, in order.
type Draft struct {
	Author
	Feed     string
	Text     string
	Mentions []models.ID
	Photos   []models.ID
	Card     models.CardKind
	CardID   models.ID
	Head     string // what the post is called in what its card is of
	Whole    string // all the words that are judged, when the text is but their beginning

	weighed conduct.Weighed // what the street's rules say of it
	held    models.ID       // the id that a moderator let it through by, with its photos
	ask     *web.Ask        // nil: the request has no key
}

// Say publishes a post; posts that arrive at once share a commit. Errors: text_empty, text_too_long, too_many_photos,
// photo_unknown, too_many_mentions, mention_unknown, card_unknown, not_found, join_first; muted, slow_mode; advert and post_held, which keep the post
// for an appeal or a moderator.
func (s *Service) Say(ctx context.Context, d Draft) (models.Post, error) {
	got, err := s.say(ctx, d)
	return got.post, err
}

// say publishes a post once a key.
func (s *Service) say(ctx context.Context, d Draft) (got spoken, err error) {
	first, err := web.Once[answer](ctx, s.DB, d.ask, func() (err error) {
		got, err = s.sayOrHold(ctx, d)
		return err
	})
	if first != nil {
		return first.post()
	}
	return got, err
}

func (s *Service) sayOrHold(ctx context.Context, d Draft) (spoken, error) {
	d, err := s.judged(ctx, d)
	if err != nil {
		return spoken{}, err
	}
	if d.weighed.Stops() {
		return spoken{}, s.holdPost(ctx, d)
	}
	return s.posts.Do(ctx, d)
}

// judged cleans a draft, and refuses what no transaction is needed for.
func (s *Service) judged(ctx context.Context, d Draft) (Draft, error) {
	if err := s.maySpeak(s.DB.Read(ctx), d.Author, d.Feed); err != nil {
		return d, err
	}
	said, err := Said{d.Text, d.Mentions}.plain(models.PostLength)
	d.Text = said.Text
	switch {
	case err != nil:
		return d, err
	case len(d.Photos) > models.PostPhotos:
		return d, ErrManyPhotos.At("/photo_ids")
	case d.Text == "" && len(d.Photos) == 0 && d.Card == models.CardNone:
		return d, ErrEmpty.At("/text")
	}
	if err := s.checkCard(ctx, d); err != nil {
		return d, err
	}
	words := d.words()
	if words.Codes, err = s.codesOf(ctx, d.Author, d.Photos); err != nil {
		return d, err
	}
	d.weighed, err = s.Conduct.Weigh(ctx, words)
	return d, err
}

func takePhotos(tx *gorm.DB, p models.Post, photos []models.ID) error {
	for i, id := range photos {
		taken := tx.Model(&models.Photo{}).Where("id = ? AND alliance_id = ? AND account_id = ? AND post_id IS NULL", id, p.AllianceID, p.AccountID).
			Updates(map[string]any{"post_id": p.ID, "position": i})
		if taken.Error != nil {
			return taken.Error
		}
		if taken.RowsAffected == 0 {
			return ErrPhoto
		}
	}
	return nil
}

// Remove takes a post off the feed: its author may, an owner of the store that spoke, a moderator of its circle, and a
// coordinator. Doing it twice is doing it once. Errors: not_found, not_your_post.
func (s *Service) Remove(ctx context.Context, by *identity.Principal, id models.ID) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		p, err := db.Find[models.Post](db.Lock(tx), "id = ? AND alliance_id = ?", id, by.AllianceID)
		if err != nil {
			return err
		}
		if err := s.checkRemove(tx, by, p.Feed, p.AccountID, p.StoreID); err != nil {
			return err
		}
		if p.DeletedAt != nil {
			return nil
		}
		return cmp.Or(s.noteRemoval(tx, by, p.Feed, p.AccountID, p.StoreID, p.Text), s.erase(tx, p))
	})
}

// noteRemoval writes into the trail that somebody took down what is not their own or their store's.
func (s *Service) noteRemoval(tx *gorm.DB, by *identity.Principal, feed string, account, store models.ID, text string) error {
	if account == by.AccountID || !store.IsZero() && by.AtLeast(store, models.RoleOwner) {
		return nil
	}
	return s.Conduct.Note(tx, models.ConductLine{AllianceID: by.AllianceID, ByID: by.AccountID, What: conduct.DecideRemove, AccountID: account, Feed: feed, Words: text})
}

// mayRemove: who wrote it, while they may still speak in that voice; an owner of the store that spoke; a coordinator.
func mayRemove(by *identity.Principal, account, store models.ID) bool {
	if by.Coordinator || !store.IsZero() && by.AtLeast(store, models.RoleOwner) {
		return true
	}
	return account == by.AccountID && (store.IsZero() || by.AtLeast(store, models.RoleClerk))
}

// erase empties a post and its item, and tells the screens.
func (s *Service) erase(tx *gorm.DB, p models.Post) error {
	gone := map[string]any{"post_id": p.ID}
	now := s.Clock.Now()
	if err := dropAllTerms(tx, p); err != nil {
		return err
	}
	if err := tx.Model(&models.Post{}).Where("id = ?", p.ID).Updates(map[string]any{"deleted_at": now, "text": ""}).Error; err != nil {
		return err
	}
	if err := s.gone(tx, p); err != nil {
		return err
	}
	if err := s.dropPhotos(tx, p); err != nil {
		return err
	}
	if err := forgetWords(tx, "post_id", p.ID); err != nil {
		return err
	}
	if _, err := s.takePins(tx, p.AllianceID, "post_id = ?", p.ID); err != nil {
		return err
	}
	if err := s.Streams.Erase(tx, p.AllianceID, models.FeedStream(p.Feed), p.Seq, p.EditSeq); err != nil {
		return err
	}
	_, err := s.Streams.Append(tx, p.AllianceID, models.FeedStream(p.Feed), "post.deleted", gone)
	return err
}

// dropPhotos removes a post's pictures.
func (s *Service) dropPhotos(tx *gorm.DB, p models.Post) error {
	return s.dropPhotosWhere(tx, "post_id = ?", p.ID)
}

// dropPhotosWhere removes pictures; the files go after the commit.
func (s *Service) dropPhotosWhere(tx *gorm.DB, where string, args ...any) error {
	var photos []models.Photo
	if err := tx.Where(where, args...).Find(&photos).Error; err != nil || len(photos) == 0 {
		return err
	}
	db.AfterCommit(tx, func() {
		for _, photo := range photos {
			_ = s.Pictures.Remove(photo.AllianceID, photo.ID) // a file left over shows nothing: its row is gone
		}
	})
	return tx.Where(where, args...).Delete(&models.Photo{}).Error
}
