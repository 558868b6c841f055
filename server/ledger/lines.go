package ledger

import (
	"cmp"
	"context"
	"gorm.io/gorm"
	"math"
	"slices"

	"onestreet/models"
	"onestreet/server/platform/web"
)

// State is what has become of a line.
type State string

// The states of a line.
const (
	StatePending  State = "pending"
	StatePosted   State = "posted"
	StateVoided   State = "voided"
	StateReversed State = "reversed"
)

// Line is a transfer as the owner of one of its accounts reads it: Amount is signed, in fen or points by Unit. Other is
// who stands on the other side.
type Line struct {
	models.Transfer
	Amount int64
	Group  Group
	State  State
	Other  models.AccountKey
}

// LinesOf asks for a store's lines within a span. Kind is a group, or "commission", "coupon", "points", "prize" or
// "correction" for both directions; empty is all of them.
type LinesOf struct {
	Alliance, Store models.ID
	Span
	Kind   string
	Cursor string
	Limit  int
}

// shown keeps one line for each thing that happened: a pending transfer that was posted shows as the row that posted it,
// one that was voided shows as itself, voided.
const shown = "t.step <> 'void' AND NOT (t.step = 'pending' AND EXISTS" +
	" (SELECT 1 FROM ledger_transfers AS s WHERE s.settles_id = t.id AND s.step = 'post'))"

// StoreLines lists a store's lines of money and points, newest first, and the cursor of the next page; it is empty at
// the end. Another store's lines never show: the accounts are the store's own. Errors: ledger_kind, cursor.
func (s *Service) StoreLines(ctx context.Context, ask LinesOf) ([]Line, string, error) {
	q := query{where: shown, span: ask.Span, limit: ask.Limit + 1}
	if err := web.DecodeCursor(ask.Cursor, &q.from); err != nil {
		return nil, "", err
	}
	filter, known := lineFilters[ask.Kind]
	if !known {
		return nil, "", ErrKind
	}
	money, points := models.AccountID(ask.Alliance, models.StoreFen(ask.Store)), models.AccountID(ask.Alliance, models.StorePoints(ask.Store))
	if filter.where != "" {
		q.where += " AND " + filter.where
		q.args = filter.args(money)
	}
	r := s.db.Read(ctx)
	rows, err := q.ofAccounts(r, money, points)
	if err != nil {
		return nil, "", err
	}
	rows, next := cut(rows, ask.Limit)
	lines, err := readLines(r, rows, money, points)
	return lines, next, err
}

// pageRead bounds how many lines are read with what belongs to them at once.
const pageRead = 500

// Posted reads every posted line of a store's accounts in a span, payments too, in the order of their numbers.
func (s *Service) Posted(ctx context.Context, alliance, store models.ID, span Span) ([]Line, error) {
	money, points := models.AccountID(alliance, models.StoreFen(store)), models.AccountID(alliance, models.StorePoints(store))
	r := s.db.Read(ctx)
	rows, err := query{where: "t.step IN ('single', 'post')", span: span, limit: math.MaxInt32}.ofAccounts(r, money, points)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(rows, func(a, b models.Transfer) int { return cmp.Compare(a.Seq, b.Seq) })
	lines := make([]Line, 0, len(rows))
	for page := range slices.Chunk(rows, pageRead) {
		some, err := readLines(r, page, money, points)
		if err != nil {
			return nil, err
		}
		lines = append(lines, some...)
	}
	return lines, nil
}

// lineFilter narrows lines to a group; in is the side that the store's account stands on.
type lineFilter struct {
	where string
	money int // how often the money account's id is an argument
}

func (f lineFilter) args(money models.ID) []any {
	args := make([]any, f.money)
	for i := range args {
		args[i] = money
	}
	return args
}

// A reversal swaps the sides and stays in its group: credited and taken back, or debited and not.
const (
	gains = "((t.credit_id = ? AND t.reverses_id IS NULL) OR (t.debit_id = ? AND t.reverses_id IS NOT NULL))"
	gives = "((t.debit_id = ? AND t.reverses_id IS NULL) OR (t.credit_id = ? AND t.reverses_id IS NOT NULL))"
)

