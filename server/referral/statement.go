package referral

import (
	"context"
	"slices"
	"time"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/web"
)

// Tally is a number of transfers and what they come to.
type Tally struct {
	Count  int64        `json:"count"`
	Amount models.Money `json:"amount"`
}

func tally(s ledger.Sum) Tally { return Tally{s.Count, models.Fen(s.Amount)} }

// GroupTally is what a store earned or owed in one way; of points instead of money for the groups that count points.
type GroupTally struct {
	Kind   ledger.Group  `json:"kind" enum:"referral,referral_pending,commission_in,commission_out,coupon_in,coupon_out,points_issued,points_honoured,points_in,points_out,prize_in,prize_out,correction_in,correction_out,referral_out,other_in,other_out,settled"`
	Count  int64         `json:"count"`
	Amount *models.Money `json:"amount,omitempty" doc:"the group says who pays; under zero when more was taken back than given, or paid than received"`
	Points *int64        `json:"points,omitempty"`
}

// Month is a store's ledger of one local month.
type Month struct {
	Month    string       `json:"month" example:"2026-10"`
	Net      models.Money `json:"net"`
	Earned   models.Money `json:"earned"`
	Owed     models.Money `json:"owed"`
	Pending  Tally        `json:"pending"`
	Groups   []GroupTally `json:"groups" nullable:"false"`
	Balanced bool         `json:"balanced" doc:"the groups come to what moved on the store's account"`
	Came     *int64       `json:"came,omitempty" doc:"members whom the store brought in and who came to an event of the street in the month; told when the month is over, and never of fewer than the street withholds"`
	ClosedAt *time.Time   `json:"closed_at,omitempty" doc:"the month is closed: nothing in it changes any more"`
	ClosesAt *time.Time   `json:"closes_at,omitempty" doc:"when the running month will be closed"`
}

// Statement tells a store's month ("2026-10"; empty is the month it is). Errors: month, not_found.
func (s *Service) Statement(ctx context.Context, alliance, store models.ID, month string) (Month, error) {
	a, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return Month{}, err
	}
	p, err := s.period(ctx, a, month)
	if err != nil {
		return Month{}, err
	}
	m, err := s.Ledger.StoreSpan(ctx, alliance, store, p.Span)
	if err != nil {
		return Month{}, err
	}
	came, err := s.came(ctx, a, store, p.Month)
	return Month{
		Month: p.Month, Came: came, Net: models.Fen(m.Net), Earned: models.Fen(m.Earned), Owed: models.Fen(m.Owed), Pending: tally(m.Pending),
		Groups: groups(m), Balanced: m.Balanced,
		ClosedAt: p.ClosedAt, ClosesAt: p.ClosesAt,
	}, err
}

// groups lists all that a store is used to read, and the others when there is something in them.
func groups(m ledger.Month) []GroupTally {
	var list []GroupTally
	for _, g := range ledger.Groups {
		sum, there := m.Groups[g]
		if !there && !g.Usual() {
			continue
		}
		v := GroupTally{Kind: g, Count: sum.Count}
		if g.Points() {
			v.Points = &sum.Amount
		} else {
			amount := models.Fen(sum.Amount)
			v.Amount = &amount
		}
		list = append(list, v)
	}
	return list
}

// Line is a line of a store's ledger in the reader's language.
type Line struct {
	ID        models.ID        `json:"id"`
	Seq       int64            `json:"seq" doc:"its place in the street's one ledger"`
	At        time.Time        `json:"at"`
	Kind      ledger.Group     `json:"kind" enum:"referral,referral_pending,commission_in,commission_out,coupon_in,coupon_out,points_issued,points_honoured,points_in,points_out,prize_in,prize_out,correction_in,correction_out,referral_out,other_in,other_out,settled"`
	State     ledger.State     `json:"state" enum:"pending,posted,voided,reversed"`
	Amount    *models.Money    `json:"amount,omitempty" doc:"signed: what the store earns is positive"`
	Points    *int64           `json:"points,omitempty" doc:"signed"`
	Who       string           `json:"who" doc:"the member's pseudonym"`
	Other     *models.StoreRef `json:"other,omitempty" doc:"the store on the other side"`
	Text      string           `json:"text"`
	Why       []string         `json:"why" nullable:"false"`
	ExpiresAt *time.Time       `json:"expires_at,omitempty"`
}

const (
	linesDefault = 30
	linesMost    = 100
)

