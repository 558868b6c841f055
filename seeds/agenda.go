package seeds

import (
	"container/heap"
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/server/app"
)

// together is how many steps share one commit at most.
const together = 40

// audited is how many nights before the opening the street audits its books. Each reads all of them, and what people
// look at is the last fortnight; a night before has nothing to say that these don't.
const audited = 14

// step is something that happens in the transaction that it is given; ctx carries it, so services join it.
type step func(ctx context.Context, tx *gorm.DB) error

// act is a step with its time. One that is alone runs outside any transaction, because the service commits for itself.
type act struct {
	at    time.Time
	seq   int
	alone bool
	do    step
}

// agenda is what is still to happen, the earliest first; of the same time, what was planned first.
type agenda struct {
	acts []act
	seq  int
}

// The methods of heap.Interface.

func (g *agenda) Len() int { return len(g.acts) }
func (g *agenda) Less(i, j int) bool {
	if !g.acts[i].at.Equal(g.acts[j].at) {
		return g.acts[i].at.Before(g.acts[j].at)
	}
	return g.acts[i].seq < g.acts[j].seq
}
func (g *agenda) Swap(i, j int) { g.acts[i], g.acts[j] = g.acts[j], g.acts[i] }
func (g *agenda) Push(x any)    { g.acts = append(g.acts, x.(act)) }
func (g *agenda) Pop() any {
	last := g.acts[len(g.acts)-1]
	g.acts = g.acts[:len(g.acts)-1]
	return last
}

// then plans a step; what lies after the demo's opening does not happen.
func (l *loader) then(at time.Time, do step) { l.note(act{at: at, do: do}) }

// thenAlone plans a step that commits for itself.
func (l *loader) thenAlone(at time.Time, do func(ctx context.Context) error) {
	l.note(act{at: at, alone: true, do: func(ctx context.Context, _ *gorm.DB) error { return do(ctx) }})
}

func (l *loader) note(a act) {
	if now := l.clock.Now(); a.at.Before(now) {
		a.at = now
	}
	if a.at.After(l.plan.Now) {
		return
	}
	l.agenda.seq++
	a.seq = l.agenda.seq
	heap.Push(&l.agenda, a)
}

// live lets everything happen. Steps that can share a transaction do: nobody else is at the database, so the only price
// of a large one is that a failure takes more back, and a failure ends the loading anyway.
func (l *loader) live(ctx context.Context) error {
	for l.agenda.Len() > 0 {
		var err error
		if l.agenda.acts[0].alone {
			err = l.next(ctx, nil)
		} else {
			err = l.app.DB.Tx(ctx, l.several)
		}
		if err != nil {
			return err
		}
	}
	l.clock.Set(l.plan.Now)
	return nil
}

func (l *loader) several(tx *gorm.DB) error {
	for n := 0; n < together && l.agenda.Len() > 0 && !l.agenda.acts[0].alone; n++ {
		if err := l.next(tx.Statement.Context, tx); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) next(ctx context.Context, tx *gorm.DB) error {
	a := heap.Pop(&l.agenda).(act)
	l.clock.Set(a.at)
	return a.do(ctx, tx)
}

// intend plans what is known from the start; each day plans the rest of itself.
func (l *loader) intend() error {
	l.weighDays()
	l.planNewcomers()
	l.planOffers()
	l.planHandouts()
	l.planMeetings()
	l.planMarket()
	l.planTalks()
	l.planSerials()
	l.planNotes()
	l.planSettling()
	l.planTills()
	l.planManners()
	l.planCircles()
	l.planReading()
	l.planChats()
	for d := range l.plan.Days + 1 {
		l.then(l.day(d).Add(time.Minute), func(context.Context, *gorm.DB) error {
			l.planVisits(d)
			l.planHonours(d)
			return nil
		})
		if l.plan.Days-d < audited {
			l.then(at(l.day(d), "03:10"), l.audit)
		}
		l.then(at(l.day(d), "07:40"), l.jobs)
		l.then(at(l.day(d), "21:00"), l.seal)
		for _, moment := range []string{"12:10", "17:00", "20:30", "23:50"} {
			l.then(at(l.day(d), moment), l.drain)
		}
	}
	l.then(l.plan.Now, l.jobs)
	return nil
}

// jobs is what a node does by the clock; the audit has an hour of its own.
func (l *loader) jobs(ctx context.Context, tx *gorm.DB) error {
	if err := l.app.RunJobs(ctx, app.NightlyAudit); err != nil {
		return err
	}
	return l.drain(ctx, tx)
}

// audit works the night's books out again.
func (l *loader) audit(ctx context.Context, _ *gorm.DB) error { return l.app.Books.AuditNightly(ctx) }

// seal closes the day's ledger, as the street does each evening.
func (l *loader) seal(ctx context.Context, _ *gorm.DB) error {
	_, err := l.app.Ledger.SealDue(ctx)
	return err
}

// drain dispatches what has happened to the features that want to know.
func (l *loader) drain(ctx context.Context, _ *gorm.DB) error { return l.app.Outbox.Drain(ctx) }
