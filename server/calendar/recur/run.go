package recur

import (
	"iter"
	"slices"
	"time"

	"onestreet/server/calendar/almanac"
)

// source yields times by the wall clock, in order; earlier ones than the start may be among them. It ends when it has no
// more or is told to. One whose dates need not be counted may begin at the window.
type source interface {
	times(*run) iter.Seq[time.Time]
}

// maxSteps is how far a rule is followed before its window is reached: a rule that needs more makes a million dates.
const maxSteps = 1_000_000

// run is the work of answering one question.
type run struct {
	window    Window
	zone      *time.Location
	steady    bool // the zone's clock does not change near the window
	from, end time.Time
	most      int
	steps     int
	answer    Answer
	err       error
}

func newRun(w Window, zone *time.Location, most int) *run {
	r := &run{window: w, zone: zone, from: wallOf(w.From), end: wallEnd(w.To), most: most}
	r.steady = zone != nil && steady(zone, r.from, r.end)
	r.answer.Complete = true
	r.answer.Times = make([]time.Time, 0, usual)
	return r
}

// usual is how many dates most questions are answered with.
const usual = 16

// step counts; false: it has been enough.
func (r *run) step() bool {
	if r.steps++; r.steps > maxSteps {
		r.err = ErrTooMany.With(Most)
	}
	return r.err == nil
}

// collect takes from a source what lies in the window. A count counts from the start, whether in the window or not.
func (r *run) collect(s limited) {
	taken, counted := 0, 0
	for t := range s.times(r) {
		if !s.until.IsZero() && t.After(s.until) {
			return
		}
		if t.After(r.end) {
			r.answer.Complete = false
			return
		}
		if t.Before(s.start) || !r.exists(t) {
			continue
		}
		if r.add(t) {
			taken++
		}
		if taken > r.most {
			r.full()
			return
		}
		if counted++; counted == s.count {
			return
		}
	}
	r.silent(s)
}

// silent notes when a source went silent because the window or the calendar ends, not the rule.
func (r *run) silent(s limited) {
	if s.count > 0 || s.until.IsZero() || s.until.After(r.end) {
		r.answer.Complete = false
	}
}

// full ends a source that has given enough: what was asked for, or more than is answered.
func (r *run) full() {
	r.answer.Complete = false
	if r.window.Most == 0 {
		r.err = ErrTooMany.With(Most)
	}
}

func (r *run) add(t time.Time) bool {
	if t.Before(r.from) || t.After(r.end) {
		return false
	}
	r.answer.Times = append(r.answer.Times, t)
	return true
}

func (r *run) exists(t time.Time) bool {
	if r.zone == nil || r.steady && !t.Before(r.from) && !t.After(r.end) {
		return true
	}
	_, ok := instant(t, r.zone)
	return ok
}

// miss notes a day that a month does not have.
func (r *run) miss(m Missing) {
	if m.last >= r.window.From && m.last <= r.window.To {
		r.answer.Missing = append(r.answer.Missing, m)
	}
}

func (r *run) finish(rule Rule, w Window) Answer {
	a := r.answer
	slices.SortFunc(a.Times, time.Time.Compare)
	a.Times = slices.CompactFunc(a.Times, time.Time.Equal)
	a.Times = slices.DeleteFunc(a.Times, rule.excepted)
	if w.Most > 0 && len(a.Times) > w.Most {
		a.Times, a.Complete = a.Times[:w.Most], false
	}
	a.Missing = shown(a.Missing, a, w)
	return a
}

// shown keeps what is missing up to the last time of an answer that was cut short.
func shown(list []Missing, a Answer, w Window) []Missing {
	if w.Most == 0 || len(a.Times) < w.Most {
		return list
	}
	last := DateOf(a.Times[len(a.Times)-1])
	return slices.DeleteFunc(list, func(m Missing) bool { return m.last > last })
}

// limit is the last date that a source has to look at.
func (r *run) limit() almanac.Date { return min(r.window.To, almanac.Last) }
