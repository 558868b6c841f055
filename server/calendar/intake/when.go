package intake

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
	"onestreet/server/platform/sheet"
)

// day is a date as a cell says it.
type day struct {
	date  almanac.Date
	year  int               // that was supposed; 0: it was written
	lunar *models.LunarDate // where it was told by the moon
	month int               // as written, for what comes every year
	nth   int
}

// today is the street's.
func (r row) today() almanac.Date { return almanac.At(r.street.Now, r.street.Zone) }

var (
	yearFirst  = regexp.MustCompile(`^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?$`)
	yearShort  = regexp.MustCompile(`^(\d{2})[-/.](\d{1,2})[-/.](\d{1,2})$`)
	yearLast   = regexp.MustCompile(`^(\d{1,2})/(\d{1,2})/(\d{4})$`)
	yearPacked = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	yearless   = regexp.MustCompile(`^(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?$`)
	inWords    = regexp.MustCompile(`^(?:(\d{4})年)?([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]$`)
	monthFirst = regexp.MustCompile(`(?i)^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?$`)
	dayFirst   = regexp.MustCompile(`(?i)^(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?(?:,?\s+(\d{4}))?$`)
	weekdayTag = regexp.MustCompile(`(?i)[(（]?\s*(?:星期|礼拜|周)[一二三四五六日天]\s*[)）]?$|^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+`)
)

// dayOf reads a date; code is what is wrong with it, "" for none.
func (r row) dayOf(text string) (d day, code string) {
	if number, _, ok := sheet.DayNumber(text); ok {
		return day{date: almanac.On(number.Date())}, ""
	}
	if bare := strings.TrimSpace(weekdayTag.ReplaceAllString(text, "")); bare != "" {
		text = bare
	}
	if d, code, ok := r.lunar(text); ok {
		return d, code
	}
	year, month, nth, ok := parts(text)
	if !ok {
		return day{}, "date_unread"
	}
	return r.civil(year, month, nth)
}

// parts finds year (0: none), month and day in a date of the Gregorian calendar.
func parts(text string) (year, month, nth int, ok bool) {
	for _, form := range []*regexp.Regexp{yearFirst, yearPacked, inWords} {
		if m := form.FindStringSubmatch(text); m != nil {
			return max(0, number(m[1])), number(m[2]), number(m[3]), true
		}
	}
	if m := yearShort.FindStringSubmatch(text); m != nil {
		return 2000 + number(m[1]), number(m[2]), number(m[3]), true
	}
	if m := yearLast.FindStringSubmatch(text); m != nil {
		return number(m[3]), number(m[1]), number(m[2]), true
	}
	if m := yearless.FindStringSubmatch(text); m != nil {
		return 0, number(m[1]), number(m[2]), true
	}
	if m := monthFirst.FindStringSubmatch(text); m != nil {
		return max(0, number(m[3])), monthNamed(m[1]), number(m[2]), monthNamed(m[1]) > 0
	}
	if m := dayFirst.FindStringSubmatch(text); m != nil {
		return max(0, number(m[3])), monthNamed(m[2]), number(m[1]), monthNamed(m[2]) > 0
	}
	return 0, 0, 0, false
}

func monthNamed(name string) int {
	for m := time.January; m <= time.December; m++ {
		full := strings.ToLower(m.String())
		if name := strings.ToLower(name); name == full || name == full[:3] || name == "sept" && m == time.September {
			return int(m)
		}
	}
	return 0
}

// civil is a day of the Gregorian calendar; without a year it is the next one that comes.
func (r row) civil(year, month, nth int) (day, string) {
	d := day{month: month, nth: nth}
	if year == 0 {
		year, _, _ = r.today().Civil()
		d.year = year
		if date, ok := realDay(year, month, nth); ok && date < r.today() {
			d.year = year + 1
		}
		year = d.year
	}
	date, ok := realDay(year, month, nth)
	if !ok || year < 1950 || year > 2099 {
		return d, "date_impossible"
	}
	d.date = date
	return d, ""
}

