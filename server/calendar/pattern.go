package calendar

import (
	"encoding/json"
	"errors"
	"strings"
	"time"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
	"onestreet/server/calendar/recur"
)

// Pattern is how an organiser says when an event comes again.
type Pattern struct {
	Rule     string    `json:"rule" maxLength:"1000" doc:"FREQ=WEEKLY;BYDAY=SA, or a market rule in JSON; {\"kind\":\"street\"} is every market day of the street"`
	Zone     string    `json:"tzid,omitempty" maxLength:"60" doc:"by whose clock the rule runs, such as Europe/Berlin; the street's without it"`
	StartsAt time.Time `json:"starts_at" doc:"the first date, or the day from which the rule is followed, at the hour of all"`
	Until    string    `json:"until,omitempty" doc:"the last date, YYYY-MM-DD; without it and count the series goes on"`
	Count    int       `json:"count,omitempty" minimum:"0" maximum:"400" doc:"so many dates in all"`
	Except   []string  `json:"exdate,omitempty" maxItems:"100" doc:"days without it, YYYY-MM-DD"`
	Extra    []string  `json:"rdate,omitempty" maxItems:"100" doc:"days with it beside the rule's, YYYY-MM-DD"`
}

// written is a pattern as it is kept: what package recur reads.
type written struct {
	Start  string          `json:"dtstart"`
	Zone   string          `json:"tzid"`
	Kind   string          `json:"kind,omitempty"`
	Rule   json.RawMessage `json:"rule,omitempty"`
	RRule  string          `json:"rrule,omitempty"`
	Until  string          `json:"until,omitempty"`
	Count  int             `json:"count,omitempty"`
	Except []string        `json:"exdate,omitempty"`
	Extra  []string        `json:"rdate,omitempty"`
}

const wallForm = "2006-01-02T15:04:05"

// write tells the pattern for a street's clock.
func (p Pattern) write(street models.Alliance) (string, error) {
	zone, err := p.zone(street)
	if err != nil {
		return "", err
	}
	start := p.StartsAt.In(zone)
	w := written{Start: start.Format(wallForm), Zone: zone.String(), Except: p.Except}
	for _, day := range p.Extra {
		if len(day) == len(time.DateOnly) {
			day += start.Format("T15:04:05")
		}
		w.Extra = append(w.Extra, day)
	}
	rule := strings.TrimSpace(p.Rule)
	if strings.HasPrefix(rule, "{") {
		w.Until, w.Count = p.Until, p.Count
		if err := w.market([]byte(rule)); err != nil {
			return "", err
		}
	} else {
		w.RRule = rule + p.ending()
	}
	text, err := json.Marshal(w)
	return string(text), err
}

func (w *written) market(rule []byte) error {
	var kind struct{ Kind string }
	if err := json.Unmarshal(rule, &kind); err != nil {
		return recur.ErrJSON
	}
	if kind.Kind == "street" {
		w.Kind = kind.Kind
		return nil
	}
	w.Rule = rule
	return nil
}

// zone is by whose clock the rule runs. Error: zone_unknown.
func (p Pattern) zone(street models.Alliance) (*time.Location, error) {
	if p.Zone == "" {
		return street.Location(), nil
	}
	zone, err := time.LoadLocation(p.Zone)
	if err != nil || p.Zone == "Local" {
		return nil, recur.ErrZone.With(p.Zone).At("/tzid")
	}
	return zone, nil
}

// patternOf reads a pattern as it is kept.
func patternOf(text string) (Pattern, error) {
	var w written
	if err := json.Unmarshal([]byte(text), &w); err != nil {
		return Pattern{}, err
	}
	zone, err := time.LoadLocation(w.Zone)
	if err != nil {
		return Pattern{}, err
	}
	start, err := time.ParseInLocation(wallForm, w.Start, zone)
	p := Pattern{Rule: string(w.Rule), Zone: w.Zone, StartsAt: start, Until: w.Until, Count: w.Count, Except: w.Except}
	if w.Kind != "" {
		p.Rule = streetRule
	}
	for _, at := range w.Extra {
		p.Extra = append(p.Extra, strings.TrimSuffix(at, start.Format("T15:04:05")))
	}
	if w.RRule != "" {
		p.readEnding(w.RRule)
	}
	return p, err
}

