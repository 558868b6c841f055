// Package recur tells the dates of things that come again: rules of RFC 5545 (RRULE with DTSTART, TZID, EXDATE, RDATE),
// of RFC 7529 (RSCALE=CHINESE and GREGORIAN with SKIP), and the market rules by which towns live. It is the one place
// that does: the command line, the preview in the form and the rows of the calendar all ask it.
//
// A rule is told by the wall clock. Inside the package a moment is what the clock on the wall shows, written as if it
// were UTC; Rule.Instant is the moment itself. An hour that the clock jumps over does not come and is not counted (RFC
// 5545, 3.3.10); of an hour that comes twice, the first is meant.
//
// rrule-go computes plain RRULEs. It knows no lunar months and no SKIP; those are computed here, month by month, on the
// almanac. What cannot work is refused before anything is computed: rules that never end where nobody says until when,
// that make more dates than anybody reads, that have none at all, such as 30 February.
package recur

import (
	"slices"
	"time"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
)

// Most is the greatest number of dates that one question is answered with.
const Most = 100_000

// Rule says when something happens.
type Rule struct {
	ID      string             // where a file names it
	Start   time.Time          // DTSTART by the wall clock; zero: a market rule without a beginning
	AllDay  bool               // it is about days, not moments
	Zone    *time.Location     // nil: whatever the wall clock shows, wherever one is
	Market  *models.MarketRule // either this one or Repeats, or both
	Repeats []Repeat
	Until   time.Time // end of the market rule by the wall clock, included; zero: none
	Count   int       // dates of the market rule; 0: no limit
	Extra   []time.Time
	Except  []time.Time
	From    almanac.Date // the first date that the rule's own file asks for; 0: it does not say
	To      almanac.Date
}

// Window is the question: which dates from one to another, both included. An Open window has no end, only a number.
type Window struct {
	From, To almanac.Date
	Open     bool
	Most     int // answer with so many and no more; 0: all, and refuse beyond the package's Most
}

// Answer is a rule's dates by the wall clock, in order, each once.
type Answer struct {
	Times    []time.Time
	Missing  []Missing // days that the rule names and the month does not have
	Complete bool      // nothing comes after the last one
}

// Missing is a day that the rule names in a month that is too short for it: there is nothing on that day.
type Missing struct {
	Lunar  bool
	Date   models.LunarDate // its Leap is false in the Gregorian calendar
	Length int              // of the month
	last   almanac.Date
}

// Expand tells a rule's dates in a window. Errors: rule_endless when neither says where it ends, rule_too_many.
func (r Rule) Expand(w Window) (Answer, error) {
	if w.Open && w.Most == 0 && r.endless() {
		return Answer{}, ErrEndless
	}
	if w.Open {
		w.To = almanac.Last
	}
	run := newRun(w, r.Zone, r.most(w))
	for _, s := range r.sources() {
		run.collect(s)
		if run.err != nil {
			return Answer{}, run.err
		}
	}
	for _, t := range r.Extra {
		run.add(t)
	}
	return run.finish(r, w), nil
}

// most is how many dates of each source can matter.
func (r Rule) most(w Window) int {
	if w.Most > 0 {
		return w.Most + len(r.Except)
	}
	return Most
}

func (r Rule) endless() bool {
	if r.Market != nil && r.Count == 0 && r.Until.IsZero() {
		return true
	}
	return slices.ContainsFunc(r.Repeats, func(p Repeat) bool { return p.count == 0 && p.until.IsZero() })
}

// limited is a source with where it ends.
type limited struct {
	source
	start time.Time
	until time.Time
	count int
}

func (r Rule) sources() []limited {
	list := make([]limited, 0, 1+len(r.Repeats))
	if r.Market != nil {
		list = append(list, limited{market{r.Market, r.Start, r.Count > 0 && !r.Start.IsZero()}, r.Start, r.Until, r.Count})
	}
	for i := range r.Repeats {
		p := &r.Repeats[i]
		list = append(list, limited{p.source(r.Start), r.Start, p.until, p.count})
	}
	return list
}

// excepted tells whether an exception takes the time out; one that is a whole day takes all of it.
func (r Rule) excepted(t time.Time) bool {
	return slices.ContainsFunc(r.Except, func(x time.Time) bool {
		return x.Equal(t) || (midnight(x) && x.Equal(t.Truncate(24*time.Hour)))
	})
}

func midnight(t time.Time) bool { return t.Equal(t.Truncate(24 * time.Hour)) }

// Instant is the moment of a time that Expand gave. Without a zone it is the moment in the given one.
func (r Rule) Instant(wall time.Time, otherwise *time.Location) time.Time {
	zone := r.Zone
	if zone == nil {
		zone = otherwise
	}
	at, _ := instant(wall, zone)
	return at
}

func wallOf(d almanac.Date) time.Time  { return d.Begins(time.UTC) }
func wallEnd(d almanac.Date) time.Time { return (d + 1).Begins(time.UTC).Add(-time.Second) }

// DateOf is the date of a time by the wall clock.
func DateOf(wall time.Time) almanac.Date { return almanac.At(wall, time.UTC) }
