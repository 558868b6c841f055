package seeds

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"onestreet/models"
	"onestreet/server/app"
	"onestreet/server/platform/clock"
)

// loader lives through the street's history.
type loader struct {
	plan   Plan
	app    *app.App
	clock  *clock.Fake
	zone   *time.Location
	codes  codes
	chance chance
	agenda agenda
	filled bool

	street   streetData
	people   peopleData
	offers   []offerData
	meetings []meetingData
	talks    []talk

	alliance    models.Alliance
	coordinator models.ID // account
	stores      map[string]*shop
	order       []*shop // from west to east
	neighbours  []*neighbour
	byFace      map[string]*neighbour
	campaigns   map[string]*offer
	purses      []purse
	visits      int // recorded so far: makes references
	redeemed    int
	loads       []float64 // the share of all visits that falls on each day
}

// chance is one generator a subject, so that a change to one part of the history leaves the others as they were.
type chance struct{ people, visits, coupons, events, feed, notes, points *rand.Rand }

func newChance() chance {
	of := func(n uint64) *rand.Rand { return rand.New(rand.NewPCG(20261017, n)) }
	return chance{people: of(1), visits: of(2), coupons: of(3), events: of(4), feed: of(5), notes: of(6), points: of(7)}
}

// codes is the loader's own telephone: it keeps the last code of each number.
type codes map[string]string

// SendCode implements sms.Sender.
func (c codes) SendCode(_ context.Context, phone, code string) error {
	c[phone] = code
	return nil
}

func (l *loader) readAll() error {
	var err error
	if l.street, err = read[streetData]("street.json"); err != nil {
		return err
	}
	if l.people, err = read[peopleData]("people.json"); err != nil {
		return err
	}
	if l.offers, err = read[[]offerData]("campaigns.json"); err != nil {
		return err
	}
	if l.meetings, err = read[[]meetingData]("events.json"); err != nil {
		return err
	}
	l.talks, err = readTalks()
	return err
}

// day is the first moment of the street's n-th day; the last one, plan.Days, is today.
func (l *loader) day(n int) time.Time {
	y, m, d := l.plan.Now.In(l.zone).Date()
	return time.Date(y, m, d-l.plan.Days+n, 0, 0, 0, 0, l.zone)
}

// ago is the first moment of the day so many days before today; negative for days to come.
func (l *loader) ago(days int) time.Time { return l.day(l.plan.Days - days) }

// at is a time of a day, as "18:30".
func at(day time.Time, clockTime string) time.Time {
	var h, m int
	_, _ = fmt.Sscanf(clockTime, "%d:%d", &h, &m)
	y, month, d := day.Date()
	return time.Date(y, month, d, h, m, 0, 0, day.Location())
}

// phone is the demo's n-th number, in a series that no carrier uses for people.
func phone(n int) string { return fmt.Sprintf("17099%06d", n) }

// pick draws one of several by weight.
func pick[T any](r *rand.Rand, list []T, weight func(T) float64) T {
	var sum float64
	for _, v := range list {
		sum += weight(v)
	}
	x := r.Float64() * sum
	for _, v := range list {
		if x -= weight(v); x < 0 {
			return v
		}
	}
	return list[len(list)-1]
}

func one[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// between is a moment between two, evenly.
func between(r *rand.Rand, from, until time.Time) time.Time {
	span := until.Sub(from)
	if span <= 0 {
		return from
	}
	return from.Add(time.Duration(r.Int64N(int64(span))))
}

// liveliness is a person's share of what happens: most come now and then, some nearly every day.
func liveliness(r *rand.Rand) float64 { return math.Exp(r.NormFloat64() * 0.8) }
