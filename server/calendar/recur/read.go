package recur

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
)

// written is a rule as JSON has it. Where a file wraps a market rule ("rule": {…}), what stands around it counts too.
type written struct {
	ID      string          `json:"id"`
	Kind    string          `json:"kind"`
	Rule    json.RawMessage `json:"rule"`
	Start   string          `json:"dtstart"`
	Zone    string          `json:"tzid"`
	RRule   texts           `json:"rrule"`
	RRules  texts           `json:"rrules"`
	Until   string          `json:"until"`
	Count   *int            `json:"count"`
	Except  texts           `json:"exdate"`
	Extra   texts           `json:"rdate"`
	StartAt string          `json:"start_at"`
	Window  []string        `json:"window"`
}

// texts is one text or a list of them.
type texts []string

// UnmarshalJSON implements json's.
func (t *texts) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		*t = make(texts, 1)
		return json.Unmarshal(data, &(*t)[0])
	}
	return json.Unmarshal(data, (*[]string)(t))
}

// isRule tells whether the object is a rule, and not some other part of a file.
func (w written) isRule() bool {
	return w.Kind != "" || len(w.RRule)+len(w.RRules) > 0 || (len(w.Rule) > 0 && w.Rule[0] == '{')
}

// Read reads the rules of a file: one rule in JSON, a list of them, an object whose lists hold them, or lines of RFC
// 5545 with an empty line between one rule and the next. Errors as Parse, and rule_unclear when there is no rule.
func Read(data []byte) ([]Rule, error) {
	data = bytes.TrimSpace(data)
	if len(data) == 0 {
		return nil, wrong("文件是空的", "the file is empty")
	}
	var rules []Rule
	err := pieces(data, func(piece []byte) error {
		rule, err := Parse(piece)
		if err == nil {
			rules = append(rules, rule)
		}
		return err
	})
	if err == nil && len(rules) == 0 {
		err = wrong("里面没有规则", "there is no rule in it")
	}
	return rules, err
}

func pieces(data []byte, each func([]byte) error) error {
	switch data[0] {
	case '[':
		return list(data, each)
	case '{':
		return object(data, each)
	}
	for _, block := range blocks(string(data)) {
		if err := each([]byte(block)); err != nil {
			return err
		}
	}
	return nil
}

// blocks splits lines of RFC 5545 at the empty ones.
func blocks(text string) []string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return slices.DeleteFunc(strings.Split(text, "\n\n"), func(b string) bool { return strings.TrimSpace(b) == "" })
}

func list(data []byte, each func([]byte) error) error {
	var items []json.RawMessage
	if err := json.Unmarshal(data, &items); err != nil {
		return ErrJSON
	}
	for _, item := range items {
		if err := each(item); err != nil {
			return err
		}
	}
	return nil
}

// object reads a rule, or a file's object whose lists hold rules beside other things.
func object(data []byte, each func([]byte) error) error {
	var w written
	if err := json.Unmarshal(data, &w); err == nil && w.isRule() {
		return each(data)
	}
	keys := map[string]json.RawMessage{}
	if err := json.Unmarshal(data, &keys); err != nil {
		return ErrJSON
	}
	for _, key := range inOrder(data) {
		var items []json.RawMessage
		if json.Unmarshal(keys[key], &items) != nil {
			continue
		}
		for _, item := range items {
			var w written
			if json.Unmarshal(item, &w) != nil || !w.isRule() {
				continue
			}
			if err := each(item); err != nil {
				return err
			}
		}
	}
	return nil
}

// inOrder is an object's keys as they stand in the text.
func inOrder(data []byte) []string {
	var keys []string
	decoder := json.NewDecoder(bytes.NewReader(data))
	_, _ = decoder.Token() // the brace; the text was read before
	for decoder.More() {
		key, _ := decoder.Token()
		name, _ := key.(string)
		keys = append(keys, name)
		var skipped json.RawMessage
		if decoder.Decode(&skipped) != nil {
			return keys
		}
	}
	return keys
}

// Parse reads one rule: a JSON object, or lines DTSTART, RRULE, EXDATE, RDATE of RFC 5545. Errors: rule_unclear,
// rule_never, rule_ends_before_start, rule_too_many, zone_unknown, market_rule_invalid.
func Parse(data []byte) (Rule, error) { return ParseFor(data, models.MarketRule{}) }