func realDay(year, month, nth int) (almanac.Date, bool) {
	date := almanac.On(year, time.Month(month), nth)
	y, m, d := date.Civil()
	return date, y == year && int(m) == month && d == nth
}

var lunarForm = regexp.MustCompile(`^(农历|阴历|旧历)?\s*(?:(\d{4})年)?\s*(闰)?(正|冬|腊|十[一二]?|[一二三四五六七八九]|\d{1,2})月(初[一二三四五六七八九十]|廿[一二三四五六七八九]?|卅|三?十[一二三四五六七八九]?|二十[一二三四五六七八九]?|\d{1,2})日?$`)

// feasts are the days of the moon that people call by name, by month and day.
var feasts = map[string][2]int{
	"春节": {1, 1}, "大年初一": {1, 1}, "元宵": {1, 15}, "元宵节": {1, 15}, "端午": {5, 5}, "端午节": {5, 5}, "七夕": {7, 7}, "中元节": {7, 15},
	"中秋": {8, 15}, "中秋节": {8, 15}, "重阳": {9, 9}, "重阳节": {9, 9}, "腊八": {12, 8}, "腊八节": {12, 8}, "小年": {12, 23},
}

// lunar reads a day that is told by the moon; without a year it is the next one that comes. ok is false for other days.
func (r row) lunar(text string) (d day, code string, ok bool) {
	if feast, found := feasts[strings.TrimPrefix(text, "农历")]; found {
		d, code = r.byMoon(models.LunarDate{Month: feast[0], Day: feast[1]})
		return d, code, true
	}
	m := lunarForm.FindStringSubmatch(text)
	if m == nil || m[1] == "" && m[3] == "" && !strings.ContainsAny(m[4]+m[5], "正冬腊初廿卅") {
		return d, "", false
	}
	nth := number(m[5])
	if m[5] == "廿" {
		nth = 20
	}
	d, code = r.byMoon(models.LunarDate{Year: max(0, number(m[2])), Month: number(m[4]), Day: nth, Leap: m[3] != ""})
	return d, code, true
}

func (r row) byMoon(want models.LunarDate) (day, string) {
	d := day{lunar: &want, month: want.Month, nth: want.Day}
	from, to := want.Year, want.Year
	if want.Year == 0 {
		now, err := almanac.Of(r.today())
		if err != nil {
			return d, "date_impossible"
		}
		from, to = now.Lunar.Year, now.Lunar.Year+20 // a leap month may be long in coming
		if !want.Leap {
			to = from + 1
		}
	}
	for year := from; year <= to; year++ {
		try := want
		try.Year = year
		date, err := almanac.OfLunar(try)
		if err != nil && want.Year == 0 && !want.Leap && year == from && r.passed(try) {
			continue
		}
		if err != nil && !want.Leap || err != nil && year == to {
			return d, "date_impossible"
		}
		if err == nil && (want.Year != 0 || date >= r.today()) {
			d.date, d.lunar = date, &try
			if want.Year == 0 {
				d.year, _, _ = date.Civil()
			}
			return d, ""
		}
	}
	return d, "date_impossible"
}

// passed tells whether the month of a lunar day that its year lacks (a 30th of 29 days) is over.
func (r row) passed(want models.LunarDate) bool {
	want.Day = 29
	date, err := almanac.OfLunar(want)
	return err == nil && date < r.today()
}

// span is when a row's event is, by the street's clock.
type span struct {
	first    almanac.Date
	from, to int // minutes of the day; -1: it does not say
}

// when reads a row's date or rhythm, and its hours.
func (r row) when(e *Entry) {
	text, s := r.plain(fieldDate), span{from: -1, to: -1}
	if number, part, ok := sheet.DayNumber(text); ok && part > 0 {
		s.from, text = int(part*dayMinutes+.5), strconv.Itoa(int(almanac.On(number.Date())-excelZero))
	} else if found, rest := hours(text); len(found) > 0 {
		s.take(found)
		text = rest
	}
	r.hoursOf(e, &s)
	rhythm := r.plain(fieldRepeat)
	if rule, ok := r.rhythm(text, nil); ok && text != "" && rhythm == "" {
		s.first, e.Repeat = r.today(), rule
	} else if !r.dated(e, &s, text, rhythm) {
		return
	}
	r.until(e)
	r.set(e, s)
}

