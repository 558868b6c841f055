package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
	"onestreet/server/calendar/recur"
)

// calendarCmd asks the calendar without a database: the code is that of the screens.
type calendarCmd struct {
	Expand    expandCmd    `cmd:"" help:"Print the dates of a rule, or of every rule of a file, as JSON."`
	Lunar     lunarCmd     `cmd:"" help:"Print the lunar dates of days, as JSON."`
	Gregorian gregorianCmd `cmd:"" help:"Print the days of lunar dates, as JSON."`
}

type expandCmd struct {
	Rule   string `required:"" placeholder:"FILE" help:"The file with the rule; - reads it from the input."`
	From   string `placeholder:"DATE" help:"The first date, YYYY-MM-DD; without it, the rule's start."`
	To     string `placeholder:"DATE" help:"The last date, included. May be left out for a rule that ends by itself."`
	Most   int    `placeholder:"N" help:"Print the first N dates only; then --to may be left out."`
	Locale string `default:"zh-CN" enum:"zh-CN,en" help:"The language of names: zh-CN or en."`
}

// Help implements kong's.
func (expandCmd) Help() string {
	return `The file holds one rule, or several: a JSON list, a JSON object whose lists hold rules, or lines of RFC 5545 with an
empty line between one rule and the next. One rule is printed as an object, several as a list of them, with "dates",
"days" (lunar date, cycle of sixty, solar term, festivals), "missing" (days that the rule names and the month does not
have: no market), and "complete" (nothing comes after the last date).

  {"kind":"lunar_digits","digits":[3,6,9]}          逢三六九; "leap":false keeps leap months out; 10 is a day that ends in 0
  {"kind":"gregorian_digits","digits":[3,8]}        {"kind":"gregorian_days","days":[8,18,28]}
  {"kind":"lunar_days","days":[1,15]}               {"kind":"lunar_yearly","dates":[[2,6],[2,21]]}
  {"kind":"weekdays","days":["TU","FR"]}            {"kind":"branches","branches":["卯","酉"]}
  {"kind":"solar_terms","terms":["清明"]}           {"kind":"every_days","every":7,"since":"2026-01-03"}
  {"kind":"daily"}                                  {"kind":"any","rules":[…]}

A market rule may have "dtstart", "tzid", "until", "count", "exdate" and "rdate". It may stand in an object with other
facts: {"id":"…","rule":{…}}.

  {"dtstart":"1997-09-02T09:00","tzid":"America/New_York","rrules":["FREQ=DAILY;COUNT=10"],"exdate":["1997-09-03T09:00"]}

  DTSTART;TZID=America/New_York:19970902T090000
  RRULE:FREQ=MONTHLY;BYDAY=1FR;UNTIL=19971224T000000Z

RSCALE=CHINESE and RSCALE=GREGORIAN with SKIP (RFC 7529) are known. Times are told by the wall clock of the rule's zone.
A rule that never ends needs --to or --most; one that makes more than 100,000 dates, or none at all, is refused.`
}

// Run implements the command.
func (c *expandCmd) Run(s streams) error {
	text, err := c.read()
	if err != nil {
		return err
	}
	rules, err := recur.Read(text)
	if err != nil {
		return fmt.Errorf("--rule %s: %w", c.Rule, err)
	}
	views := make([]recur.View, 0, len(rules))
	for _, rule := range rules {
		v, err := c.expand(rule)
		if err != nil {
			return fmt.Errorf("--rule %s: %s%w", c.Rule, named(rule), err)
		}
		views = append(views, v)
	}
	if len(views) == 1 {
		return printJSON(s, views[0])
	}
	return printJSON(s, views)
}

func named(r recur.Rule) string {
	if r.ID == "" {
		return ""
	}
	return r.ID + ": "
}

func (c *expandCmd) read() ([]byte, error) {
	if c.Rule == "-" {
		return io.ReadAll(os.Stdin)
	}
	return os.ReadFile(c.Rule)
}

