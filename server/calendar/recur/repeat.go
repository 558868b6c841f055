package recur

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/teambition/rrule-go"
)

// Repeat is one RRULE, read and found able to work.
type Repeat struct {
	text    string
	option  rrule.ROption // without COUNT and UNTIL, and without BYMONTH where months may be leap months
	until   time.Time     // by the wall clock, included
	count   int
	lunar   bool        // RSCALE=CHINESE
	skip    string      // OMIT, BACKWARD, FORWARD
	byMonth []monthName // BYMONTH of a scale
	scaled  bool        // computed here, not by rrule-go
}

// monthName is a month as RFC 7529 writes it: 5, or 5L for the leap month after it.
type monthName struct {
	number int
	leap   bool
}

// String is the rule as it was written.
func (p Repeat) String() string { return p.text }

// source chooses who computes the rule.
func (p *Repeat) source(start time.Time) source {
	if p.scaled {
		return newScaled(*p, start)
	}
	return plain{p, start}
}

// known are the parts of a rule. BYEASTER is an extension of libraries that no calendar program reads.
var known = []string{
	"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYSETPOS", "BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYDAY",
	"BYHOUR", "BYMINUTE", "BYSECOND", "RSCALE", "SKIP",
}

// readRepeat reads an RRULE for a start. Errors: rule_unclear, rule_never, rule_ends_before_start, rule_too_many.
func readRepeat(text string, start time.Time, allDay bool, zone *time.Location) (Repeat, error) {
	p := Repeat{text: bare(text), skip: "OMIT"}
	parts, err := split(p.text)
	if err != nil {
		return p, err
	}
	if err := p.readScale(parts); err != nil {
		return p, err
	}
	if err := p.readEnd(parts, start, allDay, zone); err != nil {
		return p, err
	}
	if err := p.readOption(parts, start); err != nil {
		return p, err
	}
	p.complete(start, allDay)
	return p, p.check()
}

// bare is the rule without its property's name and the semicolon that some calendars write at its end.
func bare(text string) string {
	text = strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(text)), "RRULE:")
	return strings.TrimSuffix(text, ";")
}

func split(text string) (map[string]string, error) {
	parts := map[string]string{}
	for _, part := range strings.Split(text, ";") {
		key, value, ok := strings.Cut(part, "=")
		switch {
		case !ok || value == "":
			return nil, unclear(part)
		case !slices.Contains(known, key):
			return nil, unclear(key)
		case parts[key] != "":
			return nil, wrong(key+" 写了两遍", key+" stands twice")
		}
		parts[key] = value
	}
	if parts["FREQ"] == "" {
		return nil, wrong("少了 FREQ，就是隔多久一次", "FREQ is missing: how often it comes")
	}
	return parts, nil
}

func (p *Repeat) readScale(parts map[string]string) error {
	scale, skip := parts["RSCALE"], parts["SKIP"]
	switch scale {
	case "", "GREGORIAN":
	case "CHINESE":
		p.lunar = true
	default:
		return wrong("RSCALE="+scale+"，只认 CHINESE 和 GREGORIAN", "RSCALE="+scale+": CHINESE and GREGORIAN are known")
	}
	if skip != "" {
		if scale == "" || !slices.Contains([]string{"OMIT", "BACKWARD", "FORWARD"}, skip) {
			return unclear("SKIP=" + skip)
		}
		p.skip = skip
	}
	p.scaled = p.lunar || p.skip != "OMIT" || mixed(parts)
	if !p.scaled {
		return nil
	}
	return p.readMonths(parts["BYMONTH"])
}

// mixed tells whether BYDAY names every Sunday beside the first Tuesday: rrule-go gives only days that are both.
func mixed(parts map[string]string) bool {
	ordinals, days := 0, strings.Split(parts["BYDAY"], ",")
	for _, day := range days {
		if len(day) > 2 {
			ordinals++
		}
	}
	return ordinals > 0 && ordinals < len(days)
}

