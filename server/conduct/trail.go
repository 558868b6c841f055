package conduct

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// TalkTrailLine is one line of the trail: who did what about whom, when and why.
type TalkTrailLine struct {
	ID       models.ID `json:"id"`
	At       time.Time `json:"at"`
	By       string    `json:"by" doc:"empty: a rule, or the clock"`
	ByID     models.ID `json:"by_id,omitzero" doc:"account: ?person= shows what they did and what concerns them"`
	What     string    `json:"what"`
	Author   string    `json:"author" doc:"whom it concerns"`
	AuthorID models.ID `json:"author_id,omitzero" doc:"account"`
	Words    string    `json:"words" doc:"what it is about: a text, a word of the list, the end of a mute"`
	Why      string    `json:"why" doc:"the reason: somebody's, or the rule and what it found"`
	Circle   models.ID `json:"circle_id,omitzero" doc:"where it happened, if not on the street"`
}

// TrailFilter narrows the trail; zero fields do not.
type TrailFilter struct {
	Circle, Person models.ID
	Kind           string // a key of trailKinds
	Cursor         string
	Limit          int
}

// trailKinds are what the trail can be narrowed to.
var trailKinds = map[string][]string{
	"decisions": {"show", "remove", "strike"},
	"appeals":   {"appeal", "appeal_granted", "appeal_refused"},
	"mutes":     {"mute", "unmute", "mute_over"},
	"rules":     {"rules", "rule_on", "rule_off", "term_ad", "term_review", "term_ok", "term_pause", "term_off"},
	"people":    {"moderator", "moderator_off", "circle_invite", "circle_moderator", "circle_moderator_off", "circle_out"},
}

// trailAt is where a page begins: ids go with the time.
type trailAt struct {
	ID models.ID `json:"id"`
}

// trailRow is a line with the names beside it.
type trailRow struct {
	models.ConductLine
	ByName, AuthorName string
}

// Trail reads what was decided, the newest first. Errors: not_moderator, cursor.
func (s *Service) Trail(ctx context.Context, by *identity.Principal, f TrailFilter) (web.Page[TalkTrailLine], error) {
	var after trailAt
	if err := web.DecodeCursor(f.Cursor, &after); err != nil {
		return web.Page[TalkTrailLine]{}, err
	}
	read := s.DB.Read(ctx)
	if err := s.keeps(read, by, feedOf(f.Circle)); err != nil {
		return web.Page[TalkTrailLine]{}, err
	}
	query := read.Table("conduct_lines l").Select("l.*, COALESCE(b.name, '') AS by_name, COALESCE(a.name, '') AS author_name").
		Joins("LEFT JOIN accounts b ON b.id = l.by_id").Joins("LEFT JOIN accounts a ON a.id = l.account_id").Where("l.alliance_id = ?", by.AllianceID)
	if !after.ID.IsZero() {
		query = query.Where("l.id < ?", after.ID)
	}
	var rows []trailRow
	if err := f.narrow(query).Order("l.id DESC").Limit(f.Limit + 1).Scan(&rows).Error; err != nil {
		return web.Page[TalkTrailLine]{}, err
	}
	next := ""
	if len(rows) > f.Limit {
		rows = rows[:f.Limit]
		next = web.EncodeCursor(trailAt{rows[f.Limit-1].ID})
	}
	return web.NewPage(trailLines(rows), next), nil
}

func (f TrailFilter) narrow(query *gorm.DB) *gorm.DB {
	if !f.Circle.IsZero() {
		query = query.Where("l.feed = ?", feedOf(f.Circle))
	}
	if !f.Person.IsZero() {
		query = query.Where("l.by_id = ? OR l.account_id = ?", f.Person, f.Person)
	}
	if kinds, ok := trailKinds[f.Kind]; ok {
		query = query.Where("l.what IN ?", kinds)
	}
	return query
}

func trailLines(rows []trailRow) []TalkTrailLine {
	lines := make([]TalkTrailLine, 0, len(rows))
	for _, r := range rows {
		lines = append(lines, TalkTrailLine{
			ID: r.ID, At: r.At, By: r.ByName, ByID: r.ByID, What: r.What, Author: r.AuthorName, AuthorID: r.AccountID, Words: r.Words, Why: r.Why, Circle: circleOf(r.Feed),
		})
	}
	return lines
}
