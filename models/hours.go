package models

import (
	"strconv"
	"time"
)

const (
	dayMinutes  = 24 * 60
	weekMinutes = 7 * dayMinutes
	maxSpans    = 28 // four a day
	maxDaySpans = 4
)

// Hours is one span in which a store is open, in the street's local time: from Opens until just before Closes on a
// weekday (0 is Sunday). A span whose end is not after its start runs past midnight; "24:00" ends with the day.
type Hours struct {
	Weekday int    `json:"weekday" minimum:"0" maximum:"6"`
	Opens   string `json:"opens" pattern:"^([01][0-9]|2[0-3]):[0-5][0-9]$"`
	Closes  string `json:"closes" pattern:"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"`
}

// start and end are minutes of the week from Sunday 00:00; end may lie past the week's end.
func (h Hours) start() int { return h.Weekday*dayMinutes + minutes(h.Opens) }

func (h Hours) end() int {
	length := minutes(h.Closes) - minutes(h.Opens)
	if length <= 0 {
		length += dayMinutes
	}
	return h.start() + length
}

func (h Hours) holds(minute int) bool {
	return h.start() <= minute && minute < h.end() || minute+weekMinutes < h.end()
}

// Span is an opening span of a day that is named elsewhere, such as every market day.
type Span struct {
	Opens  string `json:"opens" pattern:"^([01][0-9]|2[0-3]):[0-5][0-9]$"`
	Closes string `json:"closes" pattern:"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"`
}

// CheckSpans tells what is wrong with the spans of a day, or an empty text.
func CheckSpans(spans []Span) Text {
	if len(spans) > maxDaySpans {
		return Text{ZH: "一天最多写 4 段", EN: "At most four spans a day"}
	}
	hours := make([]Hours, len(spans))
	for i, s := range spans {
		hours[i] = Hours{Opens: s.Opens, Closes: s.Closes}
	}
	return CheckHours(hours)
}

// HoursAround is a week's hours as they are around a local time: from yesterday to five days on, market days have the spans of
// a market day. Without such spans every week is alike.
func HoursAround(week []Hours, onMarket []Span, local time.Time, market func(day time.Time) bool) []Hours {
	if len(onMarket) == 0 {
		return week
	}
	var around []Hours
	for away := -1; away <= 5; away++ {
		day := time.Date(local.Year(), local.Month(), local.Day()+away, 12, 0, 0, 0, local.Location())
		if market(day) {
			for _, s := range onMarket {
				around = append(around, Hours{Weekday: int(day.Weekday()), Opens: s.Opens, Closes: s.Closes})
			}
			continue
		}
		for _, h := range week {
			if h.Weekday == int(day.Weekday()) {
				around = append(around, h)
			}
		}
	}
	return around
}

// CheckHours tells what is wrong with a store's hours, or an empty text.
func CheckHours(hours []Hours) Text {
	if len(hours) > maxSpans {
		return Text{ZH: "营业时间最多 28 段", EN: "At most 28 opening spans"}
	}
	for _, h := range hours {
		if h.Weekday < 0 || h.Weekday > 6 || minutes(h.Opens) < 0 || h.Opens == "24:00" || minutes(h.Closes) < 0 {
			return Text{ZH: "营业时间要写成 09:00 这样", EN: "Opening hours are written like 09:00"}
		}
	}
	return Text{}
}

// OpenAt tells whether a store with these hours is open at a local time.
func OpenAt(hours []Hours, local time.Time) bool {
	_, open := spanAt(hours, local)
	return open
}

// Today picks the span that matters at a local time: the one that is running, else the next one today, else today's
// last. Both texts are empty on a day without hours.
func Today(hours []Hours, local time.Time) (opens, closes string) {
	if h, open := spanAt(hours, local); open {
		return h.Opens, h.Closes
	}
	var pick *Hours
	now := minuteOfWeek(local)
	for i, h := range hours {
		if h.Weekday == int(local.Weekday()) && (pick == nil || better(h.start(), pick.start(), now)) {
			pick = &hours[i]
		}
	}
	if pick == nil {
		return "", ""
	}
	return pick.Opens, pick.Closes
}

// better prefers the soonest start still to come, and the latest of those gone by.
func better(a, b, now int) bool {
	if (a > now) != (b > now) {
		return a > now
	}
	if a > now {
		return a < b
	}
	return a > b
}

// ClosesAt is when the running span ends, or the end of the local day when the store is closed.
func ClosesAt(hours []Hours, local time.Time) time.Time {
	day := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, local.Location())
	h, open := spanAt(hours, local)
	if !open {
		return day.AddDate(0, 0, 1)
	}
	left := (h.end() - minuteOfWeek(local)) % weekMinutes
	return local.Truncate(time.Minute).Add(time.Duration(left) * time.Minute)
}

// spanAt is the span running at a local time; of several, the one that closes last.
func spanAt(hours []Hours, local time.Time) (span Hours, open bool) {
	now := minuteOfWeek(local)
	longest := 0
	for _, h := range hours {
		if left := (h.end() - now) % weekMinutes; h.holds(now) && left > longest {
			span, open, longest = h, true, left
		}
	}
	return span, open
}

func minuteOfWeek(local time.Time) int {
	return int(local.Weekday())*dayMinutes + local.Hour()*60 + local.Minute()
}

// minutes reads "HH:MM" up to "24:00"; anything else is negative.
func minutes(text string) int {
	if len(text) != 5 || text[2] != ':' {
		return -1
	}
	h, errH := strconv.ParseUint(text[:2], 10, 8)
	m, errM := strconv.ParseUint(text[3:], 10, 8)
	if errH != nil || errM != nil || m > 59 || h*60+m > dayMinutes {
		return -1
	}
	return int(h*60 + m)
}
