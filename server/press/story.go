package press

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/conduct"
	"onestreet/server/feed"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

// A story has at least so many characters; its post shows so many of them.
const (
	storyShortest  = 20
	storyBeginning = 90
)

// NewStory is a story to be: paragraphs are parted by empty lines.
type NewStory struct {
	Store       models.ID
	Title, Text string
	Photos      []models.ID
}

// Write publishes a story as a post with its beginning; the rules judge all of it. Errors: not_your_store, series_title,
// story_length, and those of feed.Say; one that is held is shown when a moderator says so.
func (s *Service) Write(ctx context.Context, by *identity.Principal, d NewStory) (models.TalkStory, error) {
	who, err := feed.Speaker(by, d.Store)
	if err != nil {
		return models.TalkStory{}, err
	}
	if d.Title, err = titled(d.Title); err != nil {
		return models.TalkStory{}, err
	}
	d.Text = models.PlainText(d.Text)
	if n := utf8.RuneCountInString(d.Text); n < storyShortest || n > models.StoryLength {
		return models.TalkStory{}, ErrStory.With(models.StoryLength).At("/text")
	}
	story := models.TalkStory{
		ID: models.NewID(), AllianceID: by.AllianceID, StoreID: who.Store, AccountID: who.Account, MemberID: who.Member, Title: d.Title, Text: d.Text, CreatedAt: s.Clock.Now(),
	}
	if err := s.DB.Tx(ctx, func(tx *gorm.DB) error { return tx.Create(&story).Error }); err != nil {
		return story, err
	}
	p, err := s.Feed.Say(ctx, feed.Draft{
		Author: who, Feed: models.StreetFeed, Text: beginning(d.Text), Whole: d.Title + "\n" + d.Text, Photos: d.Photos, Card: models.CardStory, CardID: story.ID,
	})
	story.PostID = p.ID
	if err != nil && !errors.Is(err, conduct.ErrHeld) && !errors.Is(err, conduct.ErrAdvert) { // those two a moderator may still let through
		return story, errors.Join(err, s.DB.Tx(ctx, func(tx *gorm.DB) error { return tx.Delete(&story).Error }))
	}
	return story, err
}

// beginning is what a post shows of a story.
func beginning(text string) string {
	first, _, _ := strings.Cut(text, "\n\n")
	if runes := []rune(first); len(runes) > storyBeginning {
		return string(runes[:storyBeginning]) + "…"
	}
	return first
}

func (s *Service) storyWritten(tx *gorm.DB, p models.Post, _ string) error {
	return tx.Model(&models.TalkStory{}).Where("id = ? AND alliance_id = ?", p.CardID, p.AllianceID).Update("post_id", p.ID).Error
}

// storyGone forgets the words of a story whose post is taken down.
func (s *Service) storyGone(tx *gorm.DB, p models.Post) error {
	return tx.Model(&models.TalkStory{}).Where("id = ? AND alliance_id = ?", p.CardID, p.AllianceID).Update("text", "").Error
}

func (s *Service) storyCards(ctx context.Context, posts []models.Post) (map[models.ID]feed.CardView, error) {
	ids := make([]models.ID, len(posts))
	for i, p := range posts {
		ids[i] = p.CardID
	}
	var rows []models.TalkStory
	err := s.DB.Read(ctx).Where("id IN ?", ids).Find(&rows).Error
	cards := map[models.ID]feed.CardView{}
	for _, r := range rows {
		story := feed.StoryCard{ID: r.ID, Title: r.Title, Minutes: models.StoryMinutes(utf8.RuneCountInString(r.Text))}
		cards[r.PostID] = feed.CardView{Kind: models.CardStory, ID: r.ID, Story: &story}
	}
	return cards, err
}

// StoryPage is a story to read.
type StoryPage struct {
	ID         models.ID     `json:"id"`
	Title      string        `json:"title"`
	Minutes    int           `json:"minutes" doc:"how long one reads"`
	Paragraphs []string      `json:"paragraphs" nullable:"false"`
	Post       feed.PostView `json:"post" doc:"who wrote it, the photos, what is said under it"`
}

// Story reads a story. Errors: not_found, also while it waits for a moderator; post_gone.
func (s *Service) Story(ctx context.Context, reader *identity.Principal, id models.ID) (StoryPage, error) {
	story, err := db.Find[models.TalkStory](s.DB.Read(ctx), "id = ? AND alliance_id = ? AND post_id IS NOT NULL", id, reader.AllianceID)
	if err != nil {
		return StoryPage{}, err
	}
	post, err := s.Feed.Post(ctx, reader, story.PostID)
	page := StoryPage{ID: story.ID, Title: story.Title, Minutes: models.StoryMinutes(utf8.RuneCountInString(story.Text)), Paragraphs: []string{}, Post: post}
	for paragraph := range strings.SplitSeq(story.Text, "\n\n") {
		page.Paragraphs = append(page.Paragraphs, paragraph)
	}
	return page, err
}

type storyInput struct {
	Body struct {
		Title    string      `json:"title" maxLength:"400"`
		Text     string      `json:"text" maxLength:"40000" doc:"paragraphs are parted by empty lines"`
		PhotoIDs []models.ID `json:"photo_ids,omitempty" maxItems:"30"`
		StoreID  models.ID   `json:"store_id,omitempty" doc:"to write as the persona of a store you work for"`
	}
}

func (s *Service) postStory(ctx context.Context, in *storyInput) (*web.Reply[StoryPage], error) {
	by, b := identity.From(ctx), in.Body
	story, err := s.Write(ctx, by, NewStory{Store: b.StoreID, Title: b.Title, Text: b.Text, Photos: b.PhotoIDs})
	if err != nil {
		return nil, err
	}
	return s.getStory(ctx, &oneStory{story.ID})
}

type oneStory struct {
	Story models.ID `path:"story"`
}

func (s *Service) getStory(ctx context.Context, in *oneStory) (*web.Reply[StoryPage], error) {
	page, err := s.Story(ctx, identity.From(ctx), in.Story)
	return web.OK(page), err
}
