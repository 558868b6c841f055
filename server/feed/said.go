package feed

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"onestreet/models"
)

// Said is what somebody writes: the words, and the members and stores that it calls by name.
type Said struct {
	Text     string
	Mentions []models.ID
}

// plain cleans the words and bounds them. Errors: text_too_long, too_many_mentions.
func (d Said) plain(longest int) (Said, error) {
	d.Text = models.PlainText(d.Text)
	switch {
	case utf8.RuneCountInString(d.Text) > longest:
		return d, ErrTooLong.With(longest).At("/text")
	case len(d.Mentions) > models.MostMentions:
		return d, ErrManyMentions.With(models.MostMentions).At("/mentions")
	}
	return d, nil
}

// worded also wants something to be said. Error, besides those of plain: text_empty.
func (d Said) worded(longest int) (Said, error) {
	d, err := d.plain(longest)
	if err == nil && d.Text == "" {
		err = ErrEmpty.At("/text")
	}
	return d, err
}

// place is where something is said: under a post, as the post itself or as one of its comments.
type place struct {
	alliance, post, about models.ID
}

// mention notes whom a text calls and returns those whom it did not call before. A name that does not stand in the text is
// passed over: the writer has taken it out again. Error: mention_unknown.
func (s *Service) mention(tx *gorm.DB, at place, said Said) ([]models.TalkMention, error) {
	var before []models.TalkMention
	if err := tx.Where("about_id = ?", at.about).Find(&before).Error; err != nil || len(before)+len(said.Mentions) == 0 {
		return nil, err
	}
	called, err := s.called(tx, at, said)
	if err != nil {
		return nil, err
	}
	if len(before) > 0 {
		if err := tx.Where("about_id = ?", at.about).Delete(&models.TalkMention{}).Error; err != nil {
			return nil, err
		}
	}
	if len(called) == 0 {
		return nil, nil
	}
	known := map[models.ID]bool{}
	for _, m := range before {
		known[m.WhoID] = true
	}
	var fresh []models.TalkMention
	for _, m := range called {
		if !known[m.WhoID] {
			fresh = append(fresh, m)
		}
	}
	return fresh, tx.Create(&called).Error
}

// called looks up whom a text calls: members who are here, and stores.
func (s *Service) called(tx *gorm.DB, at place, said Said) ([]models.TalkMention, error) {
	ctx := tx.Statement.Context
	members, err := s.Pool.Members(ctx, at.alliance, said.Mentions)
	if err != nil {
		return nil, err
	}
	stores, err := s.Pool.Refs(ctx, at.alliance)
	if err != nil {
		return nil, err
	}
	var called []models.TalkMention
	seen := map[models.ID]bool{}
	for _, id := range said.Mentions {
		m := models.TalkMention{AboutID: at.about, WhoID: id, AllianceID: at.alliance, PostID: at.post}
		if store, ok := stores[id]; ok {
			m.Kind, m.Name = models.MentionStore, store.Name
		} else if member, ok := members[id]; ok && !member.Left() {
			m.Kind, m.Name = models.MentionMember, member.Ref().Name
		} else {
			return nil, ErrMention.At("/mentions")
		}
		if !seen[id] && strings.Contains(said.Text, "@"+m.Name) {
			called = append(called, m)
		}
		seen[id] = true
	}
	return called, nil
}

// call tells those who are called, and whom a comment answers, by an event; nobody is told of what they say themselves.
func (s *Service) call(tx *gorm.DB, by Author, at place, fresh []models.TalkMention, answered models.ID) error {
	e := models.TalkCalled{PostID: at.post, AboutID: at.about, StoreID: by.Store, At: s.Clock.Now()}
	if answered != by.Member {
		e.Answered = answered
	}
	for _, m := range fresh {
		switch {
		case m.Kind == models.MentionStore && m.WhoID != by.Store:
			e.Stores = append(e.Stores, m.WhoID)
		case m.Kind == models.MentionMember && m.WhoID != by.Member && m.WhoID != e.Answered:
			e.Members = append(e.Members, m.WhoID)
		}
	}
	if len(e.Stores)+len(e.Members) == 0 && e.Answered.IsZero() {
		return nil
	}
	return s.Outbox.Add(tx, at.alliance, models.EventTalkCalled, e)
}

// MentionView is a name in a text ("@Name") that leads somewhere.
type MentionView struct {
	ID   models.ID          `json:"id"`
	Kind models.MentionKind `json:"kind" enum:"member,store"`
	Name string             `json:"name"`
}

// mentionsOf reads whom posts or comments call.
func mentionsOf(tx *gorm.DB, about []models.ID) (map[models.ID][]MentionView, error) {
	if len(about) == 0 {
		return map[models.ID][]MentionView{}, nil
	}
	var rows []models.TalkMention
	err := tx.Where("about_id IN ?", about).Find(&rows).Error
	return mentionViews(rows), err
}

// mentionViews shows mentions by what they are in, those of one text in the order of the ids of whom it calls.
func mentionViews(rows []models.TalkMention) map[models.ID][]MentionView {
	rows = slices.SortedFunc(slices.Values(rows), func(a, b models.TalkMention) int { return bytes.Compare(a.WhoID[:], b.WhoID[:]) })
	called := map[models.ID][]MentionView{}
	for _, m := range rows {
		called[m.AboutID] = append(called[m.AboutID], MentionView{ID: m.WhoID, Kind: m.Kind, Name: m.Name})
	}
	return called
}
