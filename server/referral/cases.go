package referral

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/web"
)

// Case is an objection with both sides' words, as a party or the coordinator reads it.
type Case struct {
	ID         models.ID        `json:"id"`
	ReferralID models.ID        `json:"referral_id"`
	Member     string           `json:"member" doc:"the pseudonym"`
	Store      models.StoreRef  `json:"store" doc:"that objects"`
	Origin     models.StoreRef  `json:"origin" doc:"that had the credit when the objection was made"`
	State      string           `json:"state" enum:"open,upheld,rejected,withdrawn"`
	Amount     models.Money     `json:"amount"`
	At         time.Time        `json:"at"`
	Reason     string           `json:"reason"`
	AnswerBy   time.Time        `json:"answer_by"`
	Answer     string           `json:"answer,omitempty"`
	AnsweredAt *time.Time       `json:"answered_at,omitempty"`
	Decision   string           `json:"decision,omitempty" doc:"the coordinator's reason"`
	DecidedFor *models.StoreRef `json:"decided_for,omitempty"`
	DecidedAt  *time.Time       `json:"decided_at,omitempty"`
	Ripe       bool             `json:"ripe" doc:"answered, or the seven days are over: it can be decided"`
	Claims     []Evidence       `json:"claims" nullable:"false" doc:"of the two stores, as judged at joining"`
	Rule       string           `json:"rule"`
}

// Lost is an attribution that a store has a claim to and did not get.
type Lost struct {
	ReferralID models.ID       `json:"referral_id"`
	Member     string          `json:"member" doc:"the pseudonym"`
	Store      models.StoreRef `json:"store" doc:"that has the credit"`
	Amount     models.Money    `json:"amount"`
	JoinedAt   time.Time       `json:"joined_at"`
	Until      time.Time       `json:"until" doc:"an objection must come before this, and before the credit posts"`
	Claims     []Evidence      `json:"claims" nullable:"false"`
	Rule       string          `json:"rule"`
}

// Cases are what a store has to do with objections.
type Cases struct {
	Objected Tally  `json:"objected" doc:"credits of this store that wait since another objects"`
	Against  []Case `json:"against" nullable:"false" doc:"others object to ours; open ones first, then the newest"`
	Ours     []Case `json:"ours" nullable:"false" doc:"we object"`
	Lost     []Lost `json:"lost" nullable:"false" doc:"still open to an objection, and not dismissed"`
}

// casesShown bounds each list of a store's cases.
const casesShown = 60

// Cases tells a store what others object to, what it objects to, and what it may object to. Error: not_found.
func (s *Service) Cases(ctx context.Context, alliance, store models.ID) (Cases, error) {
	if _, err := s.Pool.Store(ctx, alliance, store); err != nil {
		return Cases{}, err
	}
	c := Cases{Objected: tally(ledger.Sum{})}
	for _, part := range []func(context.Context, models.ID, models.ID, *Cases) error{s.objected, s.against, s.ours, s.lost} {
		if err := part(ctx, alliance, store, &c); err != nil {
			return c, err
		}
	}
	return c, nil
}

func (s *Service) objected(ctx context.Context, alliance, store models.ID, c *Cases) error {
	var sum ledger.Sum
	err := s.DB.Read(ctx).Model(&models.Referral{}).Select("COUNT(*) AS count, COALESCE(SUM(amount), 0) AS amount").
		Where("alliance_id = ? AND store_id = ? AND state = ?", alliance, store, models.ReferralObjected).Scan(&sum).Error
	c.Objected = tally(sum)
	return err
}

func (s *Service) against(ctx context.Context, alliance, store models.ID, c *Cases) (err error) {
	c.Against, err = s.casesWhere(ctx, alliance, "origin_id = ?", store)
	return err
}

func (s *Service) ours(ctx context.Context, alliance, store models.ID, c *Cases) (err error) {
	c.Ours, err = s.casesWhere(ctx, alliance, "store_id = ?", store)
	return err
}

// casesWhere reads cases, the open ones first.
func (s *Service) casesWhere(ctx context.Context, alliance models.ID, where string, args ...any) ([]Case, error) {
	var rows []models.Objection
	err := s.DB.Read(ctx).Where("alliance_id = ?", alliance).Where(where, args...).
		Order("CASE state WHEN 'open' THEN 0 ELSE 1 END, at DESC, id DESC").Limit(casesShown).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return []Case{}, err
	}
	ids := make([]models.ID, len(rows))
	for i, o := range rows {
		ids[i] = o.ReferralID
	}
	about, names, err := s.referralsNamed(ctx, alliance, ids)
	if err != nil {
		return nil, err
	}
	cases := make([]Case, len(rows))
	for i, o := range rows {
		cases[i] = caseView(web.Locale(ctx), names, o, about[o.ReferralID])
	}
	return cases, nil
}

