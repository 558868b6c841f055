package ledger

import (
	"bytes"
	"cmp"
	"maps"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
)

// Part is what a party earned or owed in one way, by who stands on the other side: a store, or the alliance's own id for
// its fund; zero where the group counts points.
type Part struct {
	Group Group
	Other models.ID
	Sum
}

// Tallies are sums by party, group and other side.
type Tallies map[models.ID]map[partKey]Sum

// Clone returns tallies that go on by themselves.
func (t Tallies) Clone() Tallies {
	copied := make(Tallies, len(t))
	for party, sums := range t {
		copied[party] = maps.Clone(sums)
	}
	return copied
}

// AddUp adds to tallies by party, in fen and in points by the group, what was posted on the stores' and the alliance's
// accounts within a span; the alliance's own id stands for its fund. Payments are left out: what was paid is owed no more,
// but was not earned. Spans that follow each other may be added one after the other. What the parties earned less what they
// owe comes to zero over all of them.
func (s *Service) AddUp(r *gorm.DB, alliance models.ID, span Span, to Tallies) error {
	if span.Empty() {
		return nil
	}
	if err := to.money(r, alliance, span); err != nil {
		return err
	}
	for _, credited := range []bool{true, false} {
		if err := to.points(r, alliance, span, credited); err != nil {
			return err
		}
	}
	return nil
}

type partKey struct {
	group Group
	other models.ID
}

func (t Tallies) add(party, other models.ID, k kindSum, credited bool) {
	group, sum := k.grouped(credited)
	if t[party] == nil {
		t[party] = map[partKey]Sum{}
	}
	key := partKey{group, other}
	t[party][key] = t[party][key].plus(sum)
}

// flow is what one kind of transfer came to between two owners.
type flow struct {
	From, To models.ID
	Kind     string
	Unit     models.Unit
	Taken    bool
	Sum
}

func (f flow) sum() kindSum { return kindSum{f.Kind, f.Unit, f.Taken, f.Sum} }

// money reads the transfers of fen. Whatever is not a store's account is the alliance's.
func (t Tallies) money(r *gorm.DB, alliance models.ID, span Span) error {
	var flows []flow
	err := span.narrow(r.Table("ledger_transfers AS t"), "t.").
		Joins("JOIN ledger_accounts AS d ON d.id = t.debit_id").Joins("JOIN ledger_accounts AS c ON c.id = t.credit_id").
		Select(partyOf("d")+" AS "+column(r, "from")+", "+partyOf("c")+" AS "+column(r, "to")+
			", t.kind, t.unit, t.reverses_id IS NOT NULL AS taken, COUNT(*) AS count, SUM(t.amount) AS amount").
		Where("t.alliance_id = ? AND t.unit = ? AND t.step IN ('single', 'post') AND t.kind <> ?", alliance, models.UnitFen, models.KindPayment).
		Group("1, 2, 3, 4, 5").Scan(&flows).Error
	for _, f := range flows {
		t.add(f.From, f.To, f.sum(), false)
		t.add(f.To, f.From, f.sum(), true)
	}
	return err
}

func partyOf(account string) string {
	return "CASE " + account + ".owner WHEN 'store' THEN " + account + ".owner_id ELSE " + account + ".alliance_id END"
}

func column(r *gorm.DB, name string) string { return r.Statement.Quote(name) }

// points reads the transfers of points on one side of the stores' accounts. With whom is nobody's business here.
func (t Tallies) points(r *gorm.DB, alliance models.ID, span Span, credited bool) error {
	var flows []flow
	err := span.narrow(r.Table("ledger_transfers AS t"), "t.").
		Joins("JOIN ledger_accounts AS a ON a.id = t."+side(credited)+" AND a.owner = ?", models.OwnerStore).
		Select("a.owner_id AS "+column(r, "from")+", t.kind, t.unit, t.reverses_id IS NOT NULL AS taken, COUNT(*) AS count, SUM(t.amount) AS amount").
		Where("t.alliance_id = ? AND t.unit = ? AND t.step IN ('single', 'post')", alliance, models.UnitPoint).
		Group("1, 2, 3, 4").Scan(&flows).Error
	for _, f := range flows {
		t.add(f.From, models.ID{}, f.sum(), credited)
	}
	return err
}

// Parties lists each party's parts, in the order of Groups.
func (t Tallies) Parties() map[models.ID][]Part {
	parties := make(map[models.ID][]Part, len(t))
	for party, sums := range t {
		parts := make([]Part, 0, len(sums))
		for key, sum := range sums {
			parts = append(parts, Part{key.group, key.other, sum})
		}
		slices.SortFunc(parts, func(x, y Part) int {
			return cmp.Or(cmp.Compare(slices.Index(Groups, x.Group), slices.Index(Groups, y.Group)), bytes.Compare(x.Other[:], y.Other[:]))
		})
		parties[party] = parts
	}
	return parties
}
