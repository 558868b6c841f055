package seeds

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"fmt"
	"time"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/till"
)

// seedTill is a phone at a counter, with the half of its key that nobody else has.
type seedTill struct {
	shop    *shop
	id      models.ID
	key     *ecdsa.PrivateKey
	contact time.Time
	log     []till.Line
}

// planTills lets the network fail on the day before today. The noodle shop takes coupons without it; the tea house takes
// one of the same, and hears of it when both are back.
func (l *loader) planTills() {
	day := l.day(l.plan.Days - 1)
	var noodles, tea *seedTill
	var copies []coupon.CouponView
	l.thenAlone(at(day, "11:20"), func(ctx context.Context) (err error) {
		if noodles, err = l.registered(ctx, "noodles", "前台手机"); err != nil {
			return err
		}
		if tea, err = l.registered(ctx, "tea", "柜台平板"); err != nil {
			return err
		}
		copies, err = l.showable(ctx, 3)
		return err
	})
	for i, when := range []string{"12:03", "12:17", "12:31"} {
		l.thenAlone(at(day, when), func(ctx context.Context) error { return l.unseen(ctx, noodles, copies, i) })
	}
	l.thenAlone(at(day, "12:48"), func(ctx context.Context) error { return l.unseen(ctx, tea, copies, 1) })
	l.thenAlone(at(day, "13:05"), func(ctx context.Context) error { return l.back(ctx, noodles) })
	l.thenAlone(at(day, "13:20"), func(ctx context.Context) error { return l.back(ctx, tea) })
}

// registered makes a phone of a store a till.
func (l *loader) registered(ctx context.Context, slug, name string) (*seedTill, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	spki, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		return nil, err
	}
	t := &seedTill{shop: l.stores[slug], key: key, contact: l.clock.Now()}
	by := l.till(t.shop)
	by.Account = t.shop.owner
	row, err := l.app.Till.Register(ctx, till.Registration{Staff: by, Name: name, PublicKey: spki, DeviceTime: l.clock.Now()})
	if err != nil {
		return nil, err
	}
	t.id = row.ID
	_, _, err = l.app.Till.Contact(ctx, by, row.ID, l.clock.Now())
	return t, err
}

// showable finds coupons that both tills take, as their members' phones show them.
func (l *loader) showable(ctx context.Context, n int) ([]coupon.CouponView, error) {
	var found []coupon.CouponView
	for _, person := range l.present() {
		w, err := l.app.Coupon.Wallet(ctx, l.alliance.ID, person.id, models.CouponUsable, "")
		if err != nil {
			return nil, err
		}
		for _, c := range w.Items {
			if len(found) < n && l.takenByBoth(c) {
				found = append(found, c)
				break
			}
		}
		if len(found) == n {
			break
		}
	}
	return found, nil
}

// takenByBoth tells whether a coupon works at both counters on any day and hour, from no great bill.
func (l *loader) takenByBoth(c coupon.CouponView) bool {
	at := map[models.ID]bool{}
	for _, s := range c.Campaign.Stores {
		at[s.ID] = true
	}
	return at[l.stores["noodles"].ID] && at[l.stores["tea"].ID] && len(c.Campaign.Weekdays) == 0 && c.Campaign.Hours == nil &&
		c.Campaign.Kind == models.CouponAmount && c.ValidFrom.Before(l.clock.Now())
}

// unseen lets a till take a coupon without a network.
func (l *loader) unseen(_ context.Context, t *seedTill, copies []coupon.CouponView, i int) error {
	if i >= len(copies) {
		return nil
	}
	c := copies[i]
	line := models.TillLine{
		Till: t.id, Seq: int64(len(t.log) + 1), Token: c.OfflineToken, Bill: c.Campaign.MinSpend.Amount + 1300, Off: c.Campaign.Off.Amount,
		By: t.shop.clerk, Clock: l.clock.Now(), Contact: t.contact, Since: l.clock.Now().Sub(t.contact),
	}
	sum := sha256.Sum256([]byte(line.Text()))
	r, s, err := ecdsa.Sign(rand.Reader, t.key, sum[:])
	if err != nil {
		return fmt.Errorf("till of %s: %w", t.shop.Slug, err)
	}
	t.log = append(t.log, till.Line{TillLine: line, Signature: append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...)})
	return nil
}

// back brings what a till took, and fills it up again.
func (l *loader) back(ctx context.Context, t *seedTill) error {
	if _, err := l.app.Till.TakeLog(ctx, l.till(t.shop), t.id, l.clock.Now(), t.log); err != nil {
		return err
	}
	_, _, err := l.app.Till.Contact(ctx, l.till(t.shop), t.id, l.clock.Now())
	return err
}
