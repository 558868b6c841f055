package conduct

import (
	"context"
	"slices"
	"time"

	"onestreet/models"
	"onestreet/server/conduct/advert"
)

// TermView is a word of the list.
type TermView struct {
	ID   models.ID      `json:"id"`
	Word string         `json:"word"`
	Does advert.Verdict `json:"does" enum:"ad,review,ok"`
	Off  bool           `json:"off" doc:"it stands on the list and does nothing"`
}

// RuleView is one of the common rules that a street can switch off.
type RuleView struct {
	Rule string `json:"rule"`
	On   bool   `json:"on"`
}

// Moderator is a member who looks after the talk.
type Moderator struct {
	Member models.PersonRef `json:"member"`
	Since  time.Time        `json:"since"`
}

// TalkRules is what a street agreed on.
type TalkRules struct {
	TalkRulesChange
	Terms      []TermView  `json:"terms" nullable:"false"`
	Common     []RuleView  `json:"common" nullable:"false"`
	Moderators []Moderator `json:"moderators" nullable:"false"`
}

// Rules reads what the street agreed on.
func (s *Service) Rules(ctx context.Context, alliance models.ID) (TalkRules, error) {
	out := TalkRules{Terms: []TermView{}, Common: []RuleView{}, Moderators: []Moderator{}}
	read := s.DB.Read(ctx)
	r, err := s.rules(read, alliance)
	if err != nil {
		return out, err
	}
	out.TalkRulesChange = TalkRulesChange{HoldDoubtful: r.HoldDoubtful, FirstReview: r.FirstReview, SlowMinutes: r.SlowMinutes, Fine: r.Fine}
	for _, rule := range advert.Switchable {
		out.Common = append(out.Common, RuleView{rule, !slices.Contains(r.RulesOff, rule)})
	}
	var terms []models.ConductTerm
	if err := read.Where("alliance_id = ?", alliance).Order("created_at, id").Find(&terms).Error; err != nil {
		return out, err
	}
	for _, t := range terms {
		out.Terms = append(out.Terms, TermView{t.ID, t.Word, advert.Verdict(t.Does), !t.Active})
	}
	out.Moderators, err = s.moderators(ctx, alliance)
	return out, err
}

func (s *Service) moderators(ctx context.Context, alliance models.ID) ([]Moderator, error) {
	list := []Moderator{}
	var rows []models.ConductModerator
	if err := s.DB.Read(ctx).Where("alliance_id = ?", alliance).Order("created_at").Find(&rows).Error; err != nil {
		return list, err
	}
	members := make([]models.ID, len(rows))
	for i, m := range rows {
		members[i] = m.MemberID
	}
	who, err := s.authors(ctx, alliance, members)
	for _, m := range rows {
		list = append(list, Moderator{who.of(m.MemberID, models.ID{}), m.CreatedAt})
	}
	return list, err
}
