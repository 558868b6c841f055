package conduct

import (
	"context"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/conduct/advert"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
)

// TalkRulesChange is what a coordinator sets.
type TalkRulesChange struct {
	HoldDoubtful bool  `json:"hold_doubtful" doc:"what a rule is not sure of waits for a moderator; a call for help never does"`
	FirstReview  bool  `json:"first_review"`
	SlowMinutes  int   `json:"slow_minutes" minimum:"0" maximum:"1440"`
	Fine         int64 `json:"fine" minimum:"0" maximum:"10000" doc:"points that the first and the second strike take"`
}

// SetRules sets what the street agreed on.
func (s *Service) SetRules(ctx context.Context, by *identity.Principal, in TalkRulesChange) error {
	defer s.forget(by.AllianceID)
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		r := models.ConductRules{AllianceID: by.AllianceID, HoldDoubtful: in.HoldDoubtful, FirstReview: in.FirstReview, SlowMinutes: in.SlowMinutes, Fine: in.Fine, UpdatedBy: by.AccountID, UpdatedAt: s.Clock.Now()}
		if err := tx.Save(&r).Error; err != nil {
			return err
		}
		return s.note(tx, models.ConductLine{AllianceID: by.AllianceID, ByID: by.AccountID, What: "rules"})
	})
}

// term checks a word: 2 to 20 characters that something is left of in its plain form.
func term(word string) (string, error) {
	word = strings.TrimSpace(models.PlainText(word))
	if n := utf8.RuneCountInString(word); n < 2 || n > 20 || utf8.RuneCountInString(advert.Plain(word)) < 2 {
		return "", ErrTerm.At("/word")
	}
	return word, nil
}

// AddTerm puts a word on the street's list. Errors: term, term_taken.
func (s *Service) AddTerm(ctx context.Context, by *identity.Principal, word, does string) (models.ConductTerm, error) {
	word, err := term(word)
	if err != nil {
		return models.ConductTerm{}, err
	}
	defer s.forget(by.AllianceID)
	t := models.ConductTerm{ID: models.NewID(), AllianceID: by.AllianceID, Word: word, Does: does, AddedBy: by.AccountID, CreatedAt: s.Clock.Now()}
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		made := db.OnConflictSkip(tx).Create(&t)
		if made.Error == nil && made.RowsAffected == 0 {
			return ErrTermTaken
		}
		if made.Error != nil {
			return made.Error
		}
		return s.note(tx, models.ConductLine{AllianceID: by.AllianceID, ByID: by.AccountID, What: "term_" + does, Words: word})
	})
	return t, err
}

// DropTerm takes a word off the list. Error: not_found.
func (s *Service) DropTerm(ctx context.Context, by *identity.Principal, id models.ID) error {
	defer s.forget(by.AllianceID)
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		t, err := db.Find[models.ConductTerm](tx, "id = ? AND alliance_id = ?", id, by.AllianceID)
		if err != nil {
			return err
		}
		if err := tx.Delete(&t).Error; err != nil {
			return err
		}
		return s.note(tx, models.ConductLine{AllianceID: by.AllianceID, ByID: by.AccountID, What: "term_off", Words: t.Word})
	})
}

// TermCaught is a post of the last week that a word would stop.
type TermCaught struct {
	Post     models.ID      `json:"post_id"`
	Text     string         `json:"text"`
	Was      advert.Verdict `json:"was" enum:"ad,review,ok" doc:"what the rules say without the word"`
	Verdict  advert.Verdict `json:"verdict" enum:"ad,review,ok"`
	Evidence string         `json:"evidence"`
}

// TermTrial is how a word would do.
type TermTrial struct {
	Posts  int          `json:"posts" doc:"posts of the last seven days that were looked at"`
	Caught []TermCaught `json:"caught" nullable:"false"`
}

// mostTried bounds how many posts a trial looks at, the newest first.
const mostTried = 5000

// TryTerm tells what a word would have done to the last week's posts; nothing is changed. Error: term.
func (s *Service) TryTerm(ctx context.Context, by *identity.Principal, word, does string) (TermTrial, error) {
	out := TermTrial{Caught: []TermCaught{}}
	word, err := term(word)
	if err != nil {
		return out, err
	}
	a, err := s.agreed(ctx, by.AllianceID)
	if err != nil {
		return out, err
	}
	var posts []models.Post
	err = s.DB.Read(ctx).Where("alliance_id = ? AND deleted_at IS NULL AND created_at > ?", by.AllianceID, s.Clock.Now().AddDate(0, 0, -7)).
		Order("seq DESC").Limit(mostTried).Find(&posts).Error
	if err != nil {
		return out, err
	}
	out.Posts = len(posts)
	before := s.judge(a.terms)
	after := s.judge(append(append([]models.ConductTerm{}, a.terms...), models.ConductTerm{Word: word, Does: does}))
	for _, p := range posts {
		text := advert.Text{Words: p.Text, Merchant: p.MemberID.IsZero()}
		was, is := before.Try(text), after.Try(text)
		if is.Rule == advert.OwnWord && (was.Verdict != is.Verdict || was.Rule != advert.OwnWord) {
			out.Caught = append(out.Caught, TermCaught{p.ID, p.Text, was.Verdict, is.Verdict, is.Evidence})
		}
	}
	return out, nil
}