// LinesOf asks for a page of a store's lines; Kind as ledger.LinesOf.
type LinesOf struct {
	Alliance, Store     models.ID
	Month, Kind, Cursor string
	Limit               int
}

// Lines lists a store's lines of a month, newest first, with words. Only the store's own accounts are read.
// Errors: month, ledger_kind, cursor, not_found.
func (s *Service) Lines(ctx context.Context, ask LinesOf) (web.Page[Line], error) {
	a, err := s.Pool.Alliance(ctx, ask.Alliance)
	if err != nil {
		return web.Page[Line]{}, err
	}
	p, err := s.period(ctx, a, ask.Month)
	if err != nil {
		return web.Page[Line]{}, err
	}
	lines, next, err := s.Ledger.StoreLines(ctx, ledger.LinesOf{
		Alliance: ask.Alliance, Store: ask.Store, Span: p.Span, Kind: ask.Kind, Cursor: ask.Cursor, Limit: web.Limit(ask.Limit, linesDefault, linesMost),
	})
	if err != nil {
		return web.Page[Line]{}, err
	}
	views, err := s.lineViews(ctx, a, ask.Store, lines)
	return web.NewPage(views, next), err
}

// pageSaid bounds how many lines are put into words at once.
const pageSaid = 500

// Words puts any number of a store's lines into the reader's words. Error: not_found.
func (s *Service) Words(ctx context.Context, alliance, store models.ID, lines []ledger.Line) ([]Line, error) {
	a, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return nil, err
	}
	views := make([]Line, 0, len(lines))
	for page := range slices.Chunk(lines, pageSaid) {
		some, err := s.lineViews(ctx, a, store, page)
		if err != nil {
			return nil, err
		}
		views = append(views, some...)
	}
	return views, nil
}

func (s *Service) lineViews(ctx context.Context, a models.Alliance, store models.ID, lines []ledger.Line) ([]Line, error) {
	reader, err := s.reader(ctx, a, store, lines)
	if err != nil {
		return nil, err
	}
	said, err := s.explain(ctx, reader, lines)
	if err != nil {
		return nil, err
	}
	views := make([]Line, len(lines))
	for i, l := range lines {
		views[i] = lineView(web.Locale(ctx), reader, l, said[l.ID])
	}
	return views, nil
}

// reader gathers the names that lines are read with: of stores, of members and their inviters.
func (s *Service) reader(ctx context.Context, a models.Alliance, store models.ID, lines []ledger.Line) (Reader, error) {
	stores, err := s.Pool.Refs(ctx, a.ID)
	if err != nil {
		return Reader{}, err
	}
	var ids []models.ID
	for _, l := range lines {
		if !l.MemberID.IsZero() {
			ids = append(ids, l.MemberID)
		}
	}
	members, err := s.membersAndInviters(ctx, a.ID, ids)
	return Reader{Alliance: a, Store: store, Stores: stores, Members: members, Now: a.Local(s.Clock.Now())}, err
}

func (s *Service) membersAndInviters(ctx context.Context, alliance models.ID, ids []models.ID) (map[models.ID]models.Member, error) {
	members, err := s.Pool.Members(ctx, alliance, ids)
	if err != nil {
		return nil, err
	}
	var inviters []models.ID
	for _, m := range members {
		if _, known := members[m.InviterID]; !known && !m.InviterID.IsZero() {
			inviters = append(inviters, m.InviterID)
		}
	}
	more, err := s.Pool.Members(ctx, alliance, inviters)
	for id, m := range more {
		members[id] = m
	}
	return members, err
}

func lineView(locale string, r Reader, l ledger.Line, e Explanation) Line {
	v := Line{
		ID: l.ID, Seq: l.Seq, At: l.At, Kind: l.Group, State: l.State, Text: e.Text.In(locale), Why: make([]string, 0, len(e.Why)),
	}
	for _, why := range e.Why {
		v.Why = append(v.Why, why.In(locale))
	}
	if _, known := r.Members[l.MemberID]; known {
		v.Who = r.Who(l.MemberID).In(locale)
	}
	if ref, known := r.Stores[l.Other.OwnerID]; known && l.Other.Owner == models.OwnerStore {
		v.Other = &ref
	}
	if l.State == ledger.StatePending {
		v.ExpiresAt = l.ExpiresAt
	}
	if l.Unit == models.UnitPoint {
		v.Points = &l.Amount
	} else {
		amount := models.Fen(l.Amount)
		v.Amount = &amount
	}
	return v
}
