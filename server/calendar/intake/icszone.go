package intake

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"onestreet/server/calendar/recur"
)

// zone finds the zone that a TZID means: by its own name, by one that ends it ("/mozilla.org/20050126_1/Asia/Shanghai"), by the name
// that Windows gives it, by what the file says of it, or by an offset in its name. It is nil for one that nobody knows.
//
// A zone that the file describes in its own way becomes the known one that has the same clock, the street's own first: rules need a
// zone whose future is known.
func (r *reader) zone(tzid string) *time.Location {
	tzid = strings.Trim(strings.TrimSpace(tzid), `"`)
	if tzid == "" {
		return nil
	}
	zone, known := r.zones[tzid]
	if !known {
		zone = r.findZone(tzid)
		r.zones[tzid] = zone
	}
	return zone
}

func (r *reader) findZone(tzid string) *time.Location {
	if zone := named(tzid); zone != nil {
		return zone
	}
	described := r.described[tzid]
	if described != nil {
		if zone := named(cmp.Or(described.text("X-LIC-LOCATION"), described.text("X-MICROSOFT-CDO-TZID"))); zone != nil {
			return zone
		}
		return r.sameClock(clockOf(described, r.street.Now.Year()))
	}
	if offset, ok := offsetIn(tzid); ok {
		return r.sameClock(func(time.Time) (int, bool) { return offset, true })
	}
	return nil
}

// named finds a zone by a name of the zone database, also as the end of a longer one, or by Windows' name.
func named(name string) *time.Location {
	if iana, ok := windowsZones[strings.ToLower(name)]; ok {
		name = iana
	}
	parts := strings.Split(name, "/")
	for from := max(0, len(parts)-3); from < len(parts); from++ {
		last := strings.Join(parts[from:], "/")
		if last == "" || last == "Local" || (from > 0 && from == len(parts)-1) {
			continue
		}
		if zone, err := time.LoadLocation(last); err == nil {
			return zone
		}
	}
	return nil
}

var offsetName = regexp.MustCompile(`(?i)^\(?(?:GMT|UTC|Z)?\s*([+-])(\d{1,2})[:.]?(\d{2})?\b`)

// offsetIn reads "GMT+0800", "(UTC+08:00) Beijing" or "+08:00" as seconds east of UTC.
func offsetIn(tzid string) (int, bool) {
	m := offsetName.FindStringSubmatch(tzid)
	if m == nil {
		return 0, false
	}
	return signed(m[1], m[2], m[3])
}

func signed(sign, hours, minutes string) (int, bool) {
	h, err := strconv.Atoi(hours)
	m, wrong := strconv.Atoi(cmp.Or(minutes, "0"))
	if err != nil || wrong != nil || h > 14 || m > 59 {
		return 0, false
	}
	if sign == "-" {
		return -(h*60 + m) * 60, true
	}
	return (h*60 + m) * 60, true
}

// clock tells how many seconds east of UTC a wall clock runs; false where nothing says.
type clock func(wall time.Time) (int, bool)

// sameClock is a zone whose clock runs like another's, this year and the next: the street's, one that Windows knows, or a fixed one.
func (r *reader) sameClock(c clock) *time.Location {
	candidates := []*time.Location{r.street.Zone}
	first, ok := c(r.street.Now.UTC())
	if ok && first%3600 == 0 {
		if fixed := named(fmt.Sprintf("Etc/GMT%+d", -first/3600)); fixed != nil {
			candidates = append(candidates, fixed)
		}
	}
	for _, name := range slices.Compact(slices.Sorted(maps.Values(windowsZones))) {
		if zone, err := time.LoadLocation(name); err == nil {
			candidates = append(candidates, zone)
		}
	}
	i := slices.IndexFunc(candidates, func(zone *time.Location) bool { return runsLike(zone, c, r.street.Now.Year()) })
	if i < 0 {
		return nil
	}
	return candidates[i]
}

// runsLike looks at the clock every fortnight of two years, at noon: no clock is changed then.
func runsLike(zone *time.Location, c clock, year int) bool {
	for day := 0; day < 2*366; day += 14 {
		at := time.Date(year, 1, 1+day, 12, 0, 0, 0, zone)
		want, ok := c(time.Date(year, 1, 1+day, 12, 0, 0, 0, time.UTC))
		if _, offset := at.Zone(); !ok || offset != want {
			return false
		}
	}
	return true
}

// onset is when an offset begins to hold, by the wall clock.
type onset struct {
	at     time.Time
	offset int
}

// clockOf is the clock that a VTIMEZONE describes, for a year and the next: of its observances, the one that began last holds.
func clockOf(zone *part, year int) clock {
	var list []onset
	for _, p := range zone.parts {
		list = append(list, onsets(p, year)...)
	}
	slices.SortStableFunc(list, func(a, b onset) int { return a.at.Compare(b.at) })
	return func(wall time.Time) (int, bool) {
		holds := -1
		for i, o := range list {
			if !o.at.After(wall) {
				holds = i
			}
		}
		if holds < 0 {
			return 0, false
		}
		return list[holds].offset, true
	}
}

var offsetValue = regexp.MustCompile(`^([+-])(\d{2})(\d{2})(?:\d{2})?$`)

// onsets are the moments at which an observance begins, up to the year after. Outlook writes 1601 for "ever": such a rule is followed from
// 1970 on.
func onsets(p *part, year int) []onset {
	m := offsetValue.FindStringSubmatch(p.text("TZOFFSETTO"))
	start := p.text("DTSTART")
	if m == nil || len(start) < len("20060102") {
		return nil
	}
	offset, ok := signed(m[1], m[2], m[3])
	if !ok {
		return nil
	}
	if start < "1970" {
		start = "1970" + start[4:]
	}
	begin, err := time.Parse("20060102T150405", start)
	if err != nil {
		return nil
	}
	list := []onset{{begin, offset}}
	rule, err := recur.Parse([]byte("DTSTART:" + start + "\nRRULE:" + p.text("RRULE")))
	if p.text("RRULE") == "" || err != nil {
		return list
	}
	window := recur.Window{From: recur.DateOf(begin), To: recur.DateOf(time.Date(year+2, 1, 1, 0, 0, 0, 0, time.UTC))}
	answer, err := rule.Expand(window)
	for _, at := range answer.Times {
		list = append(list, onset{at, offset})
	}
	if err != nil {
		return nil
	}
	return list
}
