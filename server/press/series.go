package press

import (
	"context"
	"unicode/utf8"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/feed"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
)

// NewSeries is a series to be; without a store the caller tells it as a neighbour.
type NewSeries struct {
	Store        models.ID
	Title, About string
	Cover        models.ID // an upload of the caller's; zero: none
}

// Start begins a series. Errors: not_your_store, series_title, series_about, photo_unknown.
func (s *Service) Start(ctx context.Context, by *identity.Principal, d NewSeries) (models.TalkSeries, error) {
	who, err := feed.Speaker(by, d.Store)
	if err != nil {
		return models.TalkSeries{}, err
	}
	if d.Title, d.About, err = named(d.Title, d.About); err != nil {
		return models.TalkSeries{}, err
	}
	series := models.TalkSeries{
		ID: models.NewID(), AllianceID: by.AllianceID, StoreID: who.Store, AccountID: who.Account, MemberID: who.Member,
		Title: d.Title, About: d.About, State: models.SeriesRunning, CreatedAt: s.Clock.Now(),
	}
	return series, s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.Feed.HoldPhotos(tx, by.AllianceID, by.AccountID, series.ID, covers(d.Cover)); err != nil {
			return err
		}
		return tx.Create(&series).Error
	})
}

// covers are the photos that lie under a series: its cover, or none.
func covers(cover models.ID) []models.ID {
	if cover.IsZero() {
		return nil
	}
	return []models.ID{cover}
}

// cover is the cover of a series under which these photos lie; nil: it has none.
func cover(under []feed.PhotoView) *feed.PhotoView {
	if len(under) == 0 {
		return nil
	}
	return &under[0]
}

func named(title, about string) (string, string, error) {
	title, err := titled(title)
	about = models.PlainText(about)
	if err == nil && utf8.RuneCountInString(about) > models.SeriesAboutLength {
		err = ErrAbout.With(models.SeriesAboutLength).At("/about")
	}
	return title, about, err
}

func titled(title string) (string, error) {
	title = models.PlainText(title)
	if title == "" || utf8.RuneCountInString(title) > models.SeriesTitleLength {
		return title, ErrTitle.With(models.SeriesTitleLength).At("/title")
	}
	return title, nil
}

// tells says who may go on with a series: whoever works in its store, or the neighbour who began it.
func tells(by *identity.Principal, series models.TalkSeries) bool {
	if !series.StoreID.IsZero() {
		return by.AtLeast(series.StoreID, models.RoleClerk)
	}
	return !by.Visitor() && series.AccountID == by.AccountID
}

// find reads a series of the street. Error: not_found.
func find(tx *gorm.DB, alliance, id models.ID) (models.TalkSeries, error) {
	return db.Find[models.TalkSeries](tx, "id = ? AND alliance_id = ?", id, alliance)
}

// Change gives a series other words, another cover (zero: none), or another state. Errors: not_found, not_your_series,
// series_title, series_about, series_ended, photo_unknown.
func (s *Service) Change(ctx context.Context, by *identity.Principal, id models.ID, d NewSeries, state models.SeriesState) error {
	title, about, err := named(d.Title, d.About)
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		series, err := find(db.Lock(tx), by.AllianceID, id)
		switch {
		case err != nil:
			return err
		case !tells(by, series):
			return ErrNotOwn
		case series.State == models.SeriesEnded && state != models.SeriesEnded:
			return ErrEnded
		}
		if err := s.Feed.HoldPhotos(tx, by.AllianceID, by.AccountID, series.ID, covers(d.Cover)); err != nil {
			return err
		}
		return tx.Model(&series).Updates(map[string]any{"title": title, "about": about, "state": state}).Error
	})
}

// NewPart is a part to be.
type NewPart struct {
	Title, Text string
	Photos      []models.ID
	Mentions    []models.ID
}

// Tell adds the next part to a series. Errors: not_found, not_your_series, series_paused, series_ended, series_title, and
// those of feed.Say.
func (s *Service) Tell(ctx context.Context, by *identity.Principal, id models.ID, d NewPart) (models.Post, error) {
	title, err := titled(d.Title)
	if err != nil {
		return models.Post{}, err
	}
	series, err := find(s.DB.Read(ctx), by.AllianceID, id)
	switch {
	case err != nil:
		return models.Post{}, err
	case !tells(by, series):
		return models.Post{}, ErrNotOwn
	}
	if err := open(series); err != nil {
		return models.Post{}, err
	}
	who, err := feed.Speaker(by, series.StoreID)
	if err != nil {
		return models.Post{}, err
	}
	return s.Feed.Say(ctx, feed.Draft{
		Author: who, Feed: models.StreetFeed, Text: d.Text, Photos: d.Photos, Mentions: d.Mentions, Card: models.CardPart, CardID: series.ID, Head: title,
	})
}

// open tells whether a series takes parts. Errors: series_paused, series_ended.
func open(series models.TalkSeries) error {
	switch series.State {
	case models.SeriesPaused:
		return ErrPaused
	case models.SeriesEnded:
		return ErrEnded
	}
	return nil
}

// partWritten gives a part its number. The series' row is held until the post's transaction ends: of two at once the second
// gets the next number, and their order is that of the street's feed.
func (s *Service) partWritten(tx *gorm.DB, p models.Post, title string) error {
	series, err := find(db.Lock(tx), p.AllianceID, p.CardID)
	if err == nil {
		err = open(series)
	}
	if err != nil {
		return err
	}
	part := models.TalkPart{SeriesID: series.ID, Number: series.Parts + 1, AllianceID: p.AllianceID, PostID: p.ID, Title: title, At: p.CreatedAt}
	if err := tx.Create(&part).Error; err != nil {
		return err
	}
	return tx.Model(&models.TalkSeries{}).Where("id = ?", series.ID).Updates(map[string]any{"parts": part.Number, "part_at": part.At}).Error
}

// partCards says which parts posts are.
func (s *Service) partCards(ctx context.Context, posts []models.Post) (map[models.ID]feed.CardView, error) {
	ids := make([]models.ID, len(posts))
	for i, p := range posts {
		ids[i] = p.ID
	}
	var rows []struct {
		models.TalkPart
		Series string
	}
	err := s.DB.Read(ctx).Table("talk_parts AS p").Select("p.*, s.title AS series").Joins("JOIN talk_series AS s ON s.id = p.series_id").
		Where("p.post_id IN ?", ids).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	series := make([]models.ID, len(rows))
	for i, r := range rows {
		series[i] = r.SeriesID
	}
	covers, err := s.Feed.PhotosUnder(ctx, series)
	cards := map[models.ID]feed.CardView{}
	for _, r := range rows {
		part := &feed.PartCard{SeriesID: r.SeriesID, Series: r.Series, Number: r.Number, Title: r.Title, Cover: cover(covers[r.SeriesID])}
		cards[r.PostID] = feed.CardView{Kind: models.CardPart, ID: r.SeriesID, Part: part}
	}
	return cards, err
}