// ParseFor is Parse on a street: {"kind":"street"} is what its market rule says. It is refused where there is no market.
func ParseFor(data []byte, street models.MarketRule) (Rule, error) {
	data = bytes.TrimSpace(data)
	if len(data) == 0 {
		return Rule{}, wrong("还没写规则", "nothing is written")
	}
	if data[0] != '{' {
		return parseLines(string(data))
	}
	var w written
	if err := json.Unmarshal(data, &w); err != nil {
		return Rule{}, ErrJSON
	}
	return w.rule(data, street)
}

func (w written) rule(data []byte, street models.MarketRule) (Rule, error) {
	rule := Rule{ID: w.ID}
	var err error
	if rule.Zone, err = zoneOf(w.Zone); err != nil {
		return rule, err
	}
	if err := rule.begin(w.Start); err != nil {
		return rule, err
	}
	switch {
	case len(w.Rule) > 0 && w.Rule[0] == '{':
		err = rule.market(w.Rule)
	case w.Kind == "street" && street.Kind != models.MarketNone:
		rule.Market = &street
	case w.Kind != "":
		err = rule.market(data)
	}
	if err == nil {
		err = rule.repeat(append(w.RRule, w.RRules...))
	}
	if err == nil {
		err = rule.ends(w)
	}
	if err == nil {
		err = rule.exceptions(w)
	}
	return rule, err
}

func (r *Rule) begin(text string) (err error) {
	if text == "" {
		r.AllDay = true
		return nil
	}
	if r.Start, r.AllDay, err = readWall(text, r.Zone); err != nil {
		return unclear("dtstart " + text)
	}
	return nil
}

func (r *Rule) market(text []byte) error {
	rule, err := models.ParseMarketRule(string(text))
	r.Market = &rule
	return err
}

func (r *Rule) repeat(list []string) error {
	if len(list) == 0 && r.Market == nil {
		return wrong("少了 kind 或 rrule", "neither kind nor rrule is there")
	}
	if len(list) > 0 && r.Start.IsZero() {
		return wrong("少了 dtstart，就是从哪天起", "dtstart is missing: when it begins")
	}
	for _, text := range list {
		p, err := readRepeat(text, r.Start, r.AllDay, r.Zone)
		if err != nil {
			return err
		}
		r.Repeats = append(r.Repeats, p)
	}
	return nil
}

// ends reads where a market rule ends, and which dates the file asks for.
func (r *Rule) ends(w written) error {
	if w.Count != nil {
		if *w.Count < 1 || *w.Count > Most || r.Start.IsZero() {
			return wrong("count 从 1 起，要和 dtstart 一起写", "count is 1 or more and needs dtstart")
		}
		r.Count = *w.Count
	}
	if w.Until != "" {
		until, day, err := readWall(w.Until, r.Zone)
		if err != nil {
			return unclear("until " + w.Until)
		}
		if r.Until = lastMoment(until, day, false); r.Until.Before(r.Start) {
			return ErrEndsBefore
		}
	}
	return r.asks(w)
}

func (r *Rule) asks(w written) (err error) {
	if len(w.Window) == 2 {
		w.StartAt = w.Window[0]
		if r.To, err = almanac.Parse(w.Window[1]); err != nil {
			return unclear("window " + w.Window[1])
		}
	}
	if w.StartAt != "" {
		if r.From, err = almanac.Parse(w.StartAt); err != nil {
			return unclear("start_at " + w.StartAt)
		}
	}
	return nil
}

func (r *Rule) exceptions(w written) error {
	for _, list := range []struct {
		from texts
		to   *[]time.Time
	}{{w.Except, &r.Except}, {w.Extra, &r.Extra}} {
		for _, text := range list.from {
			at, _, err := readWall(text, r.Zone)
			if err != nil {
				return wrong("日期 "+text, "date "+text)
			}
			*list.to = append(*list.to, at)
		}
	}
	return nil
}

// forms are how a time may be written, the day alone last.
var forms = []string{"20060102T150405", "2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02 15:04", "20060102", "2006-01-02"}

// readWall reads a time by the wall clock of a zone, or a day. One with a Z is a moment, and is told by the zone's clock.
func readWall(text string, zone *time.Location) (at time.Time, day bool, err error) {
	digits, utc := strings.CutSuffix(text, "Z")
	for i, form := range forms {
		if at, err = time.Parse(form, digits); err == nil {
			day = i >= len(forms)-2
			break
		}
	}
	if err == nil && utc && !day {
		at = wallClock(at, zone)
	}
	return at, day, err
}
