package traffic_test

import (
	"encoding/json"
	"math/rand/v2"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
)

// seenOnce is a visit as the test remembers it.
type seenOnce struct {
	store, member models.ID
	at            time.Time
}

type redeemedOnce struct {
	issuer, redeemer, member models.ID
	at                       time.Time
}

// paper is everything that happened, written down beside the database: what the overview is compared with.
type paper struct {
	zone     *time.Location
	visits   []seenOnce
	redeemed []redeemedOnce
	joined   map[models.ID][]time.Time // by origin
}

type figure struct {
	value   int64
	members map[models.ID]bool
}

func (f *figure) add(member models.ID) {
	if f.members == nil {
		f.members = map[models.ID]bool{}
	}
	f.value++
	f.members[member] = true
}

func (p *paper) within(at, now time.Time, days int) bool {
	local := now.In(p.zone)
	from := time.Date(local.Year(), local.Month(), local.Day()-days+1, 0, 0, 0, 0, p.zone)
	return !at.Before(from)
}

// flow follows each member through each day.
func (p *paper) flow(now time.Time) map[[2]models.ID]*figure {
	visits := append([]seenOnce(nil), p.visits...)
	sort.SliceStable(visits, func(i, j int) bool { return visits[i].at.Before(visits[j].at) })
	last, ways := map[models.ID]seenOnce{}, map[[2]models.ID]*figure{}
	for _, v := range visits {
		before, known := last[v.member]
		last[v.member] = v
		sameDay := before.at.In(p.zone).Format(time.DateOnly) == v.at.In(p.zone).Format(time.DateOnly)
		if !known || !sameDay || before.store == v.store || !p.within(v.at, now, 30) {
			continue
		}
		way := [2]models.ID{before.store, v.store}
		if ways[way] == nil {
			ways[way] = &figure{}
		}
		ways[way].add(v.member)
	}
	return ways
}

func (p *paper) crossing(now time.Time) (pairs map[[2]models.ID]*figure, stores map[models.ID]*figure) {
	pairs, stores = map[[2]models.ID]*figure{}, map[models.ID]*figure{}
	for _, r := range p.redeemed {
		if !p.within(r.at, now, 30) {
			continue
		}
		way := [2]models.ID{r.issuer, r.redeemer}
		if pairs[way] == nil {
			pairs[way] = &figure{}
		}
		if stores[r.redeemer] == nil {
			stores[r.redeemer] = &figure{}
		}
		pairs[way].add(r.member)
		stores[r.redeemer].add(r.member)
	}
	return pairs, stores
}

func (p *paper) hours(now time.Time) map[[2]int]*figure {
	cells := map[[2]int]*figure{}
	for _, v := range p.visits {
		local := v.at.In(p.zone)
		cell := [2]int{int(local.Weekday()), local.Hour()}
		if !p.within(v.at, now, 30) {
			continue
		}
		if cells[cell] == nil {
			cells[cell] = &figure{}
		}
		cells[cell].add(v.member)
	}
	return cells
}

// weekdays counts the days of the span; the street has been open for longer.
func (p *paper) weekdays(now time.Time) map[int]int64 {
	count := map[int]int64{}
	for i := range 30 {
		count[int(now.In(p.zone).AddDate(0, 0, -i).Weekday())]++
	}
	return count
}

// fits checks one shown or withheld figure against the paper.
func fits(t *testing.T, what string, shown *int64, why models.Withheld, want *figure, value int64) {
	t.Helper()
	var members int64
	if want != nil {
		members = int64(len(want.members))
	}
	assert.Equal(t, members < 5, why == models.Few, "%s: %d members, %q", what, members, why)
	if why != models.Shown {
		assert.Nil(t, shown, "%s is withheld", what)
		return
	}
	require.NotNil(t, shown, what)
	assert.Equal(t, value, *shown, what)
}

func (f *figure) count() int64 {
	if f == nil {
		return 0
	}
	return f.value
}

// TestTheOverviewIsWhatHappened lives through random histories, with visits, purchases, redemptions, reversals and
// joinings, and compares the overview with the test's own count. Then the rollups are rebuilt from the facts and must be
// the same, row by row.
func TestTheOverviewIsWhatHappened(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		live(t, s, rand.Uint64())
	})
}

// life is a random history that is written down on paper as well.
type life struct {
	street
	*paper
	r        *rand.Rand
	campaign models.Campaign
	members  []models.ID
}

func live(t *testing.T, s street, seed uint64) {
	t.Helper()
	t.Logf("seed %d", seed)
	require.NoError(t, s.Traffic.Rebuild(s.Ctx(), s.id())) // the test's street was peopled without news of it
	p := &paper{zone: s.Street.Alliance.Location(), joined: map[models.ID][]time.Time{}}
	l := &life{street: s, paper: p, r: rand.New(rand.NewPCG(seed, 11)), campaign: s.campaign()}
	l.join(9)
	for range 36 { // a few busy hours a day, by few people, so that both many and few meet in every figure
		for _, pause := range []time.Duration{2 * time.Hour, 7 * time.Hour, 15 * time.Hour} {
			for range l.r.IntN(5) {
				s.Time.Advance(time.Duration(1+l.r.IntN(9)) * time.Minute)
				l.moment(t)
			}
			s.Time.Set(s.Time.Now().Truncate(time.Hour).Add(pause))
		}
	}
	compare(t, s, p)
	before := rollups(t, s)
	require.NoError(t, s.Traffic.Rebuild(s.Ctx(), s.id()))
	after := rollups(t, s)
	for name, rows := range before {
		require.Equal(t, strings.Join(rows, "\n"), strings.Join(after[name], "\n"), "%s computed anew from the facts are the same", name)
	}
	compare(t, s, p)
}

