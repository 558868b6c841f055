package recur

import (
	"fmt"
	"slices"

	"github.com/teambition/rrule-go"
)

// check refuses what RFC 5545 forbids, what rrule-go would follow for ever, and what has no date.
func (p Repeat) check() error {
	o := p.option
	if err := p.forbidden(); err != nil {
		return err
	}
	if err := p.ordinals(); err != nil {
		return err
	}
	if p.scaled && o.Freq > rrule.DAILY {
		return apart("RSCALE", "FREQ="+o.Freq.String())
	}
	if err := p.days(); err != nil {
		return err
	}
	if !reachable(o) {
		return never(fmt.Sprintf("INTERVAL=%d，永远碰不上写的钟点", o.Interval), fmt.Sprintf("INTERVAL=%d never meets the hours that it names", o.Interval))
	}
	return nil
}

// forbidden are the pairs that RFC 5545, 3.3.10 rules out.
func (p Repeat) forbidden() error {
	o := p.option
	switch {
	case len(o.Byweekno) > 0 && (o.Freq != rrule.YEARLY || p.scaled):
		return apart("BYWEEKNO", "FREQ="+o.Freq.String())
	case len(o.Byyearday) > 0 && slices.Contains([]rrule.Frequency{rrule.DAILY, rrule.WEEKLY, rrule.MONTHLY}, o.Freq):
		return apart("BYYEARDAY", "FREQ="+o.Freq.String())
	case len(o.Bymonthday) > 0 && o.Freq == rrule.WEEKLY:
		return apart("BYMONTHDAY", "FREQ=WEEKLY")
	case len(o.Bysetpos) > 0 && !p.chooses():
		return wrong("BYSETPOS 要和别的 BY 一起写", "BYSETPOS needs another BY part beside it")
	}
	return nil
}

// chooses tells whether there is a part that BYSETPOS can choose from.
func (p Repeat) chooses() bool {
	o := p.option
	return len(o.Bymonth)+len(p.byMonth)+len(o.Bymonthday)+len(o.Byyearday)+len(o.Byweekno)+len(o.Byweekday)+
		len(o.Byhour)+len(o.Byminute)+len(o.Bysecond) > 0
}

// ordinals refuses 2MO where there is no month or year to count in, and the sixth Monday of a month.
func (p Repeat) ordinals() error {
	o := p.option
	inMonth := o.Freq == rrule.MONTHLY || len(o.Bymonth)+len(p.byMonth) > 0
	for _, day := range o.Byweekday {
		switch n := max(day.N(), -day.N()); {
		case n == 0:
		case o.Freq > rrule.MONTHLY || len(o.Byweekno) > 0:
			return apart("BYDAY="+day.String(), "FREQ="+o.Freq.String())
		case inMonth && n > 5:
			return never("BYDAY="+day.String()+"，一个月里没有这么多", "BYDAY="+day.String()+": no month has so many")
		}
	}
	return nil
}

// longest are the most days that a month has, 1 to 12.
var longest = [13]int{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// days refuses rules whose every day is one that no month has, such as 30 February. With SKIP such a day is moved.
func (p Repeat) days() error {
	o := p.option
	if len(o.Bymonthday) == 0 || p.skip != "OMIT" {
		return nil
	}
	longestMonth := 31
	if p.lunar {
		longestMonth = 30
	} else if len(o.Bymonth) > 0 {
		longestMonth = 0
		for _, month := range o.Bymonth {
			longestMonth = max(longestMonth, longest[month])
		}
	}
	for _, day := range o.Bymonthday {
		if max(day, -day) <= longestMonth {
			return nil
		}
	}
	return never(fmt.Sprintf("BYMONTHDAY=%d，这些月最多 %d 天", o.Bymonthday[0], longestMonth),
		fmt.Sprintf("BYMONTHDAY=%d: these months have at most %d days", o.Bymonthday[0], longestMonth))
}

// reachable tells whether steps of an hour, minute or second ever come to an hour that the rule names; rrule-go would
// look for one without an end.
func reachable(o rrule.ROption) bool {
	if o.Freq < rrule.HOURLY || len(o.Byhour)+len(o.Byminute)+len(o.Bysecond) == 0 {
		return true
	}
	unit := map[rrule.Frequency]int{rrule.HOURLY: 3600, rrule.MINUTELY: 60, rrule.SECONDLY: 1}[o.Freq]
	units := 86_400 / unit
	stride := gcd(o.Interval, units)
	first := (o.Dtstart.Hour()*3600 + o.Dtstart.Minute()*60 + o.Dtstart.Second()) / unit % stride
	for at := first; at < units; at += stride {
		if second := at * unit; meets(o, second) {
			return true
		}
	}
	return false
}

func meets(o rrule.ROption, second int) bool {
	return among(o.Byhour, second/3600) && (o.Freq < rrule.MINUTELY || among(o.Byminute, second/60%60)) &&
		(o.Freq < rrule.SECONDLY || among(o.Bysecond, second%60))
}

// among tells whether a list has a number; an empty one has all.
func among(list []int, n int) bool { return len(list) == 0 || slices.Contains(list, n) }

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
