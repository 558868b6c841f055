package coupon

import (
	"slices"
	"strings"
	"time"

	"onestreet/models"
)

const (
	maxTags       = 10
	maxTagLength  = 20
	maxNotOn      = 60
	maxVisits     = 1000
	maxBudget     = 100_000_000 // a million yuan
	maxBirthdays  = 30          // days around a birthday
	maxJoinedDays = 366
)

// plainLimits writes equal limits equally.
func plainLimits(l models.Limits) models.Limits {
	if l.Reserve == "" {
		l.Reserve = models.ReserveClaim
	}
	l.NoticeDays = max(l.NoticeDays, models.MinNoticeDays)
	return l
}

// plainAudience trims and orders the tags, and drops rules that say nothing.
func plainAudience(a models.Audience) models.Audience {
	var tags []string
	for _, tag := range a.Tags {
		if tag = strings.TrimSpace(tag); tag != "" {
			tags = append(tags, tag)
		}
	}
	slices.Sort(tags)
	a.Tags = slices.Compact(tags)
	if a.Visits != nil && a.Visits.AtLeast == nil && a.Visits.AtMost == nil {
		a.Visits = nil
	}
	return a
}

// plainDays orders the days on which a coupon does not work.
func plainDays(days []string) []string {
	days = slices.Clone(days)
	slices.Sort(days)
	return slices.Compact(days)
}

func (t Terms) checkLimits(p *problems) {
	for _, limit := range []struct {
		n       int64
		pointer string
	}{{t.PerDay, "/per_day"}, {t.PerHousehold, "/per_household"}, {t.PerStore, "/per_store"}, {t.PerStoreDay, "/per_store_day"}} {
		p.expect(limit.n >= 0 && limit.n <= maxStock, limit.pointer, "写一个数，不限就空着", "A number; leave it empty for no limit.")
	}
	p.expect(t.NoticeDays <= models.MaxNoticeDays, "/notice_days", "退出最多提前 90 天说", "At most 90 days of notice.")
	p.expect(t.Budget >= 0 && t.Budget <= maxBudget, "/budget/amount", "总预算最多一百万元", "A budget of at most a million yuan.")
	p.expect(t.Budget == 0 || t.Budget >= t.MaxCost(), "/budget/amount", "总预算连一张券都不够", "The budget does not cover one coupon.")
	p.expect(t.Reserve != models.ReserveRedemption || t.Given == models.GivenPublic, "/reserve", "迎新的券要领的时候就留好钱", "A welcome's money is set aside at the claim.")
	p.expect(len(t.NotOn) <= maxNotOn, "/not_on", "最多写 60 天", "At most 60 days.")
	for _, day := range t.NotOn {
		_, err := time.Parse(time.DateOnly, day)
		p.expect(err == nil, "/not_on", "日子要写成 2026-10-01 这样", "Write days like 2026-10-01.")
	}
}

// checkAudience: what a store asks about members is its own, but for visits to who signs with it. partners nil lets any store
// be named: then only a count comes of it.
func checkAudience(p *problems, a models.Audience, issuer models.ID, partners []models.Partner) {
	p.expect(len(a.Tags) <= maxTags, "/audience/tags", "最多 10 个标签", "At most 10 tags.")
	for _, tag := range a.Tags {
		p.expect(len([]rune(tag)) <= maxTagLength, "/audience/tags", "标签最多 20 个字", "A tag has at most 20 characters.")
	}
	p.expect(a.Joined >= 0 && a.Joined <= maxJoinedDays, "/audience/joined", "最多 366 天", "At most 366 days.")
	p.expect(a.TookPart >= 0 && a.TookPart <= maxJoinedDays, "/audience/took_part", "最多 366 天", "At most 366 days.")
	if b := a.Birthday; b != nil {
		p.expect(b.When == models.BirthdayMonth || b.When == models.BirthdayAround && b.Days >= 0 && b.Days <= maxBirthdays, "/audience/birthday", "生日前后最多 30 天", "At most 30 days around a birthday.")
	}
	if a.Visits != nil {
		checkVisits(p, *a.Visits, issuer, partners)
	}
	p.expect(a.Circle == nil || a.Circle.Name != "", "/audience/circle_id", "只能选自己家的圈子，或者街上公开的圈子", "Only a circle of your own, or an open one.")
	checkNobodyShown(p, a.Chosen(), a.Private(issuer))
}

// checkNobodyShown: a store that picks who is in one by one may not ask about them what it does not know itself.
func checkNobodyShown(p *problems, chosen, private bool) {
	p.expect(!chosen || !private, "/audience", "自己贴的标签，不能和生日、别家的到店、别家的圈子一起用：不然就看得出是谁了",
		"Your own tags cannot be joined with birthdays, with visits elsewhere or with others' circles: it would show who it is.")
}

func checkVisits(p *problems, v models.VisitRule, issuer models.ID, partners []models.Partner) {
	p.expect(v.Days >= 1 && v.Days <= maxDays, "/audience/visits/days", "看最近 1 到 366 天", "The last 1 to 366 days.")
	for _, n := range []*int64{v.AtLeast, v.AtMost} {
		p.expect(n == nil || *n >= 0 && *n <= maxVisits, "/audience/visits", "次数要在 0 到 1000 之间", "A number of visits: 0 to 1000.")
	}
	p.expect(v.AtLeast == nil || v.AtMost == nil || *v.AtLeast <= *v.AtMost, "/audience/visits", "最少不能多过最多", "At least cannot be above at most.")
	named := v.Store == issuer || partners == nil || slices.ContainsFunc(partners, func(x models.Partner) bool { return x.StoreID == v.Store })
	p.expect(named, "/audience/visits/store", "只能看自己家的，或者一起出券的店的到店", "Only visits to your own store, or to one that signs with you.")
}
