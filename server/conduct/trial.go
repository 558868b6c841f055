package conduct

import (
	"context"
	"slices"
	"time"

	"onestreet/models"
	"onestreet/server/conduct/advert"
	"onestreet/server/identity"
)

// TermCaught is something of the last week that a change would judge otherwise.
type TermCaught struct {
	Post     models.ID      `json:"post_id"`
	At       time.Time      `json:"at"`
	Shown    bool           `json:"shown" doc:"it was shown; else a rule stopped it"`
	Text     string         `json:"text"`
	Was      advert.Verdict `json:"was" enum:"ad,review,ok" doc:"what the rules say without the change"`
	Verdict  advert.Verdict `json:"verdict" enum:"ad,review,ok"`
	Evidence string         `json:"evidence" doc:"the piece of the text that decides, as it was written"`
}

// TermTrial is how a change would do.
type TermTrial struct {
	Posts  int          `json:"posts" doc:"posts of the last seven days that were looked at, those that a rule stopped too"`
	Caught []TermCaught `json:"caught" nullable:"false"`
}

// mostTried bounds how many posts a trial looks at, the newest first.
const mostTried = 5000

// TryTerm tells what a word would have done to the last week's posts; nothing is changed. Error: term.
func (s *Service) TryTerm(ctx context.Context, by *identity.Principal, word, does string) (TermTrial, error) {
	word, err := term(word)
	if err != nil {
		return TermTrial{}, err
	}
	a, err := s.agreed(ctx, by.AllianceID)
	if err != nil {
		return TermTrial{}, err
	}
	added := slices.DeleteFunc(slices.Clone(a.terms), func(t models.ConductTerm) bool { return t.Word == word })
	added = append(added, models.ConductTerm{Word: word, Does: does, Active: true})
	return s.try(ctx, by.AllianceID, a.judge, s.judge(a.rules.RulesOff, added))
}

// TryRule tells what would be otherwise with one of the common rules on or off. Error: rule_stays.
func (s *Service) TryRule(ctx context.Context, by *identity.Principal, rule string, on bool) (TermTrial, error) {
	if !slices.Contains(advert.Switchable, rule) {
		return TermTrial{}, ErrRuleStays
	}
	a, err := s.agreed(ctx, by.AllianceID)
	if err != nil {
		return TermTrial{}, err
	}
	return s.try(ctx, by.AllianceID, a.judge, s.judge(switched(a.rules.RulesOff, rule, on), a.terms))
}

// try compares two judges on the last week.
func (s *Service) try(ctx context.Context, alliance models.ID, before, after advert.Judge) (TermTrial, error) {
	out := TermTrial{Caught: []TermCaught{}}
	week, err := s.week(ctx, alliance)
	if err != nil {
		return out, err
	}
	out.Posts = len(week)
	for _, p := range week {
		text := advert.Text{Words: p.Text, Merchant: p.merchant}
		was, is := before.Try(text), after.Try(text)
		if was.Verdict == is.Verdict && was.Rule == is.Rule {
			continue
		}
		p.Was, p.Verdict, p.Evidence = was.Verdict, is.Verdict, is.Evidence
		if p.Evidence == "" {
			p.Evidence = was.Evidence
		}
		out.Caught = append(out.Caught, p.TermCaught)
	}
	return out, nil
}

// tried is something said in the last week.
type tried struct {
	TermCaught
	merchant bool
}

// week reads what was posted in the last seven days, and what a rule stopped.
func (s *Service) week(ctx context.Context, alliance models.ID) ([]tried, error) {
	var posts []models.Post
	var cases []models.ConductCase
	since, read := s.Clock.Now().AddDate(0, 0, -7), s.DB.Read(ctx)
	err := read.Where("alliance_id = ? AND deleted_at IS NULL AND created_at > ?", alliance, since).Order("created_at DESC, id").Limit(mostTried).Find(&posts).Error
	if err != nil {
		return nil, err
	}
	err = read.Where("alliance_id = ? AND kind = 'post' AND draft <> 'null' AND state <> ? AND created_at > ?", alliance, models.CasePassed, since).
		Order("created_at DESC, id").Limit(mostTried).Find(&cases).Error
	week := make([]tried, 0, len(posts)+len(cases))
	for _, c := range cases {
		week = append(week, tried{TermCaught{Post: c.SubjectID, At: c.CreatedAt, Text: c.Text}, c.MemberID.IsZero()})
	}
	for _, p := range posts {
		week = append(week, tried{TermCaught{Post: p.ID, At: p.CreatedAt, Shown: true, Text: p.Text}, p.MemberID.IsZero()})
	}
	return week, err
}
