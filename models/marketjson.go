package models

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ParseMarketRule reads a rule: nothing (no market), lunar digits such as "3,6,9", or a JSON object with its kind, such
// as {"kind":"weekdays","days":["TU","FR"]}. It returns ErrMarketRule for anything else.
func ParseMarketRule(text string) (MarketRule, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return MarketRule{}, nil
	}
	if strings.HasPrefix(text, "{") {
		return marketRuleFromJSON([]byte(text))
	}
	rule := MarketRule{Kind: MarketLunarDigits}
	for _, part := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(",，、 ", c) }) {
		n, err := strconv.Atoi(part)
		if err != nil {
			return MarketRule{}, ErrMarketRule
		}
		rule.Digits = append(rule.Digits, n)
	}
	return rule, rule.check()
}

// marketRuleJSON is how rules are written: days are numbers, or two letters of the weekday (RFC 5545).
type marketRuleJSON struct {
	Kind     MarketKind        `json:"kind"`
	Digits   []int             `json:"digits,omitempty"`
	Days     json.RawMessage   `json:"days,omitempty"`
	Branches []string          `json:"branches,omitempty"`
	Dates    [][2]int          `json:"dates,omitempty"`
	Leap     *bool             `json:"leap,omitempty"`
	Terms    []string          `json:"terms,omitempty"`
	Every    int               `json:"every,omitempty"`
	Since    string            `json:"since,omitempty"`
	Rules    []json.RawMessage `json:"rules,omitempty"`
}

var weekdayCodes = []string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}

func marketRuleFromJSON(text []byte) (MarketRule, error) {
	var in marketRuleJSON
	if err := json.Unmarshal(text, &in); err != nil {
		return MarketRule{}, ErrMarketRule
	}
	rule := MarketRule{Kind: in.Kind, Digits: in.Digits, Dates: in.Dates, Leap: in.Leap, Every: in.Every}
	if err := rule.readDays(in.Days); err != nil {
		return MarketRule{}, err
	}
	for _, name := range in.Branches {
		rule.Branches = append(rule.Branches, branchOf(name))
	}
	for _, name := range in.Terms {
		rule.Terms = append(rule.Terms, solarTerm(name))
	}
	if err := rule.readSince(in.Since); err != nil {
		return MarketRule{}, err
	}
	if err := rule.readRules(in.Rules); err != nil {
		return MarketRule{}, err
	}
	return rule, rule.check()
}

// branchOf finds a branch by its name or its animal, as market places are called: 牛场; -1: there is none such.
func branchOf(name string) int {
	if at := slices.Index(branches, name); at >= 0 {
		return at
	}
	return slices.Index(branchBeasts, name)
}

// solarTerm finds a term by its name; 0: there is none such.
func solarTerm(name string) int {
	return max(0, slices.IndexFunc(SolarTerms[:], func(t Text) bool { return t.ZH != "" && (t.ZH == name || t.EN == name) }))
}

func (r *MarketRule) readSince(text string) (err error) {
	if r.Kind != MarketEveryDays {
		return nil
	}
	if r.Since, err = time.Parse(time.DateOnly, text); err != nil {
		return ErrMarketRule
	}
	return nil
}

// readRules reads the rules that one is made of; they are not made of others in turn.
func (r *MarketRule) readRules(list []json.RawMessage) error {
	for _, text := range list {
		one, err := marketRuleFromJSON(text)
		if err != nil || one.Kind == MarketAny {
			return ErrMarketRule
		}
		r.Rules = append(r.Rules, one)
	}
	return nil
}

func (r *MarketRule) readDays(text json.RawMessage) error {
	if len(text) == 0 {
		return nil
	}
	if r.Kind != MarketWeekdays {
		if json.Unmarshal(text, &r.Days) != nil {
			return ErrMarketRule
		}
		return nil
	}
	var codes []string
	if json.Unmarshal(text, &codes) != nil {
		return ErrMarketRule
	}
	for _, code := range codes {
		r.Weekdays = append(r.Weekdays, time.Weekday(slices.Index(weekdayCodes, code)))
	}
	return nil
}
