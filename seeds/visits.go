package seeds

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
	"onestreet/server/relation"
)

// weighDays shares the visits out among the days: more as the street grows, on market days and at the week's end.
func (l *loader) weighDays() {
	l.loads = make([]float64, l.plan.Days+1)
	var sum float64
	for d := range l.loads {
		load := 0.4 + 0.6*float64(d)/float64(l.plan.Days)
		if l.market(l.day(d)) {
			load *= 1.6
		}
		switch l.day(d).Weekday() {
		case time.Saturday, time.Sunday:
			load *= 1.3
		case time.Monday:
			load *= 0.8
		}
		l.loads[d] = load
		sum += load
	}
	for d := range l.loads {
		l.loads[d] /= sum
	}
}

// market tells whether the street holds market on a day.
func (l *loader) market(day time.Time) bool {
	rule, err := models.ParseMarketRule(l.street.Alliance.MarketRule)
	if err != nil {
		return false
	}
	known, err := almanac.Of(almanac.At(day, l.zone))
	return err == nil && rule.Holds(known.Facts())
}

// planVisits plans who comes where on a day. It runs on the day's first minute, when it is known who has joined.
func (l *loader) planVisits(d int) {
	here := l.present()
	if len(here) == 0 {
		return
	}
	r, day := l.chance.visits, l.day(d)
	for range int(l.loads[d]*float64(l.plan.Visits) + r.Float64()) {
		n := pick(r, here, func(n *neighbour) float64 { return n.weight })
		s := l.habit(n)
		if when, open := l.openMoment(s, day); open {
			l.thenBuy(when, n, s)
		}
	}
	if d == l.plan.Days {
		l.planThisMorning(here)
	}
}

// present are the members so far who come at all.
func (l *loader) present() []*neighbour {
	var here []*neighbour
	for _, n := range l.neighbours {
		if n.joined && n.weight > 0 {
			here = append(here, n)
		}
	}
	return here
}

// habit is where somebody goes today: mostly to their own store.
func (l *loader) habit(n *neighbour) *shop {
	r := l.chance.visits
	dearest := n.stores[0]
	return pick(r, n.stores, func(s *shop) float64 {
		if s == dearest {
			return 6 + s.pull
		}
		return s.pull
	})
}

// openMoment is a time of a day when a store is open; it gives up on days when it is closed.
func (l *loader) openMoment(s *shop, day time.Time) (time.Time, bool) {
	for range 12 {
		if when := s.moment(l.chance.visits, day); l.isOpen(s, when) {
			return when, true
		}
	}
	return time.Time{}, false
}

// fewToday is what each store has seen by the time the demo opens, however early that is.
const fewToday = 2

// planThisMorning makes today's beginning alive: a few have been everywhere, and some coupons were used.
func (l *loader) planThisMorning(here []*neighbour) {
	r, from := l.chance.visits, l.awake()
	for _, s := range l.order {
		for range fewToday + int(s.pull)/8 {
			l.thenBuy(between(r, from, l.plan.Now), pick(r, here, func(n *neighbour) float64 { return n.weight }), s)
		}
		l.thenUseOneAt(s, between(r, from, l.plan.Now))
	}
}

// thenBuy records a visit, mostly with something bought.
func (l *loader) thenBuy(when time.Time, n *neighbour, s *shop) {
	r := l.chance.visits
	kind, amount := models.VisitPurchase, s.bill(r)
	if r.IntN(8) == 0 {
		kind, amount = models.VisitScan, 0
	}
	l.then(when, func(_ context.Context, tx *gorm.DB) error {
		l.visits++
		s.bought[n]++
		_, err := l.app.Relation.Record(tx, relation.Visit{
			Alliance: l.alliance.ID, Store: s.ID, Member: n.id, Kind: kind, Amount: amount, By: s.clerk,
			Reference: fmt.Sprintf("demo:%d", l.visits),
		})
		return err
	})
}
