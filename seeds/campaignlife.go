package seeds

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/platform/web"
)

// planLife plans what happens to a campaign after it began: a version that everyone signs, a partner that gives notice, the
// drawer that it is put into.
func (l *loader) planLife(o offerData, c models.Campaign, from time.Time) {
	if o.Change != nil {
		when := from.AddDate(0, 0, o.Change.After).Add(2 * time.Hour)
		l.then(when, l.propose(o, c))
		for i, p := range o.Partners {
			l.then(when.Add(time.Duration(i+1)*time.Hour), l.signProposed(p, c))
		}
	}
	for _, p := range o.Partners {
		if p.Leaves > 0 {
			l.then(at(l.ago(p.Leaves), "15:30"), l.giveNotice(p, c))
		}
	}
	if o.Archived {
		l.then(at(l.ago(o.Until-10), "11:00"), func(ctx context.Context, _ *gorm.DB) error {
			_, err := l.app.Coupon.Archive(ctx, l.boss(l.stores[o.Store]), c.ID)
			return err
		})
	}
}

func (l *loader) signForTheFund(c models.Campaign, bps int64) step {
	return func(ctx context.Context, _ *gorm.DB) error {
		_, err := l.app.Coupon.Sign(ctx, coupon.Staff{Alliance: l.alliance.ID, Store: l.alliance.ID, Account: l.coordinator}, c.ID, coupon.Signature{Version: c.Version, ShareBPS: bps})
		return err
	}
}

func (l *loader) propose(o offerData, c models.Campaign) step {
	return func(ctx context.Context, _ *gorm.DB) error {
		boss := l.boss(l.stores[o.Store])
		_, err := l.app.Coupon.Change(ctx, boss, c.ID, web.ETag(c.Version), func(t *coupon.Terms) {
			t.Title, t.Stock, t.Off = o.Change.Title, o.Change.Stock, o.Change.Off
		})
		if err != nil {
			return err
		}
		_, err = l.app.Coupon.Submit(ctx, boss, c.ID)
		return err
	}
}

func (l *loader) signProposed(p partnerData, c models.Campaign) step {
	return func(ctx context.Context, _ *gorm.DB) error {
		_, err := l.app.Coupon.Sign(ctx, l.boss(l.stores[p.Store]), c.ID, coupon.Signature{Version: c.Version + 1, ShareBPS: p.ShareBPS})
		return err
	}
}

func (l *loader) giveNotice(p partnerData, c models.Campaign) step {
	return func(ctx context.Context, _ *gorm.DB) error {
		_, err := l.app.Coupon.GiveNotice(ctx, l.boss(l.stores[p.Store]), c.ID, 0)
		return err
	}
}

// bornOn is the day that a neighbour tells, by their place on the street: one in three does.
func bornOn(place int) (month, day int, told bool) {
	return place*5%12 + 1, place*11%28 + 1, place%3 == 0
}

// birthdayChild is one of those present whose birthday fits a rule now; nil when there is none.
func (l *loader) birthdayChild(rule models.BirthdayRule, i int) *neighbour {
	fitting := rule.Fitting(l.clock.Now(), l.zone)
	var children []*neighbour
	for _, n := range l.present() {
		if month, day, told := bornOn(n.place); told && slices.Contains(fitting, models.MonthDay{Month: month, Day: day}) {
			children = append(children, n)
		}
	}
	if len(children) == 0 {
		return nil
	}
	return children[i%len(children)]
}