// excelZero is the day from which Excel counts.
var excelZero = almanac.On(1899, 12, 30)

func (s *span) take(found []int) {
	s.from = found[0]
	if len(found) > 1 {
		s.to = found[1]
	}
}

// hoursOf reads the columns of hours: they say more than the date's.
func (r row) hoursOf(e *Entry, s *span) {
	if text := r.plain(fieldTime); text != "" {
		found, _ := hoursOfCell(text)
		if len(found) == 0 {
			e.note(fault("time_unread", r.head(fieldTime), sheet.Clip(text, shownMax)))
		} else {
			s.take(found)
		}
	}
	if text := r.plain(fieldEnd); text != "" {
		found, _ := hoursOfCell(text)
		if len(found) == 0 {
			e.note(fault("time_unread", r.head(fieldEnd), sheet.Clip(text, shownMax)))
		} else {
			s.to = found[len(found)-1]
		}
	}
	if minutes, ok := minutesOf(r.plain(fieldDuration)); ok && s.to < 0 && s.from >= 0 {
		s.to = s.from + minutes
	}
}

// dated reads a date, and how the event comes again from it on.
func (r row) dated(e *Entry, s *span, text, rhythm string) bool {
	d, code := day{date: r.today()}, ""
	if text != "" || once(rhythm) {
		d, code = r.dayOf(text)
	}
	switch {
	case text == "" && once(rhythm):
		e.note(fault("date_missing", r.head(fieldDate)))
		return false
	case code != "":
		e.note(fault(code, r.head(fieldDate), sheet.Clip(text, shownMax)))
		return false
	case d.year > 0:
		e.note(remark("year_supposed", r.head(fieldDate), d.year))
	}
	s.first = d.date
	if once(rhythm) {
		return true
	}
	from := &d
	if text == "" {
		from = nil
	}
	rule, ok := r.rhythm(rhythm, from)
	if !ok {
		e.note(fault("repeat_unread", r.head(fieldRepeat), sheet.Clip(rhythm, shownMax)))
		return false
	}
	e.Repeat = rule
	return true
}

func (r row) until(e *Entry) {
	text := r.plain(fieldUntil)
	if text == "" || e.Repeat == nil {
		return
	}
	d, code := r.dayOf(text)
	if code != "" {
		e.note(fault(code, r.head(fieldUntil), sheet.Clip(text, shownMax)))
		return
	}
	e.Repeat.Until = d.date.String()
}

// Hours between which an end that is earlier than its start means the next morning.
const (
	lateFrom = 18 * 60
	earlyTo  = 6 * 60
)

// set gives the entry its moments by the street's clock.
func (r row) set(e *Entry, s span) {
	last := s.first
	if text := r.plain(fieldEndDate); text != "" {
		d, code := r.dayOf(text)
		if code != "" {
			e.note(fault(code, r.head(fieldEndDate), sheet.Clip(text, shownMax)))
			return
		}
		last = d.date
	}
	switch {
	case s.from < 0:
		s.from, s.to, e.AllDay = 0, dayMinutes-1, true
		e.note(remark("time_supposed", r.head(fieldDate)))
	case s.to < 0:
		s.to = s.from + int(supposed.Minutes())
		e.note(remark("end_supposed", r.head(fieldEnd)))
	case s.to <= s.from && s.from >= lateFrom && s.to <= earlyTo:
		s.to += dayMinutes
	}
	at := func(d almanac.Date, minute int) time.Time {
		year, month, nth := d.Civil()
		return time.Date(year, month, nth, 0, minute, 0, 0, r.street.Zone).UTC()
	}
	e.StartsAt, e.EndsAt = at(s.first, s.from), at(last, s.to)
	if !e.EndsAt.After(e.StartsAt) {
		e.note(fault("end_before_start", r.head(fieldEnd), clockText(e.EndsAt.In(r.street.Zone))))
	}
}
