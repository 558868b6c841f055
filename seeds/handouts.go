package seeds

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/handout"
)

// planHandouts gives coupons out in the other ways, in the last days: the shoe shop sends one to its customers, and a
// neighbour hands theirs to a friend; the noodle shop prints some; the tea house thanks whoever buys.
func (l *loader) planHandouts() {
	made := at(l.ago(6), "09:30")
	if made.Before(l.day(0)) {
		return // of a longer history than this one
	}
	l.then(made, func(ctx context.Context, tx *gorm.DB) error {
		for _, plan := range []func(context.Context) error{l.sendToRegulars, l.printLeaflets, l.thankBuyers} {
			if err := plan(ctx); err != nil {
				return err
			}
		}
		return l.drain(ctx, tx)
	})
}

// offered makes a campaign of a store that runs from now on and gives out in its own way.
func (l *loader) offered(ctx context.Context, s *shop, title string, off, from, stock int64, given models.CampaignGiven, h models.Handing) (models.Campaign, error) {
	now := l.clock.Now()
	c, err := l.app.Coupon.Create(ctx, l.boss(s), coupon.Terms{
		Title: title, Given: given, Handing: h, Stock: stock, PerMember: 1, ClaimFrom: now, ClaimUntil: now.AddDate(0, 0, 21),
		Offer: models.Offer{Kind: models.CouponAmount, Off: off, MinSpend: from}, Validity: models.Validity{ValidDays: 30},
	})
	if err != nil {
		return c, err
	}
	return l.app.Coupon.Submit(ctx, l.boss(s), c.ID)
}

func (l *loader) sendToRegulars(ctx context.Context) error {
	s := l.stores["shoes"]
	c, err := l.offered(ctx, s, "熟客换季券", 1000, 6000, 80, models.GivenTargeted, models.Handing{Transferable: true})
	if err != nil {
		return err
	}
	if _, err := l.app.Handout.Start(ctx, l.boss(s), c.ID, handout.Choice{Everyone: true}); err != nil {
		return err
	}
	l.thenAlone(l.clock.Now().Add(time.Minute), func(ctx context.Context) error { return l.app.Handout.SendDue(ctx) })
	l.then(l.clock.Now().Add(26*time.Hour), func(ctx context.Context, tx *gorm.DB) error { return l.handOn(ctx, tx, c.ID) })
	return nil
}

// handOn lets a neighbour who was sent a coupon hand it to one who was not.
func (l *loader) handOn(ctx context.Context, tx *gorm.DB, campaign models.ID) error {
	var had []models.Coupon
	if err := tx.Where("campaign_id = ? AND state = ?", campaign, models.CouponUsable).Find(&had).Error; err != nil {
		return err
	}
	held := map[models.ID]models.ID{}
	for _, c := range had {
		held[c.MemberID] = c.ID
	}
	var giver *neighbour
	for _, n := range l.present() {
		if n.shopper() {
			continue
		}
		if _, has := held[n.id]; has || giver == nil {
			if has && giver == nil {
				giver = n
			}
			continue
		}
		g, err := l.app.Handout.Give(ctx, l.alliance.ID, giver.id, held[giver.id])
		if err != nil {
			return err
		}
		var link models.JoinLink
		if err := tx.Where("id = ?", g.LinkID).Take(&link).Error; err != nil {
			return err
		}
		_, err = l.app.Handout.ClaimLink(ctx, l.alliance.ID, n.id, link.Code)
		return err
	}
	return nil
}

// printLeaflets prints forty codes; a dozen neighbours bring one in the next days.
func (l *loader) printLeaflets(ctx context.Context) error {
	s := l.stores["noodles"]
	c, err := l.offered(ctx, s, "一碗面减五块", 500, 2000, 60, models.GivenPrinted, models.Handing{})
	if err != nil {
		return err
	}
	b, err := l.app.Handout.Print(ctx, l.boss(s), c.ID, 40, "校门口传单")
	if err != nil {
		return err
	}
	codes, err := l.app.Handout.Codes(ctx, b)
	if err != nil {
		return err
	}
	for i, code := range codes[:12] {
		l.then(l.clock.Now().Add(time.Duration(7*i+2)*time.Hour), func(ctx context.Context, _ *gorm.DB) error {
			people := l.present()
			_, err := l.app.Handout.TakePaper(ctx, handout.Bearer{Alliance: l.alliance.ID, Member: people[(17*i+5)%len(people)].id}, code.Code)
			if refused(err) {
				return nil // they have one already: as it goes
			}
			return err
		})
	}
	return nil
}

// thankBuyers lets the tea house give one to whoever buys for thirty yuan or more.
func (l *loader) thankBuyers(ctx context.Context) error {
	s := l.stores["tea"]
	_, err := l.offered(ctx, s, "再来一壶", 800, 3000, 100, models.GivenEvent, models.Handing{Trigger: models.TriggerBought, TriggerStore: s.ID, TriggerMin: 3000})
	return err
}
