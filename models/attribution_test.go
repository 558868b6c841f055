package models

import (
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

var (
	joined                     = time.Date(2026, 10, 17, 10, 15, 0, 0, time.UTC)
	shoes, noodles, tea, books = storeID(1), storeID(2), storeID(3), storeID(4)
	zhao, wu                   = storeID(101), storeID(102) // members who share links
	person                     = storeID(200)
)

func storeID(n uint64) (id ID) {
	binary.BigEndian.PutUint64(id[8:], n)
	return id
}

func ago(d time.Duration) time.Time { return joined.Add(-d) }

const day = 24 * time.Hour

// judgement is a joining and what must come of it; rule is its number in docs/referral-rules.md.
type judgement struct {
	rule    int
	name    string
	joining Joining
	store   ID
	why     map[ID]Reason // by store
}

func counter(store ID, at time.Time) Touch { return Touch{Kind: TouchCounter, Store: store, At: at} }
func shared(store, inviter ID, at time.Time) Touch {
	return Touch{Kind: TouchMember, Store: store, Inviter: inviter, At: at}
}
func poster(store ID, at time.Time) Touch { return Touch{Kind: TouchPoster, Store: store, At: at} }
func book(store ID, at time.Time) Touch   { return Touch{Kind: TouchImport, Store: store, At: at} }

var none = ID{}

var judgements = []judgement{
	{3, "nobody invited: no origin", Joining{}, none, nil},
	{2, "a lone claim wins", Joining{Touches: []Touch{poster(shoes, joined)}}, shoes, map[ID]Reason{shoes: ReasonWon}},
	{33, "who was a member before brings nobody anything",
		Joining{Returning: true, Touches: []Touch{counter(shoes, joined)}}, none, map[ID]Reason{shoes: ReasonReturning}},
	{12, "the last microsecond of day 30 counts",
		Joining{Touches: []Touch{poster(shoes, ago(30*day-time.Microsecond))}}, shoes, map[ID]Reason{shoes: ReasonWon}},
	{12, "the first instant of day 31 does not",
		Joining{Touches: []Touch{poster(shoes, ago(30*day))}}, none, map[ID]Reason{shoes: ReasonExpired}},
	{13, "the alliance may set another window",
		Joining{WindowDays: 7, Touches: []Touch{poster(shoes, ago(7*day)), poster(tea, ago(7*day-time.Second))}}, tea,
		map[ID]Reason{shoes: ReasonExpired, tea: ReasonWon}},
	{8, "a touch at the moment of joining counts, one after it does not",
		Joining{Touches: []Touch{counter(shoes, joined.Add(time.Microsecond)), poster(tea, joined)}}, tea,
		map[ID]Reason{shoes: ReasonFuture, tea: ReasonWon}},
	{14, "a customer book has no window",
		Joining{Touches: []Touch{book(shoes, ago(400*day))}}, shoes, map[ID]Reason{shoes: ReasonWon}},
	{32, "a book imported after the joining is too late",
		Joining{Touches: []Touch{book(shoes, joined.Add(time.Second)), poster(tea, joined)}}, tea,
		map[ID]Reason{shoes: ReasonFuture, tea: ReasonWon}},
	{25, "a suspended store earns nothing, the next claim wins",
		Joining{Closed: map[ID]bool{shoes: true}, Touches: []Touch{counter(shoes, ago(day)), poster(tea, ago(time.Hour))}}, tea,
		map[ID]Reason{shoes: ReasonClosed, tea: ReasonWon}},
	{25, "a suspended store's book neither",
		Joining{Closed: map[ID]bool{shoes: true}, Touches: []Touch{book(shoes, ago(day))}}, none, map[ID]Reason{shoes: ReasonClosed}},
	{20, "a clerk does not count for the own store",
		Joining{StaffOf: map[ID]bool{shoes: true}, Touches: []Touch{counter(shoes, joined)}}, none, map[ID]Reason{shoes: ReasonStaff}},
	{20, "a clerk counts for another store",
		Joining{StaffOf: map[ID]bool{shoes: true}, Touches: []Touch{counter(shoes, ago(day)), poster(tea, joined)}}, tea,
		map[ID]Reason{shoes: ReasonStaff, tea: ReasonWon}},
	{21, "nobody comes in by a link of their own",
		Joining{Account: person, Touches: []Touch{{Kind: TouchStaff, Store: shoes, Owner: person, At: joined}}}, none,
		map[ID]Reason{shoes: ReasonSelf}},
	{22, "the inviter's own device",
		Joining{Device: []DeviceJoin{{Member: zhao}}, Touches: []Touch{shared(shoes, zhao, joined)}}, none,
		map[ID]Reason{shoes: ReasonHousehold}},
	{23, "a second one of the household by the same inviter",
		Joining{Device: []DeviceJoin{{Member: wu, Inviter: zhao}}, Touches: []Touch{shared(shoes, zhao, joined)}}, none,
		map[ID]Reason{shoes: ReasonHousehold}},
	{23, "another inviter may bring the second one",
		Joining{Device: []DeviceJoin{{Member: storeID(103), Inviter: zhao}}, Touches: []Touch{shared(shoes, wu, joined)}}, shoes,
		map[ID]Reason{shoes: ReasonWon}},
	{23, "a household at the counter counts, nobody invited it",
		Joining{Device: []DeviceJoin{{Member: zhao}}, Touches: []Touch{counter(shoes, joined)}}, shoes, map[ID]Reason{shoes: ReasonWon}},
	{15, "the counter beats a link three days earlier",
		Joining{Touches: []Touch{shared(tea, wu, ago(3*day)), counter(shoes, joined)}}, shoes,
		map[ID]Reason{shoes: ReasonWon, tea: ReasonWeaker}},
	{15, "the customer book beats the counter",
		Joining{Touches: []Touch{counter(tea, ago(3*day)), book(shoes, ago(day))}}, shoes,
		map[ID]Reason{shoes: ReasonWon, tea: ReasonWeaker}},
	{16, "of two books the first",
		Joining{Touches: []Touch{book(tea, ago(2*day)), book(shoes, ago(3*day))}}, shoes,
		map[ID]Reason{shoes: ReasonWon, tea: ReasonLater}},
	{16, "of a poster and a link the earlier",
		Joining{Touches: []Touch{shared(shoes, zhao, ago(6*day)), poster(books, ago(9*day))}}, books,
		map[ID]Reason{books: ReasonWon, shoes: ReasonLater}},
	{19, "an expired earlier claim does not stand in the way",
		Joining{Touches: []Touch{poster(books, ago(31*day)), shared(shoes, zhao, ago(day)), shared(tea, wu, ago(2*day))}}, tea,
		map[ID]Reason{books: ReasonExpired, shoes: ReasonLater, tea: ReasonWon}},
	{17, "at the same moment the older link",
		Joining{Touches: []Touch{
			{Kind: TouchPoster, Store: shoes, Link: storeID(12), At: joined}, {Kind: TouchPoster, Store: tea, Link: storeID(11), At: joined}}}, tea,
		map[ID]Reason{shoes: ReasonLater, tea: ReasonWon}},
	{17, "at the same moment without links the older store",
		Joining{Touches: []Touch{counter(noodles, joined), counter(shoes, joined)}}, shoes,
		map[ID]Reason{noodles: ReasonLater, shoes: ReasonWon}},
}

// judged carries out the joinings of a rule.
func judged(t *testing.T, rule int) {
	t.Helper()
	there := false
	for _, test := range judgements {
		if test.rule != rule {
			continue
		}
		there = true
		t.Run(test.name, func(t *testing.T) {
			test.joining.At = joined
			got := Attribute(test.joining)
			assert.Equal(t, test.store, got.Store)
			assert.Len(t, got.Claims, len(test.joining.Touches), "every touch stays on record")
			for _, c := range got.Claims {
				assert.Equal(t, test.why[c.Store], c.Why)
				assert.NotEmpty(t, c.Why.Text().ZH)
				assert.NotEmpty(t, c.Why.Text().EN)
				assert.NotEmpty(t, c.Kind.Text().ZH)
			}
		})
	}
	assert.True(t, there, "no joining is about rule %d", rule)
}

func TestR02_ALoneClaimWins(t *testing.T)                               { judged(t, 2) }
func TestR03_WithoutAClaimThereIsNoOrigin(t *testing.T)                 { judged(t, 3) }
func TestR08_ATouchAfterTheJoiningIsTooLate(t *testing.T)               { judged(t, 8) }
func TestR12_TheLastMomentOfDayThirtyCounts(t *testing.T)               { judged(t, 12) }
func TestR13_TheAllianceMaySetAnotherWindow(t *testing.T)               { judged(t, 13) }
func TestR14_ACustomerBookHasNoWindow(t *testing.T)                     { judged(t, 14) }
func TestR15_TheStrongerKindWins(t *testing.T)                          { judged(t, 15) }
func TestR16_OfTheSameStrengthTheEarliestWins(t *testing.T)             { judged(t, 16) }
func TestR17_AtTheSameMomentTheOlderLinkThenTheOlderStore(t *testing.T) { judged(t, 17) }
func TestR19_AnExpiredClaimDoesNotStandInTheWay(t *testing.T)           { judged(t, 19) }
func TestR20_StaffDoNotCountForTheirOwnStore(t *testing.T)              { judged(t, 20) }
func TestR21_NobodyComesInByALinkOfTheirOwn(t *testing.T)               { judged(t, 21) }
func TestR22_TheInvitersOwnDeviceDoesNotCount(t *testing.T)             { judged(t, 22) }
func TestR23_AnInviterBringsOneOfAHousehold(t *testing.T)               { judged(t, 23) }
func TestR25_ASuspendedStoresClaimsLose(t *testing.T)                   { judged(t, 25) }
func TestR32_ABookImportedLaterClaimsNothing(t *testing.T)              { judged(t, 32) }
func TestR33_WhoWasAMemberBeforeBringsNobodyAnything(t *testing.T)      { judged(t, 33) }

func TestTheRuleIsSaidInTheStreetsWords(t *testing.T) {
	say := func(touches ...Touch) string { return Attribute(Joining{At: joined, Touches: touches}).Rule().ZH }
	link := Touch{Kind: TouchMember, Store: tea, At: ago(3 * day)}
	counter := Touch{Kind: TouchCounter, Store: shoes, At: joined}
	old := Touch{Kind: TouchPoster, Store: books, At: ago(31 * day)}
	assert.Equal(t, "没有别家请过，不用比。", say(counter))
	assert.Equal(t, "别的来路都不算数，不用比。", say(counter, old))
	assert.Equal(t, "柜台扫的码大过转的链接。", say(counter, link))
	assert.Equal(t, "早在店里的顾客本上，大过后来的码和链接。", say(counter, Touch{Kind: TouchImport, Store: books, At: ago(day)}))
	assert.Equal(t, "来路一样硬，就看谁早。", say(link, Touch{Kind: TouchPoster, Store: books, At: ago(day)}))
	assert.Equal(t, "没有算得上的来路，不归哪一家。", say(old))
	assert.Equal(t, "没有算得上的来路，不归哪一家。", say())
}

func anyJoining(t *rapid.T) Joining {
	id := func(label string, n int) ID { return storeID(uint64(rapid.IntRange(0, n).Draw(t, label))) }
	j := Joining{Account: person, At: joined, Returning: rapid.IntRange(0, 9).Draw(t, "returning") == 0}
	j.Closed = map[ID]bool{shoes: rapid.Bool().Draw(t, "closed")}
	j.StaffOf = map[ID]bool{tea: rapid.Bool().Draw(t, "staff")}
	kinds := []TouchKind{TouchImport, TouchCounter, TouchPoster, TouchStaff, TouchMember, TouchEvent, TouchCoupon}
	for range rapid.IntRange(0, 6).Draw(t, "touches") {
		hours := rapid.IntRange(-2, 31*24).Draw(t, "hours")
		touch := Touch{Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Store: storeID(uint64(rapid.IntRange(1, 4).Draw(t, "store"))),
			Link: id("link", 5), At: ago(time.Duration(hours) * time.Hour)}
		if touch.Kind == TouchMember {
			touch.Inviter = storeID(uint64(rapid.IntRange(101, 103).Draw(t, "inviter")))
		}
		if touch.Kind == TouchStaff && rapid.Bool().Draw(t, "own") {
			touch.Owner = person
		}
		j.Touches = append(j.Touches, touch)
	}
	for range rapid.IntRange(0, 2).Draw(t, "device") {
		j.Device = append(j.Device, DeviceJoin{Member: storeID(uint64(rapid.IntRange(101, 104).Draw(t, "neighbour"))), Inviter: zhao})
	}
	return j
}

// TestR18_AttributeIsAFunctionOfTheSetOfTouches: the order in which touches were read changes nothing.
func TestR18_AttributeIsAFunctionOfTheSetOfTouches(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		j := anyJoining(t)
		want := Attribute(j)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		j.Touches = slices.Clone(j.Touches)
		r.Shuffle(len(j.Touches), func(a, b int) { j.Touches[a], j.Touches[b] = j.Touches[b], j.Touches[a] })
		got := Attribute(j)
		assert.Equal(t, want.Store, got.Store)
		assert.Equal(t, want.Kind, got.Kind)
		assert.Equal(t, want.Inviter, got.Inviter)
		assert.ElementsMatch(t, want.Claims, got.Claims)
	})
}

