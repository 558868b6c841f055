package intake

import (
	"strconv"
	"strings"
	"time"
)

const wallForm = "2006-01-02T15:04:05"

// repeat takes apart how an event comes again. Whether the rule can work is package recur's to say.
func (r *reader) repeat(e *Entry, p *part, start moment) {
	rules, extra := p.all("RRULE"), p.all("RDATE")
	if len(rules)+len(extra) == 0 {
		return
	}
	if len(p.all("EXRULE")) > 0 {
		e.note(fault("rule_left_out", "EXRULE"))
	}
	if len(rules) > 1 {
		e.note(fault("rules_several", "RRULE"))
	}
	e.Repeat = &Repeat{Rule: "FREQ=DAILY", Count: 1, Zone: start.zone.String()}
	if len(rules) > 0 {
		e.Repeat.rule(r, rules[0], start)
	}
	for _, one := range extra {
		r.each(e, one, start, func(m moment) { e.Repeat.Extra = append(e.Repeat.Extra, m.wall.Format(wallForm)) })
	}
	for _, one := range p.all("EXDATE") {
		r.each(e, one, start, func(m moment) { e.Repeat.Except = append(e.Repeat.Except, exception(m, start)) })
	}
}

// rule keeps an RRULE without its end, and the end by itself.
func (rep *Repeat) rule(r *reader, p property, start moment) {
	var kept []string
	rep.Count = 0
	for _, part := range strings.Split(strings.ToUpper(strings.Trim(strings.TrimSpace(p.Value), ";")), ";") {
		name, value, _ := strings.Cut(part, "=")
		switch name {
		case "COUNT":
			if n, err := strconv.Atoi(value); err == nil {
				rep.Count = n
				continue
			}
		case "UNTIL":
			if until, wrong := r.moment(property{line: p.line}, value); wrong == nil {
				rep.Until = lastDay(until, start)
				continue
			}
		}
		kept = append(kept, part)
	}
	rep.Rule = strings.Join(kept, ";")
}

// lastDay is the last day of a rule that ends at a moment: the day before, when the moment comes before the rule's hour.
func lastDay(until, start moment) string {
	m := until
	if !until.day {
		m = until.in(start.zone)
		if hourOf(m.wall) < hourOf(start.wall) {
			m.wall = m.wall.AddDate(0, 0, -1)
		}
	}
	return m.wall.Format(time.DateOnly)
}

func hourOf(wall time.Time) time.Duration { return wall.Sub(wall.Truncate(24 * time.Hour)) }

// each reads the moments of an RDATE or EXDATE by the series' clock; of a period, its beginning. A day alone is at the series' hour.
func (r *reader) each(e *Entry, p property, start moment, do func(moment)) {
	for _, text := range strings.Split(p.Value, ",") {
		text, _, _ = strings.Cut(text, "/")
		m, wrong := r.moment(p, text)
		if wrong != nil {
			e.note(*wrong)
			continue
		}
		do(r.at(m, start))
	}
}

func (r *reader) at(m, start moment) moment {
	if m.day {
		return moment{m.wall.Add(hourOf(start.wall)), start.zone, false}
	}
	return m.in(start.zone)
}

// exception is a day without a date, or, where the hour is not the series', the moment.
func exception(m, start moment) string {
	if hourOf(m.wall) == hourOf(start.wall) {
		return m.wall.Format(time.DateOnly)
	}
	return m.wall.Format(wallForm)
}

// move notes that a date of the series is another than its rule says.
func (e *Entry) move(r *reader, date Entry, of property) {
	zone, err := time.LoadLocation(e.Repeat.Zone)
	if err != nil {
		return
	}
	m, wrong := r.moment(of, of.Value)
	if wrong != nil {
		e.note(*wrong)
		return
	}
	if strings.EqualFold(of.param("RANGE"), "THISANDFUTURE") {
		e.note(remark("range_left_out", "RECURRENCE-ID"))
	}
	if date.Faulty() && !date.Off {
		e.Problems = append(e.Problems, date.Problems...)
		return
	}
	moved := Moved{Of: r.at(m, wallIn(e.StartsAt, zone)).instant(), StartsAt: date.StartsAt, EndsAt: date.EndsAt, Off: date.Off}
	moved.Title, moved.Story, moved.Place = own(date.Title, e.Title), own(date.Story, e.Story), own(date.Place, e.Place)
	e.Moved = append(e.Moved, moved)
	if date.newer(*e) {
		e.Sequence, e.Modified = date.Sequence, date.Modified
	}
}

func own(word, of string) string {
	if word == of {
		return ""
	}
	return word
}
