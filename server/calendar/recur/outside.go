package recur

import (
	"slices"
	"strings"
	"time"

	"github.com/teambition/rrule-go"

	"onestreet/server/calendar/almanac"
)

// Outside is a rule as other calendar programs read it (RFC 5545), by the wall clock of the rule's zone.
type Outside struct {
	Start         time.Time // the first date
	RRule         string    // without RSCALE and COUNT; where it ends, by an UNTIL in UTC
	Except, Extra []time.Time
}

// firstLook is how many dates are looked at for the first one after a moment: those of its day.
const firstLook = 100

// Outside tells what comes after one moment of a rule and before another (zero: none) for other programs, so that they find the
// very dates that Expand gives. It is false for what most of them cannot read (market rules, RSCALE, SKIP, steps of less than a day), for days
// without an hour, and for a rule that has no date there.
func (r Rule) Outside(after, before time.Time) (Outside, bool) {
	if r.Market != nil || r.Zone == nil || r.AllDay || len(r.Repeats) != 1 || !r.Repeats[0].common() {
		return Outside{}, false
	}
	bare := Rule{Start: r.Start, Zone: r.Zone, Repeats: r.Repeats}
	start, ok := bare.first(after)
	if !ok || (!before.IsZero() && !r.Instant(start, r.Zone).Before(before)) {
		return Outside{}, false
	}
	o := Outside{Start: start, RRule: bare.lasting(before)}
	for _, t := range r.Extra {
		if t.After(start) && !r.excepted(t) {
			o.Extra = append(o.Extra, t)
		}
	}
	for _, day := range r.Except {
		o.Except = append(o.Except, bare.lost(day, r, start)...)
	}
	slices.SortFunc(o.Except, time.Time.Compare)
	o.Except = slices.CompactFunc(o.Except, time.Time.Equal)
	return o, true
}

// common tells whether the rule is one that every calendar program reads.
func (p Repeat) common() bool { return !p.lunar && p.skip == "OMIT" && p.option.Freq <= rrule.DAILY }

func (r Rule) first(after time.Time) (time.Time, bool) {
	answer, err := r.Expand(Window{From: almanac.At(after, r.Zone), Open: true, Most: firstLook})
	if err != nil {
		return time.Time{}, false
	}
	i := slices.IndexFunc(answer.Times, func(t time.Time) bool { return r.Instant(t, r.Zone).After(after) })
	if i < 0 {
		return time.Time{}, false
	}
	return answer.Times[i], true
}

// lasting is the rule's text with its end told as a moment: a COUNT would count from another start.
func (r Rule) lasting(before time.Time) string {
	p := r.Repeats[0]
	parts := slices.DeleteFunc(strings.Split(p.text, ";"), func(part string) bool {
		key, _, _ := strings.Cut(part, "=")
		return slices.Contains([]string{"COUNT", "UNTIL", "RSCALE", "SKIP"}, key)
	})
	until := p.until
	if p.count > 0 {
		if all, err := r.Expand(Window{From: DateOf(r.Start), Open: true}); err == nil && len(all.Times) > 0 {
			until = all.Times[len(all.Times)-1]
		}
	}
	var end time.Time
	if !until.IsZero() {
		end = r.Instant(until, r.Zone)
	}
	if !before.IsZero() && (end.IsZero() || before.Before(end)) {
		end = before.Add(-time.Second)
	}
	if !end.IsZero() {
		parts = append(parts, "UNTIL="+end.UTC().Format("20060102T150405Z"))
	}
	return strings.Join(parts, ";")
}

// lost is the dates of the bare rule that another's exception takes out on the exception's day.
func (r Rule) lost(exception time.Time, from Rule, start time.Time) []time.Time {
	day := DateOf(exception)
	answer, err := r.Expand(Window{From: day, To: day})
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(answer.Times, func(t time.Time) bool { return t.Before(start) || !from.excepted(t) })
}
