package conduct

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/conduct/advert"
	"onestreet/server/platform/db"
)

// Words are what somebody wants to say.
type Words struct {
	Alliance, Account, Member, Store models.ID
	Kind                             string // "post" or "comment"
	Feed                             string
	Post                             models.ID // a comment's post
	Text                             string
	Codes                            []string // what the QR codes in the pictures beside it say
}

// Weighed is what the rules say of words that are not shown yet.
type Weighed struct {
	Words
	Finding advert.Finding
	Why     string // "rule" or "first"; empty: nothing to look at
	Held    bool   // it is not shown until somebody looked
	slow    int
}

// Stops tells whether the words are not shown now.
func (w Weighed) Stops() bool { return w.Held || w.Finding.Verdict == advert.Ad }

// Notes tells whether Said has something to write.
func (w Weighed) Notes() bool { return w.slow > 0 || w.Why != "" }

// Weigh judges words before they are shown. Errors: muted.
func (s *Service) Weigh(ctx context.Context, in Words) (Weighed, error) {
	w := Weighed{Words: in}
	a, err := s.agreed(ctx, in.Alliance)
	if err != nil || in.Account.IsZero() {
		return w, err
	}
	standing, _, err := s.heard.Get(ctx, author{in.Alliance, in.Account}) // none: the zero one
	if err != nil {
		return w, err
	}
	if until := standing.MutedUntil; until != nil && until.After(s.Clock.Now()) {
		return w, s.muted(ctx, in.Alliance, *until)
	}
	w.Finding = a.judge.Try(advert.Text{Words: in.Text, Merchant: in.Member.IsZero(), Codes: in.Codes})
	neighbour := in.Store.IsZero() && !in.Member.IsZero()
	if neighbour && in.Kind == "post" {
		w.slow = a.rules.SlowMinutes
	}
	switch {
	case w.Finding.Verdict == advert.Ad:
		w.Why = "rule"
	case w.Finding.Verdict == advert.Review:
		w.Why, w.Held = "rule", a.rules.HoldDoubtful && !advert.Urgent(in.Text)
	case neighbour && a.rules.FirstReview && !standing.Passed:
		if w.Held, err = s.newcomer(ctx, in); w.Held {
			w.Why = "first"
		}
	}
	return w, err
}

// newcomer tells whether the author has nothing on the street yet: who spoke before first posts were looked at is an old
// neighbour.
func (s *Service) newcomer(ctx context.Context, in Words) (bool, error) {
	var said []models.ID
	err := s.DB.Read(ctx).Model(&models.Post{}).Where("alliance_id = ? AND member_id = ? AND deleted_at IS NULL", in.Alliance, in.Member).
		Limit(1).Pluck("id", &said).Error
	return err == nil && len(said) == 0, err
}

// Refusal is why words that stop are not published, for those who only ask: nothing is kept, and nothing is held against them.
func (w Weighed) Refusal() error {
	if w.Finding.Verdict == advert.Ad {
		return ErrAdDraft
	}
	return ErrDoubtDraft
}

// judge judges as a street agreed: by the rules that are not off, and by those of its words that are on.
func (s *Service) judge(off []string, terms []models.ConductTerm) advert.Judge {
	j := advert.Judge{Hosts: []string{s.Host}, Off: off}
	for _, t := range terms {
		if t.Active {
			j.Terms = append(j.Terms, advert.NewTerm(t.Word, advert.Verdict(t.Does)))
		}
	}
	return j
}

func (s *Service) muted(ctx context.Context, alliance models.ID, until time.Time) error {
	street, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return err
	}
	return ErrMuted.Fill(models.SaidMoment(street.Local(until)))
}

// author is who speaks on a street.
type author struct{ alliance, account models.ID }

// standingsAtOnce bounds of how many who speak at the same moment one query reads how they stand.
const standingsAtOnce = 64

