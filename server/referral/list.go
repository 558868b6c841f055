package referral

import (
	"context"
	"strconv"
	"strings"
	"time"
	"unicode"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/web"
)

// Totals is the alliance's ledger of money.
type Totals struct {
	Pending    Tally        `json:"pending"`
	Objections Tally        `json:"objections" doc:"among the pending: another store objects"`
	Posted     Tally        `json:"posted"`
	Commission Tally        `json:"commission"`
	Coupon     Tally        `json:"coupon"`
	Debits     models.Money `json:"debits"`
	Credits    models.Money `json:"credits"`
	Balanced   bool         `json:"balanced"`
}

// Totals adds the alliance's ledger of money up, all but the objections at one moment.
func (s *Service) Totals(ctx context.Context, alliance models.ID) (Totals, error) {
	t, err := s.Ledger.AllianceTotals(ctx, alliance)
	if err != nil {
		return Totals{}, err
	}
	var objected ledger.Sum
	err = s.DB.Read(ctx).Model(&models.Referral{}).Select("COUNT(*) AS count, COALESCE(SUM(amount), 0) AS amount").
		Where("alliance_id = ? AND state = ?", alliance, models.ReferralObjected).Scan(&objected).Error
	return Totals{
		Pending: tally(t.Pending), Objections: tally(objected), Posted: tally(t.Posted), Commission: tally(t.Commission), Coupon: tally(t.Coupon),
		Debits: models.Fen(t.Debits), Credits: models.Fen(t.Credits), Balanced: t.Balanced,
	}, err
}

// Evidence is one claim to a member.
type Evidence struct {
	Store   models.StoreRef `json:"store"`
	Kind    string          `json:"kind" enum:"import,counter,poster,staff,member,event,coupon"`
	Inviter string          `json:"inviter,omitempty" doc:"whose link it was, by pseudonym"`
	At      time.Time       `json:"at"`
	Won     bool            `json:"won"`
	Why     string          `json:"why"`
}

// Row is an attribution as the coordinator sees it: members by pseudonym.
type Row struct {
	ID         models.ID       `json:"id"`
	Member     string          `json:"member"`
	Store      models.StoreRef `json:"store" doc:"that has the credit"`
	Inviter    string          `json:"inviter,omitempty"`
	LinkKind   string          `json:"link_kind"`
	State      string          `json:"state" enum:"pending,objected,posted,voided"`
	SettledWhy string          `json:"settled_why,omitempty" doc:"of a void one: late, or store_left"`
	Amount     models.Money    `json:"amount"`
	JoinedAt   time.Time       `json:"joined_at"`
	VestsBy    time.Time       `json:"vests_by"`
	Evidence   []Evidence      `json:"evidence" nullable:"false"`
	Rule       string          `json:"rule" doc:"by which the winner won at joining"`
	Objections []Case          `json:"objections" nullable:"false" doc:"all that was said and decided, the oldest first"`
	Ripe       bool            `json:"ripe" doc:"every open objection is answered, or its seven days are over: it can be decided"`
	Overdue    bool            `json:"overdue" doc:"it has been ripe for a week, and waits for the coordinator"`
}

// ListOf asks for attributions: of a state, or all; Text is the number of a member or an inviter, or part of a store's
// name.
type ListOf struct {
	Alliance            models.ID
	State, Text, Cursor string
	Limit               int
}

// mark is where a page of attributions begins: after this one.
type mark struct {
	At int64     `json:"t"`
	ID models.ID `json:"i"`
}

// List lists attributions, the newest members first. Errors: referral_state, cursor, not_found.
func (s *Service) List(ctx context.Context, ask ListOf) (web.Page[Row], error) {
	var after mark
	if err := web.DecodeCursor(ask.Cursor, &after); err != nil {
		return web.Page[Row]{}, err
	}
	tx, err := s.narrow(ctx, ask, after)
	if err != nil {
		return web.Page[Row]{}, err
	}
	limit, next := web.Limit(ask.Limit, linesDefault, linesMost), ""
	var rows []models.Referral
	if err := tx.Order("joined_at DESC, id DESC").Limit(limit + 1).Find(&rows).Error; err != nil {
		return web.Page[Row]{}, err
	}
	if len(rows) > limit {
		rows = rows[:limit]
		next = web.EncodeCursor(mark{rows[limit-1].JoinedAt.UnixMicro(), rows[limit-1].ID})
	}
	views, err := s.rowViews(ctx, ask.Alliance, rows)
	return web.NewPage(views, next), err
}