// referralsNamed reads referrals by id, with the names that they are told with.
func (s *Service) referralsNamed(ctx context.Context, alliance models.ID, ids []models.ID) (map[models.ID]models.Referral, Reader, error) {
	var rows []models.Referral
	if err := s.DB.Read(ctx).Where("+alliance_id = ? AND id IN ?", alliance, ids).Find(&rows).Error; err != nil {
		return nil, Reader{}, err
	}
	names, err := s.namesOf(ctx, alliance, rows)
	byID := make(map[models.ID]models.Referral, len(rows))
	for _, r := range rows {
		byID[r.ID] = r
	}
	return byID, names, err
}

// namesOf gathers what referrals are told with: the stores, the members, whoever invited them.
func (s *Service) namesOf(ctx context.Context, alliance models.ID, rows []models.Referral) (Reader, error) {
	stores, err := s.Pool.Refs(ctx, alliance)
	if err != nil {
		return Reader{}, err
	}
	var ids []models.ID
	for _, r := range rows {
		ids = append(ids, r.MemberID, r.InviterID)
		for _, c := range r.Evidence.Claims {
			ids = append(ids, c.Inviter)
		}
	}
	ids = slices.DeleteFunc(ids, models.ID.IsZero)
	members, err := s.Pool.Members(ctx, alliance, ids)
	return Reader{Stores: stores, Members: members, Now: s.Clock.Now()}, err
}

func caseView(locale string, names Reader, o models.Objection, r models.Referral) Case {
	c := Case{
		ID: o.ID, ReferralID: r.ID, Member: names.Who(r.MemberID).In(locale), Store: names.Stores[o.StoreID], Origin: names.Stores[o.OriginID],
		State: string(o.State), Amount: models.Fen(r.Amount), At: o.At, Reason: o.Reason, AnswerBy: o.AnswerBy, Answer: o.Answer, AnsweredAt: o.AnsweredAt,
		Decision: o.Decision, DecidedAt: o.DecidedAt, Ripe: o.Ripe(names.Now),
		Claims: story(locale, names, r, o.StoreID, o.OriginID), Rule: r.Evidence.Rule().In(locale),
	}
	if ref, ok := names.Stores[o.DecidedFor]; ok {
		c.DecidedFor = &ref
	}
	return c
}

// story lists the claims of two stores, the earliest first: as it happened.
func story(locale string, names Reader, r models.Referral, one, other models.ID) []Evidence {
	views := evidence(locale, names, r, one, other)
	slices.SortStableFunc(views, func(a, b Evidence) int { return a.At.Compare(b.At) })
	return views
}

// evidence lists the claims of some stores, or of all, the winner first.
func evidence(locale string, names Reader, r models.Referral, only ...models.ID) []Evidence {
	views := []Evidence{}
	for _, c := range r.Evidence.Claims {
		if len(only) > 0 && !slices.Contains(only, c.Store) {
			continue
		}
		v := Evidence{Store: names.Stores[c.Store], Kind: string(c.Kind), At: c.At, Won: c.Won, Why: c.Why.Text().In(locale)}
		if !c.Inviter.IsZero() {
			v.Inviter = names.Who(c.Inviter).In(locale)
		}
		views = append(views, v)
	}
	return views
}

// lost lists what the store has a claim to and another has the credit for, while that can still be objected to.
func (s *Service) lost(ctx context.Context, alliance, store models.ID, c *Cases) error {
	c.Lost = []Lost{}
	rows, err := s.lostBy(ctx, alliance, store)
	if err != nil || len(rows) == 0 {
		return err
	}
	names, err := s.namesOf(ctx, alliance, rows)
	locale := web.Locale(ctx)
	for _, r := range rows {
		c.Lost = append(c.Lost, Lost{
			ReferralID: r.ID, Member: names.Who(r.MemberID).In(locale), Store: names.Stores[r.StoreID], Amount: models.Fen(r.Amount),
			JoinedAt: r.JoinedAt, Until: r.VestsBy, Claims: story(locale, names, r, store, r.StoreID), Rule: r.Evidence.Rule().In(locale),
		})
	}
	return err
}

func (s *Service) lostBy(ctx context.Context, alliance, store models.ID) ([]models.Referral, error) {
	r := func() *gorm.DB { return s.DB.Read(ctx) }
	claimed := r().Model(&models.ReferralClaim{}).Select("referral_id").Where("alliance_id = ? AND store_id = ? AND dismissed_at IS NULL", alliance, store)
	heard := r().Model(&models.Objection{}).Select("referral_id").
		Where("alliance_id = ? AND (store_id = ? OR (origin_id = ? AND state IN ('upheld', 'rejected')))", alliance, store, store)
	var rows []models.Referral
	err := r().Where("alliance_id = ? AND store_id <> ? AND state IN ? AND vests_by > ?", alliance, store,
		[]models.ReferralState{models.ReferralPending, models.ReferralObjected}, s.Clock.Now()).
		Where("id IN (?) AND id NOT IN (?)", claimed, heard).Order("joined_at DESC, id DESC").Limit(casesShown).Find(&rows).Error
	return rows, err
}