// TestR19_TheWinnerBeatsEveryOtherClaim compares with the rules read the plain way, and takes losers away one by one: that
// must not change who won, so nobody can hurt a rival by losing.
func TestR19_TheWinnerBeatsEveryOtherClaim(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		j := anyJoining(t)
		got := Attribute(j)
		winners := slices.DeleteFunc(slices.Clone(got.Claims), func(c Claim) bool { return !c.Won })
		if got.Store.IsZero() {
			assert.Empty(t, winners)
			for _, c := range got.Claims {
				assert.NotContains(t, []Reason{ReasonWon, ReasonWeaker, ReasonLater}, c.Why)
			}
			return
		}
		assert.Len(t, winners, 1)
		win := winners[0]
		assert.False(t, j.Returning || j.Closed[win.Store] || j.StaffOf[win.Store])
		assert.False(t, win.At.After(j.At))
		assert.True(t, win.Kind == TouchImport || j.At.Sub(win.At) < 30*day)
		for _, c := range got.Claims {
			if c.Why == ReasonLater {
				assert.False(t, c.At.Before(win.At))
			}
		}
		for i, touch := range j.Touches {
			if touch.Store == got.Store && touch.At.Equal(win.At) && touch.Kind == got.Kind {
				continue
			}
			fewer := j
			fewer.Touches = slices.Delete(slices.Clone(j.Touches), i, i+1)
			assert.Equal(t, got.Store, Attribute(fewer).Store)
		}
	})
}
