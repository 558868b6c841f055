package referral_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"onestreet/models"
	"onestreet/server/testkit"
)

// paper is the street's referrals as a careful clerk would keep them: lists, and the rules read aloud.
type paper struct {
	members []*paperMember
	visits  []*paperVisit
	month   map[string]int64 // by member and month
}

type paperMember struct {
	row     models.Member
	origin  string
	inviter *paperMember
	joined  time.Time
	state   models.ReferralState
	by      *paperVisit // what posted the credit
}

type paperVisit struct {
	row     models.Visit
	member  *paperMember
	store   string
	month   string
	owed    int64
	undone  bool
	counted bool // at a time at which it could post the credit
}

func (p *paper) buy(v *paperVisit, limit int64) {
	m := v.member
	v.counted = v.row.At.Before(m.joined.Add(60 * day))
	if m.state == models.ReferralPending && v.counted {
		m.state, m.by = models.ReferralPosted, v
	}
	if v.store != m.origin {
		key := m.row.ID.String() + v.month
		v.owed = min((v.row.Amount*2+50)/100, limit-p.month[key])
		p.month[key] += v.owed
	}
	p.visits = append(p.visits, v)
}

func (p *paper) undo(v *paperVisit) {
	if v.undone {
		return
	}
	v.undone = true
	p.month[v.member.row.ID.String()+v.month] -= v.owed
	if v.member.by != v {
		return
	}
	v.member.state, v.member.by = models.ReferralPending, nil
	for _, other := range p.visits {
		if other.member == v.member && !other.undone && other.counted {
			v.member.state, v.member.by = models.ReferralPosted, other
			return
		}
	}
}

func (p *paper) vest(now time.Time) {
	for _, m := range p.members {
		if m.state == models.ReferralPending && !now.Add(-time.Minute).Before(m.joined.Add(60*day)) {
			m.state = models.ReferralVoided
		}
	}
}

// store is what a store's account comes to.
func (p *paper) store(slug string) (net, pending int64) {
	for _, m := range p.members {
		switch {
		case m.origin == slug && m.state == models.ReferralPosted:
			net += 200
		case m.origin == slug && m.state == models.ReferralPending:
			pending += 200
		}
	}
	for _, v := range p.visits {
		if v.undone || v.owed == 0 {
			continue
		}
		if v.member.origin == slug {
			net += v.owed
		}
		if v.store == slug {
			net -= v.owed
		}
	}
	return net, pending
}

func (p *paper) points(m *paperMember) (points int64) {
	for _, invited := range p.members {
		if invited.inviter == m && invited.state == models.ReferralPosted {
			points += 200
		}
	}
	return points
}

var slugs = []string{"shoes", "noodles", "tea", "books"}

// clerk drives the service and the paper alike.
type clerk struct {
	street
	paper
	before map[string]models.Balance
}

func (c *clerk) join(t *rapid.T) {
	m := &paperMember{origin: rapid.SampledFrom(slugs).Draw(t, "origin"), joined: c.Time.Now(), state: models.ReferralPending}
	var inviter models.ID
	if len(c.members) > 0 && rapid.Bool().Draw(t, "invited") {
		m.inviter = rapid.SampledFrom(c.members).Draw(t, "inviter")
		inviter = m.inviter.row.ID
	}
	m.row = c.newcomer(m.origin, inviter)
	c.members = append(c.members, m)
}

func (c *clerk) shop(t *rapid.T) {
	if len(c.members) == 0 {
		return
	}
	v := &paperVisit{member: rapid.SampledFrom(c.members).Draw(t, "member"), store: rapid.SampledFrom(slugs).Draw(t, "store")}
	v.month = c.Street.Alliance.Local(c.Time.Now()).Format("2006-01")
	v.row, _ = c.street.buy(v.member.row, v.store, rapid.Int64Range(1, 60_000).Draw(t, "paid"))
	c.paper.buy(v, 2000)
}

func (c *clerk) takeBack(t *rapid.T) {
	if len(c.visits) == 0 {
		return
	}
	v := rapid.SampledFrom(c.visits).Draw(t, "visit")
	c.street.undo(v.row)
	c.paper.undo(v)
}

func (c *clerk) wait(t *rapid.T) {
	c.Time.Advance(time.Duration(rapid.IntRange(1, 40*24).Draw(t, "hours")) * time.Hour)
}

func (c *clerk) night(*rapid.T) {
	c.street.vest()
	c.paper.vest(c.Time.Now())
}

func (c *clerk) same(t *rapid.T) {
	for _, slug := range slugs {
		net, pending := c.store(slug)
		now := c.fen(slug)
		require.Equal(t, net, now.Net()-c.before[slug].Net(), slug)
		require.Equal(t, pending, now.PendingCredits-c.before[slug].PendingCredits, slug)
	}
	for i, m := range c.members {
		r := c.of(m.row)
		require.Equal(t, m.state, r.State, "member %d", i)
		if m.by != nil {
			require.Equal(t, m.by.row.ID, r.VisitID)
		}
		require.Equal(t, c.points(m), c.balance(models.MemberPoints(m.row.ID)).Net(), "member %d", i)
	}
}

func (c *clerk) store(slug string) (net, pending int64) { return c.paper.store(slug) }

// TestTheReferralsAgreeWithThoseKeptOnPaper carries out random joinings, purchases, reversals and nights on both.
func TestTheReferralsAgreeWithThoseKeptOnPaper(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		rapid.Check(t, func(rt *rapid.T) {
			c := &clerk{street: s, paper: paper{month: map[string]int64{}}, before: map[string]models.Balance{}}
			s.vest() // what earlier runs left to void
			for _, slug := range slugs {
				c.before[slug] = s.fen(slug)
			}
			c.join(rt)
			commands := []func(*rapid.T){c.join, c.shop, c.shop, c.shop, c.takeBack, c.wait, c.night}
			for range rapid.IntRange(1, 12).Draw(rt, "commands") {
				rapid.SampledFrom(commands).Draw(rt, "command")(rt)
			}
			c.same(rt)
			app.Time.Advance(70 * day)
			c.night(rt)
			c.same(rt)
		})
		s.mustBalance()
	})
}
