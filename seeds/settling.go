package seeds

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/settlement"
)

// planSettling closes every month on its first morning after. The stores confirm and pay within days; of the last month
// the noodle shop has a question, the shoe shop has neither looked nor paid, and one payment waits for its payee's word.
func (l *loader) planSettling() {
	for first := l.firstOf(l.day(0), 1); !first.After(l.plan.Now); first = l.firstOf(first, 1) {
		last := l.firstOf(first, 1).After(l.plan.Now)
		closing := at(first, "09:00")
		l.then(closing, func(ctx context.Context, _ *gorm.DB) error {
			if err := l.app.Settlement.CloseDue(ctx); err != nil {
				return err
			}
			return l.settleMonth(ctx, closing, l.firstOf(first, -1).Format("2006-01"), last)
		})
	}
}

// firstOf is the first day of a month so many months from that of a day.
func (l *loader) firstOf(day time.Time, months int) time.Time {
	y, m, _ := day.In(l.zone).Date()
	return time.Date(y, m+time.Month(months), 1, 0, 0, 0, 0, l.zone)
}

// settleMonth plans what the stores do about a month that has just been closed. Where little time is left before the demo
// opens, they are quicker.
func (l *loader) settleMonth(ctx context.Context, closed time.Time, month string, last bool) error {
	v, err := l.app.Settlement.Settlement(ctx, l.alliance.ID, month)
	if err != nil {
		return err
	}
	pace := min(l.plan.Now.Sub(closed)/60, time.Hour)
	for i, s := range l.order {
		who := settlement.Who{Alliance: l.alliance.ID, Store: s.ID, Account: s.owner}
		l.then(closed.Add(time.Duration(2+3*i)*pace), l.answer(who, s.Slug, month, last))
	}
	done := 0 // payments that somebody has recorded
	for i, p := range v.Payments {
		paid := closed.Add(time.Duration(30+i) * pace)
		if last && (done > 1 || l.ofTheShoeShop(p)) {
			continue
		}
		l.then(paid, l.mark(p, month, models.SidePayer))
		if done++; !last || done == 1 {
			l.then(paid.Add(6*pace), l.mark(p, month, models.SidePayee))
		}
	}
	return nil
}

func (l *loader) ofTheShoeShop(p settlement.Payment) bool {
	shoes := l.stores["shoes"].ID
	return p.From != nil && p.From.ID == shoes || p.To != nil && p.To.ID == shoes
}

// answer confirms a statement; of the last month not every store does.
func (l *loader) answer(who settlement.Who, slug, month string, last bool) step {
	return func(ctx context.Context, _ *gorm.DB) error {
		if _, err := l.app.Settlement.Statement(ctx, who.Alliance, who.Store, month); err != nil {
			return nothingThere(err)
		}
		switch {
		case last && slug == "noodles":
			return l.app.Settlement.Dispute(ctx, who, month, "有一张券是在我们店撤销的，分担那几块怎么还在单子上，请查一查")
		case last && (slug == "shoes" || slug == "photo" || slug == "tools"):
			return nil
		}
		return l.app.Settlement.Confirm(ctx, who, month)
	}
}

// nothingThere passes over a store that had nothing to do with anybody in a month.
func nothingThere(err error) error {
	if errors.Is(err, models.ErrNotFound) {
		return nil
	}
	return err
}

// mark records one side's word on a payment.
func (l *loader) mark(p settlement.Payment, month string, side models.PaymentSide) step {
	return func(ctx context.Context, _ *gorm.DB) error {
		ref, note := p.From, "微信"
		if side == models.SidePayee {
			ref, note = p.To, ""
		}
		party, by := l.alliance.ID, l.coordinator
		if ref != nil {
			party, by = ref.ID, l.stores[ref.Slug].owner
		}
		return l.app.Settlement.Mark(ctx, settlement.Mark{Alliance: l.alliance.ID, Party: party, Account: by, Payment: p.ID, Month: month, Given: true, Note: note})
	}
}