func (l *life) join(n int) {
	slug := []string{"shoes", "noodles", "tea"}[min(l.r.IntN(5), 2)]
	l.members = append(l.members, l.joins(n, slug)...)
	for range n {
		l.joined[l.StoreID(slug)] = append(l.joined[l.StoreID(slug)], l.Time.Now())
	}
}

// moment lets somebody do something.
func (l *life) moment(t *testing.T) {
	t.Helper()
	member, slug := l.members[l.r.IntN(len(l.members))], []string{"shoes", "noodles", "tea", "books"}[min(l.r.IntN(6), 3)]
	switch l.r.IntN(14) {
	case 0:
		if len(l.members) < 14 {
			l.join(1)
		}
	case 1, 2, 3:
		l.redeem(t, []string{"shoes", "noodles", "noodles", "noodles", "tea"}[l.r.IntN(5)], member)
	default:
		l.look(slug, member)
		if l.r.IntN(3) > 0 { // on the way home
			l.Time.Advance(time.Duration(1+l.r.IntN(9)) * time.Minute)
			l.look([]string{"shoes", "noodles", "tea", "books"}[l.r.IntN(4)], member)
		}
	}
}

func (l *life) look(slug string, member models.ID) {
	l.seen(slug, int64(l.r.IntN(2))*1000, member)
	l.visits = append(l.visits, seenOnce{l.StoreID(slug), member, l.Time.Now()})
}

// redeem sometimes is taken back; then it leaves nothing on paper.
func (l *life) redeem(t *testing.T, slug string, member models.ID) {
	t.Helper()
	receipt := l.redeems(l.campaign, slug, member)
	if l.r.IntN(3) == 0 {
		_, err := l.Coupon.Reverse(l.Ctx(), l.staff(slug), receipt.ID, "wrong table")
		require.NoError(t, err)
		return
	}
	l.visits = append(l.visits, seenOnce{l.StoreID(slug), member, l.Time.Now()})
	l.redeemed = append(l.redeemed, redeemedOnce{l.StoreID("shoes"), l.StoreID(slug), member, l.Time.Now()})
}

func compare(t *testing.T, s street, p *paper) {
	t.Helper()
	o, now := s.overview(), s.Time.Now()

	var today int64
	for _, v := range p.visits {
		if p.within(v.at, now, 1) {
			today++
		}
	}
	assert.Equal(t, today, o.Visits.Today)

	ways, withheld := p.flow(now), 0
	shown := map[[2]models.ID]int64{}
	for _, f := range o.Flow {
		shown[[2]models.ID{f.From.ID, f.To.ID}] = f.Members
	}
	for way, f := range ways {
		if len(f.members) < 5 {
			withheld++
			assert.NotContains(t, shown, way)
			continue
		}
		assert.EqualValues(t, len(f.members), shown[way])
	}
	assert.Equal(t, withheld, o.FlowWithheld)
	assert.Len(t, shown, len(ways)-withheld)

	pairs, stores := p.crossing(now)
	require.Len(t, o.Crossing, 2)
	for _, c := range o.Crossing {
		f := pairs[[2]models.ID{c.Issuer.ID, c.Redeemer.ID}]
		fits(t, c.Issuer.Slug+" at "+c.Redeemer.Slug, c.Count, c.Withheld, f, f.count())
	}
	require.Len(t, o.RedemptionsByStore, 3)
	for _, c := range o.RedemptionsByStore {
		fits(t, "redeemed at "+c.Store.Slug, c.Count, c.Withheld, stores[c.Store.ID], stores[c.Store.ID].count())
	}

	cells, days := p.hours(now), p.weekdays(now)
	for _, row := range o.Hours.Rows {
		var total int64
		for _, c := range row.Cells {
			f := cells[[2]int{row.Weekday, c.Hour}]
			average := (2*f.count() + days[row.Weekday]) / (2 * days[row.Weekday])
			total += average
			fits(t, "an hour", c.Value, c.Withheld, f, average)
		}
		if row.Total != nil {
			assert.Equal(t, total, *row.Total)
		}
	}

	for _, c := range o.Origins {
		f := &figure{members: map[models.ID]bool{}}
		for _, at := range p.joined[c.Store.ID] {
			if p.within(at, now, 30) {
				f.add(models.NewID())
			}
		}
		fits(t, "origin "+c.Store.Slug, c.Members, c.Withheld, f, f.value)
	}
}

// rollups are all rows of a street, in an order of their own.
func rollups(t *testing.T, s street) map[string][]string {
	t.Helper()
	s.Drain()
	all := map[string][]string{}
	read := func(name string, rows any) {
		require.NoError(t, s.DB.Read(s.Ctx()).Where("alliance_id = ?", s.id()).Find(rows).Error)
		data, err := json.Marshal(rows)
		require.NoError(t, err)
		var list []json.RawMessage
		require.NoError(t, json.Unmarshal(data, &list))
		for _, row := range list {
			all[name] = append(all[name], string(row))
		}
		sort.Strings(all[name])
		require.NotEmpty(t, all[name], name)
	}
	read("days", &[]models.TrafficDay{})
	read("hours", &[]models.TrafficHour{})
	read("presences", &[]models.TrafficPresence{})
	read("moves", &[]models.TrafficMove{})
	read("crossings", &[]models.TrafficCrossing{})
	return all
}