func (p *Repeat) readMonths(text string) error {
	if text == "" {
		return nil
	}
	for _, name := range strings.Split(text, ",") {
		digits, leap := strings.CutSuffix(name, "L")
		n, err := strconv.Atoi(digits)
		if err != nil || n < 1 || n > 12 || (leap && !p.lunar) {
			return unclear("BYMONTH=" + name)
		}
		p.byMonth = append(p.byMonth, monthName{n, leap})
	}
	return nil
}

// readEnd reads COUNT and UNTIL. An UNTIL that is a date includes all of the day.
func (p *Repeat) readEnd(parts map[string]string, start time.Time, allDay bool, zone *time.Location) error {
	if text := parts["COUNT"]; text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			return unclear("COUNT=" + text)
		}
		if n > Most {
			return ErrTooMany.With(Most)
		}
		p.count = n
	}
	text := parts["UNTIL"]
	if text == "" {
		return nil
	}
	if p.count > 0 {
		return wrong("COUNT 和 UNTIL 只能写一个", "COUNT and UNTIL do not go together")
	}
	until, day, err := readWall(text, zone)
	if err != nil {
		return unclear("UNTIL=" + text)
	}
	p.until = lastMoment(until, day, allDay)
	if p.until.Before(start) {
		return ErrEndsBefore
	}
	return nil
}

// lastMoment is the last second of an end that is a day.
func lastMoment(until time.Time, day, allDay bool) time.Time {
	if day && !allDay {
		return until.Add(24*time.Hour - time.Second)
	}
	return until
}

// readOption lets rrule-go read the rest.
func (p *Repeat) readOption(parts map[string]string, start time.Time) error {
	var rest []string
	for _, key := range known {
		taken := key == "RSCALE" || key == "SKIP" || key == "COUNT" || key == "UNTIL" || (key == "BYMONTH" && p.scaled)
		if value := parts[key]; value != "" && !taken {
			rest = append(rest, key+"="+value)
		}
	}
	option, err := rrule.StrToROption(strings.Join(rest, ";"))
	if err != nil {
		return unclear(culprit(rest))
	}
	if parts["INTERVAL"] != "" && option.Interval < 1 {
		return unclear("INTERVAL=" + parts["INTERVAL"])
	}
	option.Interval = max(option.Interval, 1)
	option.Dtstart = start
	if _, err := rrule.NewRRule(*option); err != nil {
		return unclear(culprit(rest))
	}
	p.option = *option
	return nil
}

// complete makes of what is written what is meant (RFC 5545, 3.3.10): a day named twice comes once, whole days have
// no hours, and a week's day is the start's where the rule names none; rrule-go would give all seven.
func (p *Repeat) complete(start time.Time, allDay bool) {
	o := &p.option
	if allDay {
		o.Byhour, o.Byminute, o.Bysecond = nil, nil, nil
	}
	for _, list := range []*[]int{
		&o.Bymonth, &o.Bymonthday, &o.Byyearday, &o.Byweekno, &o.Byhour, &o.Byminute, &o.Bysecond, &o.Bysetpos,
	} {
		*list = once(*list)
	}
	if len(o.Byweekno) > 0 && len(o.Byweekday)+len(o.Bymonthday)+len(o.Byyearday) == 0 {
		o.Byweekday = []rrule.Weekday{weekdays[start.Weekday()]}
	}
}

func once(list []int) []int {
	slices.Sort(list)
	return slices.Compact(list)
}

// culprit is the first part that makes a rule unreadable by itself; all of them when it takes several.
func culprit(parts []string) string {
	for _, part := range parts {
		text := part
		if !strings.HasPrefix(part, "FREQ=") {
			text = "FREQ=DAILY;" + part
		}
		option, err := rrule.StrToROption(text)
		if err == nil {
			_, err = rrule.NewRRule(*option)
		}
		if err != nil {
			return part
		}
	}
	return strings.Join(parts, ";")
}
