package feed

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
)

// Binding is how a room above the feed keeps what a post with one of its cards belongs to, such as a series.
type Binding struct {
	// Written is told of a post in its transaction, before the post stands in the stream; it may refuse it. head is the draft's.
	Written func(tx *gorm.DB, p models.Post, head string) error
	// Gone is told, in the transaction, of a post that is taken down; nil: nothing to do.
	Gone func(tx *gorm.DB, p models.Post) error
	// Cards are what posts show, by post; one that is not among them shows no card.
	Cards func(ctx context.Context, posts []models.Post) (map[models.ID]CardView, error)
}

// Bind registers the room that a kind of cards is of. Call it before serving.
func (s *Service) Bind(kind models.CardKind, b Binding) { s.bindings[kind] = b }

// written tells the room that the post's card is of.
func (s *Service) written(tx *gorm.DB, p models.Post, head string) error {
	if b, bound := s.bindings[p.CardKind]; bound {
		return b.Written(tx, p, head)
	}
	return nil
}

// gone tells the room that the post's card is of.
func (s *Service) gone(tx *gorm.DB, p models.Post) error {
	if b, bound := s.bindings[p.CardKind]; bound && b.Gone != nil {
		return b.Gone(tx, p)
	}
	return nil
}

// boundCards asks the rooms above for the cards of posts.
func (s *Service) boundCards(ctx context.Context, posts []models.Post) (map[models.ID]CardView, error) {
	byKind := map[models.CardKind][]models.Post{}
	for _, p := range posts {
		if _, bound := s.bindings[p.CardKind]; bound {
			byKind[p.CardKind] = append(byKind[p.CardKind], p)
		}
	}
	all := map[models.ID]CardView{}
	for kind, some := range byKind {
		cards, err := s.bindings[kind].Cards(ctx, some)
		if err != nil {
			return nil, err
		}
		for post, card := range cards {
			all[post] = card
		}
	}
	return all, nil
}

// PartCard says which part of a series a post is.
type PartCard struct {
	SeriesID models.ID  `json:"series_id"`
	Series   string     `json:"series" doc:"the series' title"`
	Cover    *PhotoView `json:"cover,omitempty" doc:"the series' cover"`
	Number   int64      `json:"number"`
	Title    string     `json:"title"`
}

// StoryCard leads to a story that is longer than a post.
type StoryCard struct {
	ID      models.ID `json:"id"`
	Title   string    `json:"title"`
	Minutes int       `json:"minutes" doc:"how long one reads"`
}

// Check cleans and judges what is going to be published later, and returns it ready for Publish. Errors: those of Say; what
// the rules stop is refused with advert_edit or post_held and kept nowhere.
func (s *Service) Check(ctx context.Context, d Draft, photos int) (Draft, error) {
	said, err := Said{d.Text, d.Mentions}.plain(models.PostLength)
	d.Text = said.Text
	if err == nil && d.Text == "" && photos == 0 {
		err = ErrEmpty.At("/text")
	}
	if err != nil {
		return d, err
	}
	d.weighed, err = s.Conduct.Weigh(ctx, d.words())
	if err == nil && d.weighed.Stops() {
		err = d.weighed.Refusal()
	}
	return d, err
}

// Publish writes a checked draft in the caller's transaction, under an id that its photos are under already: a second time
// fails by the key.
func (s *Service) Publish(tx *gorm.DB, id models.ID, d Draft) (models.Post, error) {
	d.held = id
	return s.write(tx, d)
}

// HoldPhotos puts an account's unused uploads under an id that a post will have, in order, instead of those that are there.
// Errors: too_many_photos, photo_unknown.
func (s *Service) HoldPhotos(tx *gorm.DB, alliance, account, id models.ID, photos []models.ID) error {
	if len(photos) > models.PostPhotos {
		return ErrManyPhotos.At("/photo_ids")
	}
	kept := map[models.ID]bool{}
	for _, photo := range photos {
		kept[photo] = true
	}
	var there []models.Photo
	if err := tx.Where("post_id = ?", id).Find(&there).Error; err != nil {
		return err
	}
	for _, p := range there {
		if !kept[p.ID] {
			if err := s.dropPhotosWhere(tx, "id = ?", p.ID); err != nil {
				return err
			}
		}
	}
	for i, photo := range photos {
		if err := holdPhoto(tx, alliance, account, id, photo, i); err != nil {
			return err
		}
	}
	return nil
}

// holdPhoto takes one upload, or gives one that is held already another place. MySQL counts rows that changed, so the row is
// read first.
func holdPhoto(tx *gorm.DB, alliance, account, id, photo models.ID, position int) error {
	p, err := db.Find[models.Photo](db.Lock(tx), "id = ? AND alliance_id = ?", photo, alliance)
	if err != nil || p.PostID != id && (!p.PostID.IsZero() || p.AccountID != account) {
		return ErrPhoto
	}
	return tx.Model(&models.Photo{}).Where("id = ?", photo).Updates(map[string]any{"post_id": id, "position": position}).Error
}

// PhotosUnder shows the photos that are under ids, also of what is not posted yet.
func (s *Service) PhotosUnder(ctx context.Context, ids []models.ID) (map[models.ID][]PhotoView, error) {
	return s.photosOf(ctx, ids)
}

// DropPhotos takes the photos under an id away; the files go after the commit.
func (s *Service) DropPhotos(tx *gorm.DB, id models.ID) error {
	return s.dropPhotosWhere(tx, "post_id = ?", id)
}

// Speaker is the caller in a voice: their own, or a store's they work for. Errors: not_your_store.
func Speaker(p *identity.Principal, store models.ID) (Author, error) { return author(p, store) }
