package recur

import (
	"fmt"
	"strings"
)

// line is a content line of RFC 5545: NAME;PARAM=VALUE:VALUE.
type line struct {
	name   string
	params map[string]string
	value  string
}

// parseLines reads DTSTART, RRULE, EXDATE and RDATE, in any order. A rule alone on its line may leave RRULE: out.
func parseLines(text string) (Rule, error) {
	rule := Rule{AllDay: true}
	lines, err := unfold(text)
	if err != nil {
		return rule, err
	}
	for _, l := range lines {
		if l.name == "DTSTART" {
			if err := rule.startLine(l); err != nil {
				return rule, err
			}
		}
	}
	var rules []string
	for _, l := range lines {
		switch l.name {
		case "RRULE":
			rules = append(rules, l.value)
		case "EXDATE", "RDATE":
			if err := rule.dates(l); err != nil {
				return rule, err
			}
		}
	}
	if len(rules) == 0 && len(rule.Extra) > 0 {
		return rule, nil
	}
	return rule, rule.repeat(rules)
}

func (r *Rule) startLine(l line) (err error) {
	if r.Zone, err = zoneOf(l.params["TZID"]); err != nil {
		return err
	}
	if r.Zone == nil && strings.HasSuffix(l.value, "Z") {
		r.Zone, _ = zoneOf("UTC")
	}
	return r.begin(l.value)
}

// dates reads EXDATE or RDATE; times of another zone are told by the rule's clock.
func (r *Rule) dates(l line) error {
	zone, err := zoneOf(l.params["TZID"])
	if err != nil {
		return err
	}
	for _, text := range strings.Split(l.value, ",") {
		at, day, err := readWall(text, r.Zone)
		if err != nil {
			return unclear(l.name + ":" + text)
		}
		if zone != nil && r.Zone != nil && zone.String() != r.Zone.String() && !day {
			there, _ := instant(at, zone)
			at = wallClock(there, r.Zone)
		}
		if l.name == "EXDATE" {
			r.Except = append(r.Except, at)
		} else {
			r.Extra = append(r.Extra, at)
		}
	}
	return nil
}

var lineNames = map[string]bool{"DTSTART": true, "RRULE": true, "EXDATE": true, "RDATE": true}

// unfold joins continued lines (those that begin with a blank) and splits each at its colon.
func unfold(text string) ([]line, error) {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n ", "")
	var lines []line
	for i, row := range strings.Split(text, "\n") {
		row = strings.TrimSpace(row)
		if row == "" {
			continue
		}
		if strings.HasPrefix(strings.ToUpper(row), "FREQ=") || strings.HasPrefix(strings.ToUpper(row), "RSCALE=") {
			row = "RRULE:" + row
		}
		l, ok := readLine(row)
		if !ok || !lineNames[l.name] {
			return nil, wrong(fmt.Sprintf("第 %d 行，只认 DTSTART、RRULE、EXDATE、RDATE", i+1),
				fmt.Sprintf("line %d: DTSTART, RRULE, EXDATE or RDATE is expected", i+1))
		}
		lines = append(lines, l)
	}
	return lines, nil
}

func readLine(row string) (line, bool) {
	head, value, ok := strings.Cut(row, ":")
	parts := strings.Split(head, ";")
	l := line{name: strings.ToUpper(parts[0]), params: map[string]string{}, value: strings.TrimSpace(value)}
	for _, part := range parts[1:] {
		key, param, _ := strings.Cut(part, "=")
		l.params[strings.ToUpper(key)] = strings.Trim(param, `"`)
	}
	return l, ok
}
