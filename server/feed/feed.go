// Package feed is the street's live feed: posts of neighbours and of the stores' personas, with photos, cards of coupons
// and events, comments and likes.
//
//	post ── row + item of feed:street, in one commit ── socket ── every screen
//	campaign.started, event.published ── a card, spoken by the store's persona
//	posts that come at once ── judged one by one, written together: a statement a table; comments likewise
//	deleted, or its author left ── the item is emptied, post.deleted tells the screens
//
// The feed is a stream: a snapshot (Posts) says up to which seq it goes, and the items after it bring it up to date.
// Likes are signals: they are counted in the row and told at most four times a second.
package feed

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/calendar"
	"onestreet/server/conduct"
	"onestreet/server/coupon"
	"onestreet/server/identity"
	"onestreet/server/platform/blob"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
	"onestreet/server/platform/realtime"
	"onestreet/server/pool"
	"onestreet/server/relation"
)

// batchSize is how many posts, or comments, share one commit at most.
const batchSize = 64

// Deps is what the feature needs.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Outbox   *outbox.Outbox
	Streams  *realtime.Streams
	Pool     *pool.Service
	Relation *relation.Service
	Coupon   *coupon.Service
	Calendar *calendar.Service
	Pictures *blob.Disk
	Conduct  *conduct.Service
	Revoke   func(account models.ID) // looks again at what an account's open screens may follow; called after the commit
}

// Service is the feature.
type Service struct {
	Deps
	posts    *db.Batcher[Draft, spoken]
	answers  *db.Batcher[Answer, models.PostComment]
	bindings map[models.CardKind]Binding
}

// New returns the feature and handles the events that become cards.
func New(d Deps) *Service {
	s := &Service{Deps: d, bindings: map[models.CardKind]Binding{}}
	s.posts = db.NewBatcher(d.DB, batchSize, s.publish).Overlap()
	s.answers = db.NewBatcher(d.DB, batchSize, s.replyAll)
	outbox.On(d.Outbox, models.EventCampaignStarted, "feed.campaign-card", s.campaignCard)
	outbox.On(d.Outbox, models.EventCampaignChanged, "feed.campaign-signal", s.campaignChanged)
	outbox.On(d.Outbox, models.EventEventPublished, "feed.event-card", s.eventCard)
	outbox.On(d.Outbox, models.EventEventWithdrawn, "feed.event-withdrawn", s.eventWithdrawn)
	d.Conduct.Use(s.board())
	d.Pool.OnExport("feed", s.export)
	d.Pool.OnLeave("feed", s.leave)
	return s
}

// Close commits what is queued and takes no more posts and comments.
func (s *Service) Close() {
	s.posts.Close()
	s.answers.Close()
}

// Author is who speaks: an account for itself, or for a store it works for.
type Author struct {
	Alliance, Account, Member, Store models.ID
	Coordinator                      bool
}

// author checks that the caller may speak for the store they name. Errors: not_your_store.
func author(p *identity.Principal, store models.ID) (Author, error) {
	if !store.IsZero() && !p.AtLeast(store, models.RoleClerk) {
		return Author{}, ErrNotYourStore.At("/store_id")
	}
	return speaker(p, store), nil
}

// find reads a post that somebody may read. Errors: not_found, post_gone, not_in_circle.
func (s *Service) find(tx *gorm.DB, who Author, id models.ID) (models.Post, error) {
	p, err := db.Find[models.Post](tx, "id = ? AND alliance_id = ?", id, who.Alliance)
	if err == nil {
		err = s.open(tx, who, p)
	}
	return p, err
}

// open lets those see a post who may, while it is there. Errors: post_gone, not_in_circle.
func (s *Service) open(tx *gorm.DB, who Author, p models.Post) error {
	err := s.mayRead(tx, who, p.Feed)
	if err == nil && p.DeletedAt != nil {
		err = ErrPostGone
	}
	return err
}

// mayAnswer lets those say something to a post who may. Errors: those of open, join_first.
func (s *Service) mayAnswer(tx *gorm.DB, who Author, p models.Post) error {
	if err := s.open(tx, who, p); err != nil {
		return err
	}
	return s.maySpeak(tx, who, p.Feed)
}

// findToAnswer holds the row of a post that somebody may say something to. Errors: those of find, join_first.
func (s *Service) findToAnswer(tx *gorm.DB, who Author, id models.ID) (models.Post, error) {
	p, err := s.find(db.Lock(tx), who, id)
	if err == nil {
		err = s.maySpeak(tx, who, p.Feed)
	}
	return p, err
}

// Post reads one post as the reader sees it. Errors: not_found, post_gone.
func (s *Service) Post(ctx context.Context, reader *identity.Principal, id models.ID) (PostView, error) {
	p, err := s.find(s.DB.Read(ctx), speaker(reader, models.ID{}), id)
	if err != nil {
		return PostView{}, err
	}
	views, err := s.views(ctx, reader, []models.Post{p})
	if err != nil {
		return PostView{}, err
	}
	return views[0], nil
}