// streetRule is every market day of the street.
const streetRule = `{"kind":"street"}`

// ofStreet tells whether the pattern follows the street's market rule, market whether any.
func (p Pattern) ofStreet() bool { return p.Rule == streetRule }
func (p Pattern) market() bool   { return strings.HasPrefix(p.Rule, "{") }

// readEnding takes COUNT and UNTIL, which ending has added, from an RRULE.
func (p *Pattern) readEnding(rule string) {
	var kept []string
	for _, part := range strings.Split(rule, ";") {
		name, value, _ := strings.Cut(part, "=")
		switch strings.ToUpper(name) {
		case "UNTIL":
			if day, err := time.Parse("20060102", value[:min(8, len(value))]); err == nil {
				p.Until = day.Format(time.DateOnly)
			}
		case "COUNT":
			_ = json.Unmarshal([]byte(value), &p.Count) // it was checked when it was written
		default:
			kept = append(kept, part)
		}
	}
	p.Rule = strings.Join(kept, ";")
}

// ending is where an RRULE ends, in its own words.
func (p Pattern) ending() string {
	switch {
	case p.Until != "":
		return ";UNTIL=" + strings.ReplaceAll(p.Until, "-", "")
	case p.Count > 0:
		return ";COUNT=" + jsonNumber(p.Count)
	}
	return ""
}

func jsonNumber(n int) string {
	text, _ := json.Marshal(n) // a number always can be
	return string(text)
}

// read is the rule of a pattern as it is kept, on a street.
func readRule(text string, street models.Alliance) (recur.Rule, error) {
	market, err := models.ParseMarketRule(street.MarketRule)
	if err != nil {
		return recur.Rule{}, err
	}
	rule, err := recur.ParseFor([]byte(text), market)
	var refused *models.Error
	if errors.As(err, &refused) && len(refused.Fields) == 0 {
		err = refused.At("/rule")
	}
	return rule, err
}

// rhythmic tells whether calendar programs can read the pattern: an RRULE of plain days.
func (p Pattern) rhythmic(street models.Alliance) bool {
	text, err := p.write(street)
	if err != nil {
		return false
	}
	rule, err := readRule(text, street)
	if err != nil {
		return false
	}
	_, ok := rule.Outside(p.StartsAt.Add(-time.Second), time.Time{})
	return ok
}

// moments are the rule's dates after a time and up to another, in UTC.
func moments(rule recur.Rule, street models.Alliance, after, until time.Time) ([]time.Time, error) {
	zone := street.Location()
	if rule.Zone != nil {
		zone = rule.Zone
	}
	window := recur.Window{From: almanac.At(after, zone), To: almanac.At(until, zone)}
	answer, err := rule.Expand(window)
	var list []time.Time
	for _, wall := range answer.Times {
		if at := rule.Instant(wall, zone).UTC(); at.After(after) && !at.After(until) {
			list = append(list, at)
		}
	}
	return list, err
}

// preview shows the next dates of a pattern. Errors: those of package recur, series_dense, series_empty.
func (p Pattern) preview(street models.Alliance, now time.Time, most int, locale string) (recur.View, error) {
	rule, err := p.checked(street, now)
	if err != nil {
		return recur.View{}, err
	}
	answer, err := rule.Expand(recur.Window{From: almanac.At(now, street.Location()), Open: true, Most: most})
	return rule.See(answer, locale), err
}

// checked refuses a pattern that makes too many dates a year, or none in the time for which they are made.
func (p Pattern) checked(street models.Alliance, now time.Time) (recur.Rule, error) {
	text, err := p.write(street)
	if err != nil {
		return recur.Rule{}, err
	}
	rule, err := readRule(text, street)
	if err != nil {
		return rule, err
	}
	from := later(now, p.StartsAt.Add(-time.Second))
	year, err := moments(rule, street, from, from.AddDate(1, 0, 0))
	switch {
	case err != nil:
		return rule, err
	case len(year) > models.SeriesYearMax:
		return rule, ErrDense.With(models.SeriesYearMax).At("/rule")
	case len(year) == 0:
		return rule, ErrNoDates
	}
	return rule, nil
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