func (s *Service) narrow(ctx context.Context, ask ListOf, after mark) (*gorm.DB, error) {
	tx := s.DB.Read(ctx).Where("alliance_id = ?", ask.Alliance)
	switch models.ReferralState(ask.State) {
	case "":
	case models.ReferralPending, models.ReferralObjected, models.ReferralPosted, models.ReferralVoided:
		tx = tx.Where("state = ?", ask.State)
	default:
		return nil, ErrState
	}
	if !after.ID.IsZero() {
		at := time.UnixMicro(after.At).UTC()
		tx = tx.Where("(joined_at < ? OR (joined_at = ? AND id < ?))", at, at, after.ID)
	}
	return s.search(ctx, tx, ask)
}

// search narrows to a number ("0386", "会员 386") of the member or the inviter, or to the stores whose name or sign holds
// the text.
func (s *Service) search(ctx context.Context, tx *gorm.DB, ask ListOf) (*gorm.DB, error) {
	wanted := strings.TrimSpace(ask.Text)
	if wanted == "" {
		return tx, nil
	}
	digits := strings.TrimLeftFunc(wanted, func(r rune) bool { return !unicode.IsDigit(r) })
	if number, err := strconv.ParseInt(digits, 10, 64); err == nil {
		who := func() *gorm.DB { return members(s.DB.Read(ctx), ask.Alliance, number) }
		return tx.Where("(member_id IN (?) OR inviter_id IN (?))", who(), who()), nil
	}
	stores, err := s.Pool.Refs(ctx, ask.Alliance)
	named := []models.ID{}
	for id, ref := range stores {
		if strings.Contains(strings.ToLower(ref.Name+" "+ref.ShortName+" "+ref.Slug), strings.ToLower(wanted)) {
			named = append(named, id)
		}
	}
	if len(named) == 0 {
		return tx.Where("1 = 0"), err
	}
	return tx.Where("store_id IN ?", named), err
}

func (s *Service) rowViews(ctx context.Context, alliance models.ID, rows []models.Referral) ([]Row, error) {
	views := make([]Row, len(rows))
	names, err := s.namesOf(ctx, alliance, rows)
	if err != nil || len(rows) == 0 {
		return views, err
	}
	said, err := s.objectionsTo(ctx, rows)
	for i, r := range rows {
		views[i] = rowView(web.Locale(ctx), names, r, said[r.ID])
	}
	return views, err
}

// objectionsTo reads what was said about referrals, the oldest first.
func (s *Service) objectionsTo(ctx context.Context, rows []models.Referral) (map[models.ID][]models.Objection, error) {
	ids := make([]models.ID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	var all []models.Objection
	err := s.DB.Read(ctx).Where("referral_id IN ?", ids).Order("at, id").Find(&all).Error
	byReferral := map[models.ID][]models.Objection{}
	for _, o := range all {
		byReferral[o.ReferralID] = append(byReferral[o.ReferralID], o)
	}
	return byReferral, err
}

func rowView(locale string, names Reader, r models.Referral, said []models.Objection) Row {
	v := Row{
		ID: r.ID, Member: names.Who(r.MemberID).In(locale), Store: names.Stores[r.StoreID], LinkKind: string(r.LinkKind), State: string(r.State),
		SettledWhy: string(r.SettledWhy), Amount: models.Fen(r.Amount), JoinedAt: r.JoinedAt, VestsBy: r.VestsBy,
		Evidence: evidence(locale, names, r), Rule: r.Evidence.Rule().In(locale), Objections: []Case{},
		Ripe: r.State == models.ReferralObjected, Overdue: r.State == models.ReferralObjected,
	}
	if !r.InviterID.IsZero() {
		v.Inviter = names.Who(r.InviterID).In(locale)
	}
	for _, o := range said {
		v.Objections = append(v.Objections, caseView(locale, names, o, r))
		if o.State == models.ObjectionOpen {
			v.Ripe, v.Overdue = v.Ripe && o.Ripe(names.Now), v.Overdue && o.Overdue(names.Now)
		}
	}
	return v
}