func (s *Service) standings(ctx context.Context, of []author) (map[author]models.ConductStanding, error) {
	streets := map[models.ID][]models.ID{}
	for _, a := range of {
		streets[a.alliance] = append(streets[a.alliance], a.account)
	}
	found := map[author]models.ConductStanding{}
	for alliance, accounts := range streets {
		var rows []models.ConductStanding
		if err := s.DB.Read(ctx).Where("alliance_id = ? AND account_id IN ?", alliance, accounts).Find(&rows).Error; err != nil {
			return nil, err
		}
		for _, row := range rows {
			found[author{alliance, row.AccountID}] = row
		}
	}
	return found, nil
}

func (s *Service) standing(tx *gorm.DB, alliance, account models.ID) (models.ConductStanding, error) {
	st, err := db.Find[models.ConductStanding](tx, "alliance_id = ? AND account_id = ?", alliance, account)
	if errors.Is(err, models.ErrNotFound) {
		return models.ConductStanding{AllianceID: alliance, AccountID: account}, nil
	}
	return st, err
}

// Said notes words that are being shown, in the transaction that shows them: what is doubtful goes to the queue, and in
// slow mode the next ones have to wait. Error: slow_mode.
func (s *Service) Said(tx *gorm.DB, w Weighed, subject models.ID) error {
	if w.slow > 0 {
		if err := s.pace(tx, w); err != nil {
			return err
		}
	}
	if w.Why == "" {
		return nil
	}
	_, err := s.open(tx, w, subject, models.CaseShown, nil)
	return err
}

// pace takes the author's turn: of two posts at once one is refused.
func (s *Service) pace(tx *gorm.DB, w Weighed) error {
	now := s.Clock.Now()
	if err := db.OnConflictSkip(tx).Create(&models.ConductStanding{AllianceID: w.Alliance, AccountID: w.Account}).Error; err != nil {
		return err
	}
	took := tx.Model(&models.ConductStanding{}).Where("alliance_id = ? AND account_id = ?", w.Alliance, w.Account).
		Where("last_post_at IS NULL OR last_post_at <= ?", now.Add(-time.Duration(w.slow)*time.Minute)).Update("last_post_at", now)
	if took.Error == nil && took.RowsAffected == 0 {
		return ErrSlow.With(w.slow)
	}
	return took.Error
}

// Hold keeps words that are not shown, in the caller's transaction; an advert is a strike. Draft is what the feed needs to
// show them after all; subject is the id that they will have. It returns what the author is told: advert or post_held.
func (s *Service) Hold(tx *gorm.DB, w Weighed, subject models.ID, draft any) (told error, err error) {
	state := models.CaseHeld
	if w.Finding.Verdict == advert.Ad {
		state = models.CaseStruck
	}
	c, err := s.open(tx, w, subject, state, draft)
	if err != nil {
		return nil, err
	}
	if state == models.CaseHeld {
		return ErrHeld, nil
	}
	return ErrAdvert, s.strike(tx, c, models.ID{})
}

func (s *Service) open(tx *gorm.DB, w Weighed, subject models.ID, state models.CaseState, draft any) (models.ConductCase, error) {
	kept, err := json.Marshal(draft)
	if err != nil {
		return models.ConductCase{}, err
	}
	if w.Feed == "" { // a comment stands where its post does
		p, err := db.Find[models.Post](tx, "id = ? AND alliance_id = ?", w.Post, w.Alliance)
		if err != nil {
			return models.ConductCase{}, err
		}
		w.Feed = p.Feed
	}
	c := models.ConductCase{
		ID: models.NewID(), AllianceID: w.Alliance, SubjectID: subject, Kind: w.Kind, PostID: w.Post, AccountID: w.Account, MemberID: w.Member,
		StoreID: w.Store, Feed: w.Feed, Text: w.Text, Draft: string(kept), Why: w.Why, Rule: w.Finding.Rule, Evidence: w.Finding.Evidence,
		State: state, CreatedAt: s.Clock.Now(),
	}
	if state == models.CaseStruck {
		c.DecidedAt = &c.CreatedAt
	}
	if state == models.CaseShown {
		s.doubt(tx, c)
	}
	return c, db.OnConflictSkip(tx).Create(&c).Error
}
