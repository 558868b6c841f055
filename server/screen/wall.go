package screen

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/calendar"
	"onestreet/server/conduct"
	"onestreet/server/coupon"
	"onestreet/server/feed"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
	"onestreet/server/pool"
)

// How much a TV shows: what was said within a week, the newest of it, and a few coupons that there are still some of.
const (
	wallPosts   = 24
	wallAge     = 7 * 24 * time.Hour
	wallCoupons = 4
	seenEvery   = 5 * time.Minute // between two notes that a TV is there
)

// Wall is what a TV in the window shows. Seq is the head of feed:street when it was read: follow from there.
type Wall struct {
	ID      models.ID                 `json:"id"`
	Name    string                    `json:"name" doc:"of the screen"`
	Street  pool.Street               `json:"street"`
	Store   models.StoreRef           `json:"store" doc:"in whose window it stands"`
	JoinURL string                    `json:"join_url" doc:"what its QR code says"`
	Posts   []WallPost                `json:"posts" nullable:"false" doc:"the newest first"`
	Today   Today                     `json:"today"`
	Coupons []coupon.CampaignView     `json:"coupons" nullable:"false" doc:"to be claimed now, and not used up"`
	Events  []calendar.OccurrenceView `json:"events" nullable:"false" doc:"what is on today and not over"`
	Seq     int64                     `json:"seq"`
}

// WallPost is a post as it stands in a window: of who spoke there is the display name only.
type WallPost struct {
	ID        models.ID           `json:"id"`
	Author    string              `json:"author"`
	Face      string              `json:"face,omitempty" doc:"of a store's persona"`
	Store     *models.StoreRef    `json:"store,omitempty"`
	Text      string              `json:"text"`
	Photo     *feed.PhotoView     `json:"photo,omitempty" doc:"the first"`
	Likes     int64               `json:"likes"`
	Reactions []feed.ReactionView `json:"reactions" nullable:"false"`
	Comments  int64               `json:"comments"`
	CreatedAt time.Time           `json:"created_at"`
}

// Today is the day on the street.
type Today struct {
	Date       string `json:"date" doc:"YYYY-MM-DD"`
	Lunar      string `json:"lunar" doc:"廿三; on the first of a lunar month the month's name"`
	Festival   string `json:"festival,omitempty"`
	Market     bool   `json:"market"`
	NextMarket string `json:"next_market,omitempty" doc:"YYYY-MM-DD, within the month that is shown"`
}

// Show reads what the TV of a secret shows, in a language. Errors: not_found, screen_off.
func (s *Service) Show(ctx context.Context, secret, locale string) (Wall, error) {
	sc, err := s.Find(ctx, secret)
	if err != nil {
		return Wall{}, err
	}
	if err := s.noteSeen(ctx, sc); err != nil {
		return Wall{}, err
	}
	w := Wall{ID: sc.ID, Name: sc.Name}
	// The head comes first: what happens meanwhile is looked at twice.
	if w.Seq, err = s.Streams.Head(ctx, sc.AllianceID, models.FeedStream(models.StreetFeed)); err != nil {
		return w, err
	}
	if err := s.frame(ctx, sc, &w); err != nil {
		return w, err
	}
	if w.Posts, err = s.posts(ctx, sc); err != nil {
		return w, err
	}
	if err := s.today(ctx, sc, locale, &w); err != nil {
		return w, err
	}
	w.Coupons, err = s.coupons(ctx, sc)
	return w, err
}

// noteSeen keeps when a TV was last there, not more often than one wants to know.
func (s *Service) noteSeen(ctx context.Context, sc models.Screen) error {
	now := s.Clock.Now()
	if sc.SeenAt != nil && now.Sub(*sc.SeenAt) < seenEvery {
		return nil
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Model(&models.Screen{}).Where("id = ?", sc.ID).Update("seen_at", now).Error
	})
}

// frame is what stands around: the street, the store, the code.
func (s *Service) frame(ctx context.Context, sc models.Screen, w *Wall) error {
	var err error
	if w.Street, err = s.Pool.Street(ctx, sc.AllianceID); err != nil {
		return err
	}
	store, err := s.Pool.Store(ctx, sc.AllianceID, sc.StoreID)
	if err != nil {
		return err
	}
	link, err := db.Find[models.JoinLink](s.DB.Read(ctx), "id = ?", sc.LinkID)
	w.Store, w.JoinURL = store.Ref(), s.Pool.JoinURL(link.Code)
	return err
}

func (s *Service) posts(ctx context.Context, sc models.Screen) ([]WallPost, error) {
	said, err := s.Feed.Newest(ctx, sc.AllianceID, s.Clock.Now().Add(-wallAge), wallPosts, func(query *gorm.DB) *gorm.DB {
		query = conduct.NotInDoubt(query, "posts")
		if sc.PickedOnly {
			query = query.Where("(store_id = ? OR EXISTS (SELECT 1 FROM screen_picks k WHERE k.store_id = ? AND k.post_id = posts.id))", sc.StoreID, sc.StoreID)
		}
		return query
	})
	posts := make([]WallPost, len(said))
	for i, p := range said {
		posts[i] = wallPost(p)
	}
	return posts, err
}

func wallPost(p feed.PostView) WallPost {
	w := WallPost{
		ID: p.ID, Author: p.Author.Name, Store: p.Store, Text: p.Text, Likes: p.Likes, Reactions: p.Reactions, Comments: p.Comments, CreatedAt: p.CreatedAt,
	}
	if p.Store != nil {
		w.Face = p.Author.Face
	}
	if len(p.Photos) > 0 {
		w.Photo = &p.Photos[0]
	}
	return w
}

// today is the line of the day and what is still on.
func (s *Service) today(ctx context.Context, sc models.Screen, locale string, w *Wall) error {
	street, err := s.Pool.Alliance(ctx, sc.AllianceID)
	if err != nil {
		return err
	}
	month, err := s.Calendar.Month(ctx, sc.AllianceID, models.ID{}, "", locale)
	if err != nil {
		return err
	}
	now := s.Clock.Now()
	w.Today, w.Events = Today{Date: street.LocalDate(now)}, []calendar.OccurrenceView{}
	for _, day := range month.Days {
		switch {
		case day.Date == w.Today.Date:
			w.Today.Lunar, w.Today.Festival, w.Today.Market = day.Lunar, day.Festival, day.Market
		case day.Date > w.Today.Date && day.Market && w.Today.NextMarket == "":
			w.Today.NextMarket = day.Date
		}
	}
	for _, o := range month.Items {
		if street.LocalDate(o.StartsAt) <= w.Today.Date && o.EndsAt.After(now) {
			w.Events = append(w.Events, o)
		}
	}
	return nil
}

func (s *Service) coupons(ctx context.Context, sc models.Screen) ([]coupon.CampaignView, error) {
	page, err := s.Coupon.Public(ctx, &identity.Principal{AllianceID: sc.AllianceID}, "", 5*wallCoupons)
	shown := []coupon.CampaignView{}
	for _, c := range page.Items {
		if c.State == models.CampaignLive && c.Remaining > 0 && len(shown) < wallCoupons {
			shown = append(shown, c)
		}
	}
	return shown, err
}