func (c *expandCmd) expand(rule recur.Rule) (recur.View, error) {
	w, err := c.window(rule)
	if err != nil {
		return recur.View{}, err
	}
	answer, err := rule.Expand(w)
	if err != nil {
		return recur.View{}, err
	}
	return rule.See(answer, c.Locale), nil
}

// window is what the flags ask for, and where they say nothing, the rule's own file.
func (c *expandCmd) window(rule recur.Rule) (w recur.Window, err error) {
	w.Most = c.Most
	switch {
	case c.From != "":
		w.From, err = dateFlag("--from", c.From)
	case rule.From != 0:
		w.From = rule.From
	case !rule.Start.IsZero():
		w.From = recur.DateOf(rule.Start)
	default:
		err = errors.New("--from is missing: the rule does not say where it starts")
	}
	if err != nil {
		return w, err
	}
	switch {
	case c.To != "":
		w.To, err = dateFlag("--to", c.To)
	case rule.To != 0:
		w.To = rule.To
	default:
		w.Open = true
	}
	if err == nil && !w.Open && w.To < w.From {
		err = fmt.Errorf("--to %s is before --from %s", w.To, w.From)
	}
	return w, err
}

func dateFlag(name, text string) (almanac.Date, error) {
	date, err := almanac.Parse(text)
	if err != nil {
		return 0, fmt.Errorf("%s %s: expected a date that there is, YYYY-MM-DD", name, text)
	}
	if date < almanac.First || date > almanac.Last {
		return 0, fmt.Errorf("%s %s: %w", name, text, almanac.ErrSpan)
	}
	return date, nil
}

type lunarCmd struct {
	Dates  []string `arg:"" name:"date" help:"Days, YYYY-MM-DD, from 1901 to 2100."`
	Locale string   `default:"zh-CN" enum:"zh-CN,en" help:"The language of names: zh-CN or en."`
}

// Run implements the command.
func (c *lunarCmd) Run(s streams) error {
	days := make([]recur.DayView, 0, len(c.Dates))
	for _, text := range c.Dates {
		date, err := dateFlag("date", text)
		if err != nil {
			return err
		}
		days = append(days, recur.SeeDay(date, c.Locale))
	}
	return printJSON(s, days)
}

type gregorianCmd struct {
	Dates  []string `arg:"" name:"date" help:"Lunar dates, YEAR-MONTH-DAY, with an L before a leap month: 2025-L06-15."`
	Locale string   `default:"zh-CN" enum:"zh-CN,en" help:"The language of names: zh-CN or en."`
}

// Run implements the command.
func (c *gregorianCmd) Run(s streams) error {
	days := make([]recur.DayView, 0, len(c.Dates))
	for _, text := range c.Dates {
		lunar, err := lunarDate(text)
		if err != nil {
			return err
		}
		date, err := almanac.OfLunar(lunar)
		if err != nil {
			return fmt.Errorf("date %s: %w", text, err)
		}
		days = append(days, recur.SeeDay(date, c.Locale))
	}
	return printJSON(s, days)
}

func lunarDate(text string) (models.LunarDate, error) {
	parts := strings.Split(text, "-")
	if len(parts) != 3 {
		return models.LunarDate{}, fmt.Errorf("date %s: expected a lunar date such as 2025-L06-15", text)
	}
	month, leap := strings.CutPrefix(parts[1], "L")
	numbers := [3]int{}
	for i, part := range []string{parts[0], month, parts[2]} {
		n, err := strconv.Atoi(part)
		if err != nil {
			return models.LunarDate{}, fmt.Errorf("date %s: expected a lunar date such as 2025-L06-15", text)
		}
		numbers[i] = n
	}
	return models.LunarDate{Year: numbers[0], Month: numbers[1], Leap: leap, Day: numbers[2]}, nil
}

func printJSON(s streams, v any) error {
	enc := json.NewEncoder(s.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