var lineFilters = map[string]lineFilter{
	"":                           {},
	string(GroupReferral):        {"t.kind = 'referral' AND t.step <> 'pending'", 0},
	string(GroupReferralPending): {"t.kind = 'referral' AND t.step = 'pending'", 0},
	"commission":                 {"t.kind = 'commission'", 0},
	string(GroupCommissionIn):    {"t.kind = 'commission' AND " + gains, 2},
	string(GroupCommissionOut):   {"t.kind = 'commission' AND " + gives, 2},
	"coupon":                     {"t.kind = 'coupon_share'", 0},
	string(GroupCouponIn):        {"t.kind = 'coupon_share' AND " + gains, 2},
	string(GroupCouponOut):       {"t.kind = 'coupon_share' AND " + gives, 2},
	"points":                     {"t.unit = 'point'", 0},
	string(GroupPointsIssued):    {"t.kind = 'points_issued'", 0},
	string(GroupPointsHonoured):  {"t.kind = 'points_spent'", 0},
	string(GroupPointsIn):        {"t.kind = 'points_settled' AND " + gains, 2},
	string(GroupPointsOut):       {"t.kind = 'points_settled' AND " + gives, 2},
	"prize":                      {"t.kind = 'prize'", 0},
	string(GroupPrizeIn):         {"t.kind = 'prize' AND " + gains, 2},
	string(GroupPrizeOut):        {"t.kind = 'prize' AND " + gives, 2},
	"correction":                 {"t.kind = 'correction'", 0},
	string(GroupCorrectionIn):    {"t.kind = 'correction' AND " + gains, 2},
	string(GroupCorrectionOut):   {"t.kind = 'correction' AND " + gives, 2},
	string(GroupSettled):         {"t.kind = 'payment'", 0},
}

func readLines(r *gorm.DB, rows []models.Transfer, own ...models.ID) ([]Line, error) {
	after, err := followers(r, rows)
	if err != nil {
		return nil, err
	}
	keys, err := accountKeys(r, rows)
	if err != nil {
		return nil, err
	}
	lines := make([]Line, len(rows))
	for i, t := range rows {
		credited := t.CreditID == own[0] || t.CreditID == own[1]
		lines[i] = Line{Transfer: t, Amount: t.Amount, State: stateOf(t, after[t.ID]), Group: groupOf(t.Kind, t.Unit, credited != t.Reverses()), Other: keys[t.DebitID]}
		if !credited {
			lines[i].Amount, lines[i].Other = -t.Amount, keys[t.CreditID]
		}
		if t.Step == models.StepPending && lines[i].Group == GroupReferral {
			lines[i].Group = GroupReferralPending
		}
	}
	return lines, nil
}

func stateOf(t models.Transfer, after models.Transfer) State {
	switch {
	case t.Step == models.StepPending && after.Step == models.StepVoid:
		return StateVoided
	case t.Step == models.StepPending:
		return StatePending
	case after.Reverses():
		return StateReversed
	}
	return StatePosted
}

// followers finds for each row the one that settles or reverses it.
func followers(r *gorm.DB, rows []models.Transfer) (map[models.ID]models.Transfer, error) {
	after := map[models.ID]models.Transfer{}
	if len(rows) == 0 {
		return after, nil
	}
	ids := make([]models.ID, len(rows))
	for i, t := range rows {
		ids[i] = t.ID
	}
	for _, column := range []string{"settles_id", "reverses_id"} {
		var found []models.Transfer
		if err := r.Where(column+" IN ?", ids).Find(&found).Error; err != nil {
			return nil, err
		}
		for _, t := range found {
			if column == "settles_id" {
				after[t.SettlesID] = t
			} else {
				after[t.ReversesID] = t
			}
		}
	}
	return after, nil
}

func accountKeys(r *gorm.DB, rows []models.Transfer) (map[models.ID]models.AccountKey, error) {
	ids := make([]models.ID, 0, 2*len(rows))
	for _, t := range rows {
		ids = append(ids, t.DebitID, t.CreditID)
	}
	keys := map[models.ID]models.AccountKey{}
	if len(ids) == 0 {
		return keys, nil
	}
	var accounts []models.LedgerAccount
	if err := r.Where("id IN ?", ids).Find(&accounts).Error; err != nil {
		return nil, err
	}
	for _, a := range accounts {
		keys[a.ID] = a.Key()
	}
	return keys, nil
}
