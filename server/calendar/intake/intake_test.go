package intake

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

var shanghai = must(time.LoadLocation("Asia/Shanghai"))

// here is a street on the day on which every test begins: Saturday 17 October 2026, noon; 九月初八.
var here = Street{Zone: shanghai, Now: time.Date(2026, 10, 17, 12, 0, 0, 0, shanghai)}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// calendar is a file of VEVENTs.
func calendar(events ...string) []byte {
	return []byte("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + strings.Join(events, "\r\n") + "\r\nEND:VCALENDAR\r\n")
}

func vevent(lines ...string) string {
	return "BEGIN:VEVENT\r\nUID:a@b\r\nSUMMARY:茶会\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VEVENT"
}

func read(t *testing.T, data []byte) File {
	t.Helper()
	f, err := Read(data, here)
	require.NoError(t, err)
	return f
}

// said tells an entry in a line: when, and how often.
func said(e Entry) string {
	var faults []string
	for _, p := range e.Problems {
		if p.Fault {
			faults = append(faults, p.Code+"@"+p.Column)
		}
	}
	if len(faults) > 0 {
		return strings.Join(faults, " ")
	}
	text := fmt.Sprintf("%s–%s", e.StartsAt.In(shanghai).Format("2006-01-02 15:04"), e.EndsAt.In(shanghai).Format("01-02 15:04"))
	if r := e.Repeat; r != nil {
		text += " " + r.Rule
		if r.Count > 0 {
			text += fmt.Sprintf(" ×%d", r.Count)
		}
		if r.Until != "" {
			text += " →" + r.Until
		}
		if len(r.Except) > 0 {
			text += fmt.Sprint(" −", r.Except)
		}
		if len(r.Extra) > 0 {
			text += fmt.Sprint(" +", r.Extra)
		}
		if r.Zone != "Asia/Shanghai" {
			text += " " + r.Zone
		}
	}
	return text
}

const outlookZone = `BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VTIMEZONE
TZID:北京的钟
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0800
TZOFFSETTO:+0800
END:STANDARD
END:VTIMEZONE
BEGIN:VTIMEZONE
TZID:Nowhere
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0717
TZOFFSETTO:+0717
END:STANDARD
END:VTIMEZONE`

func TestEventsOfOtherProgramsAreRead(t *testing.T) {
	for name, c := range map[string]struct{ lines, want string }{
		"local":                     {"DTSTART;TZID=Asia/Shanghai:20261018T143000\nDTEND;TZID=Asia/Shanghai:20261018T160000", "2026-10-18 14:30–10-18 16:00"},
		"floating":                  {"DTSTART:20261018T143000\nDURATION:PT1H30M", "2026-10-18 14:30–10-18 16:00"},
		"UTC":                       {"DTSTART:20261018T063000Z\nDTEND:20261018T080000Z", "2026-10-18 14:30–10-18 16:00"},
		"Windows":                   {"DTSTART;TZID=China Standard Time:20261018T143000\nDTEND;TZID=\"China Standard Time\":20261018T160000", "2026-10-18 14:30–10-18 16:00"},
		"Windows far away":          {"DTSTART;TZID=Pacific Standard Time:20261018T143000\nDURATION:PT1H", "2026-10-19 05:30–10-19 06:30"},
		"a long name":               {"DTSTART;TZID=/freeassociation.sourceforge.net/Tzfile/Asia/Shanghai:20261018T143000\nDURATION:PT1H", "2026-10-18 14:30–10-18 15:30"},
		"an offset":                 {"DTSTART;TZID=\"(UTC+08:00) Beijing, Chongqing\":20261018T143000\nDURATION:PT1H", "2026-10-18 14:30–10-18 15:30"},
		"a zone of its own":         {"DTSTART;TZID=北京的钟:20261018T143000\nDURATION:PT1H", "2026-10-18 14:30–10-18 15:30"},
		"Outlook's own, summer":     {"DTSTART;TZID=Customized Time Zone:20261018T143000\nDURATION:PT1H", "2026-10-18 20:30–10-18 21:30"},
		"Outlook's own, winter":     {"DTSTART;TZID=Customized Time Zone:20261118T143000\nDURATION:PT1H", "2026-11-18 21:30–11-18 22:30"},
		"unknown zone":              {"DTSTART;TZID=Mars/Olympus:20261018T143000", "zone_unknown@DTSTART"},
		"a zone like no other":      {"DTSTART;TZID=Nowhere:20261018T143000", "zone_unknown@DTSTART"},
		"all day":                   {"DTSTART;VALUE=DATE:20261018\nDTEND;VALUE=DATE:20261019", "2026-10-18 00:00–10-18 23:59"},
		"three days":                {"DTSTART;VALUE=DATE:20261018\nDTEND;VALUE=DATE:20261021", "2026-10-18 00:00–10-20 23:59"},
		"no end":                    {"DTSTART:20261018T143000", "2026-10-18 14:30–10-18 15:30"},
		"end before start":          {"DTSTART:20261018T143000\nDTEND:20261018T120000", "end_before_start@DTEND"},
		"30 February":               {"DTSTART:20270230T143000", "date_impossible@DTSTART"},
		"no date":                   {"DTSTART:soon", "date_unread@DTSTART"},
		"without DTSTART":           {"DTEND:20261018T120000", "date_missing@DTSTART"},
		"weekly":                    {"DTSTART;TZID=Asia/Shanghai:20261018T143000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=SU;COUNT=10", "2026-10-18 14:30–10-18 15:30 FREQ=WEEKLY;BYDAY=SU ×10"},
		"until":                     {"DTSTART;TZID=Asia/Shanghai:20261018T143000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20261101T063000Z", "2026-10-18 14:30–10-18 15:30 FREQ=DAILY →2026-11-01"},
		"until before the hour":     {"DTSTART;TZID=Asia/Shanghai:20261018T143000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20261031T160000Z", "2026-10-18 14:30–10-18 15:30 FREQ=DAILY →2026-10-31"},
		"left out and put in":       {"DTSTART;TZID=Asia/Shanghai:20261018T143000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY\nEXDATE;TZID=Asia/Shanghai:20261025T143000,20261101T143000\nRDATE;TZID=Asia/Shanghai:20261027T090000", "2026-10-18 14:30–10-18 15:30 FREQ=WEEKLY −[2026-10-25 2026-11-01] +[2026-10-27T09:00:00]"},
		"dates alone":               {"DTSTART:20261018T143000\nDURATION:PT1H\nRDATE;VALUE=PERIOD:20261020T143000/PT1H", "2026-10-18 14:30–10-18 15:30 FREQ=DAILY ×1 +[2026-10-20T14:30:00]"},
		"weekly far away":           {"DTSTART;TZID=W. Europe Standard Time:20261018T143000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY", "2026-10-18 20:30–10-18 21:30 FREQ=WEEKLY Europe/Berlin"},
		"two rules":                 {"DTSTART:20261018T143000\nRRULE:FREQ=WEEKLY\nRRULE:FREQ=DAILY", "rules_several@RRULE"},
		"an old exception":          {"DTSTART:20261018T143000\nRRULE:FREQ=WEEKLY\nEXRULE:FREQ=DAILY", "rule_left_out@EXRULE"},
		"folded within a character": {"DTSTART:20261018T143000\nDURATION:PT1H\nDESCRIPTION:\xe8\xb0\n \xa2", "2026-10-18 14:30–10-18 15:30"},
	} {
		f := read(t, calendar(outlookZone, vevent(strings.Split(c.lines, "\n")...)))
		require.Len(t, f.Entries, 1, name)
		assert.Equal(t, c.want, said(f.Entries[0]), name)
	}
}

// TestTheStreetsOwnClockIsNoOther, whatever name the file has for it.
func TestTheStreetsOwnClockIsNoOther(t *testing.T) {
	for zone, said := range map[string]bool{"Asia/Shanghai": false, "China Standard Time": false, "Europe/Berlin": true} {
		f := read(t, calendar(outlookZone, vevent("DTSTART;TZID="+zone+":20261018T143000", "DURATION:PT1H")))
		told := slices.ContainsFunc(f.Entries[0].Problems, func(p Problem) bool { return p.Code == "zone_other" })
		assert.Equal(t, said, told, zone)
	}
}

func TestWhatIsNotTakenIsSaid(t *testing.T) {
	f := read(t, calendar(
		vevent("DTSTART:20261018T143000", "DTEND:20261018T153000", "ORGANIZER;CN=老吴:mailto:wu@example.com", "ATTENDEE:mailto:li@example.com", "CLASS:PRIVATE",
			"DESCRIPTION:<p>带<b>杯子</b></p>一只&amp;壶", "URL:https://example.com/tea", "BEGIN:VALARM", "TRIGGER:-PT1H", "END:VALARM", "this is no line"),
		"BEGIN:VTODO\r\nSUMMARY:买茶\r\nEND:VTODO"))
	codes := []string{}
	for _, p := range f.Notes {
		codes = append(codes, p.Code)
	}
	assert.Equal(t, []string{"people_left_out", "alarms_left_out", "others_left_out"}, codes)
	e := f.Entries[0]
	assert.True(t, e.Private)
	assert.Equal(t, "带杯子\n一只&壶\n\nhttps://example.com/tea", e.Story)
	assert.Contains(t, fmt.Sprint(e.Problems), "第 16 行不成样子")
	assert.NotContains(t, fmt.Sprint(f), "example.com/li")
	assert.NotContains(t, fmt.Sprint(f), "wu@")
}

func TestDatesOfASeriesThatWereMovedComeWithIt(t *testing.T) {
	f := read(t, calendar(
		vevent("DTSTART;TZID=Asia/Shanghai:20261018T143000", "DTEND;TZID=Asia/Shanghai:20261018T153000", "RRULE:FREQ=WEEKLY"),
		vevent("RECURRENCE-ID;TZID=Asia/Shanghai:20261025T143000", "DTSTART;TZID=Asia/Shanghai:20261026T190000", "DTEND;TZID=Asia/Shanghai:20261026T200000", "SEQUENCE:2"),
		vevent("RECURRENCE-ID:20261101T063000Z", "DTSTART;TZID=Asia/Shanghai:20261101T143000", "STATUS:CANCELLED"),
		strings.ReplaceAll(vevent("RECURRENCE-ID:20261101T063000Z", "DTSTART:20261101T143000"), "a@b", "other")))
	require.Len(t, f.Entries, 2)
	require.Len(t, f.Entries[0].Moved, 2)
	assert.Equal(t, "10-25 14:30 → 10-26 19:00", f.Entries[0].Moved[0].Of.In(shanghai).Format("01-02 15:04 → ")+f.Entries[0].Moved[0].StartsAt.In(shanghai).Format("01-02 15:04"))
	assert.True(t, f.Entries[0].Moved[1].Off)
	assert.Equal(t, 2, f.Entries[0].Sequence)
	assert.Equal(t, "other 20261101T063000Z", f.Entries[1].UID, "a date without its series stands alone")
}

func TestTheNewestWordOfAnEventStands(t *testing.T) {
	f := read(t, calendar(
		vevent("DTSTART:20261018T143000", "SEQUENCE:1"), vevent("DTSTART:20261019T143000", "SEQUENCE:3"), vevent("DTSTART:20261020T143000", "SEQUENCE:2")))
	assert.Equal(t, []int{f.Entries[1].Line, 0, f.Entries[1].Line}, []int{f.Entries[0].SameAs, f.Entries[1].SameAs, f.Entries[2].SameAs})
}

func TestFilesThatAreNoCalendarSayWhy(t *testing.T) {
	many := make([]string, Most+1)
	for i := range many {
		many[i] = fmt.Sprintf("BEGIN:VEVENT\r\nUID:%d\r\nEND:VEVENT", i)
	}
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"nothing":           {nil, "import_empty"},
		"an empty calendar": {calendar(), "import_empty"},
		"tasks alone":       {calendar("BEGIN:VTODO\r\nEND:VTODO", "BEGIN:VFREEBUSY\r\nEND:VFREEBUSY"), "import_no_events"},
		"rubbish":           {[]byte("BEGIN:VCALENDAR\n\xff\xff\xff\x00\x01"), "import_file"},
		"a picture":         {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00"), "import_file"},
		"a broken workbook": {[]byte("PK\x03\x04nothing"), "import_file"},
		"no header":         {[]byte("茶会,2026-10-18\n"), "import_header"},
		"header alone":      {[]byte("名称,日期\n"), "import_empty"},
		"10,001 events":     {calendar(many...), "import_rows"},
		"10,001 rows":       {[]byte("名称,日期\n" + strings.Repeat("茶会,2026-10-18\n", Most+1)), "import_rows"},
	} {
		_, err := Read(c.data, here)
		require.ErrorContains(t, err, c.want+":", name)
	}
}

func TestAFileThatBreaksOffLosesOnlyItsLastEvent(t *testing.T) {
	whole := calendar(vevent("DTSTART:20261018T143000"), strings.ReplaceAll(vevent("DTSTART:20261019T143000"), "a@b", "c@d"))
	f := read(t, whole[:len(whole)-40])
	require.Len(t, f.Entries, 2)
	assert.Equal(t, "2026-10-18 14:30–10-18 15:30", said(f.Entries[0]))
	assert.Contains(t, said(f.Entries[1]), "unfinished")
}

func TestEveryEncodingSaysTheSame(t *testing.T) {
	text := "名称,日期,时间\n茶会,2026年10月18日,下午2点半\n"
	for name, data := range map[string][]byte{
		"UTF-8": []byte(text), "UTF-8 with mark": []byte("\uFEFF" + text),
		"GB18030": must(simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))),
		"UTF-16":  must(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(text))),
	} {
		f := read(t, data)
		require.Len(t, f.Entries, 1, name)
		assert.Equal(t, "茶会", f.Entries[0].Title, name)
		assert.Equal(t, "2026-10-18 14:30–10-18 15:30", said(f.Entries[0]), name)
	}
	ics := calendar(vevent("DTSTART:20261018T143000"))
	gb := must(simplifiedchinese.GB18030.NewEncoder().Bytes(ics))
	assert.Equal(t, "茶会", read(t, gb).Entries[0].Title)
}

func TestDatesAndRhythmsOfATableAreRead(t *testing.T) {
	for cell, want := range map[string]string{
		"2026年10月18日 14:30":      "2026-10-18 14:30–10-18 15:30",
		"2026-10-18 14:30-16:00": "2026-10-18 14:30–10-18 16:00",
		"2026/10/18 下午2点到4点":     "2026-10-18 14:00–10-18 16:00",
		"10/18 晚上7点半":            "2026-10-18 19:30–10-18 20:30",
		"３月５日　９：００":              "2027-03-05 09:00–03-05 10:00",
		"10月18日（周日）9点～11点":       "2026-10-18 09:00–10-18 11:00",
		"10月18日 22:00-1:00":      "2026-10-18 22:00–10-19 01:00",
		"10月18日 14:00-9:00":      "end_before_start@",
		"Oct 18, 2026 2:30 pm":   "2026-10-18 14:30–10-18 15:30",
		"18 October 2:30pm-4pm":  "2026-10-18 14:30–10-18 16:00",
		"46313.604166666664":     "2026-10-18 14:30–10-18 15:30",
		"20261018":               "2026-10-18 00:00–10-18 23:59",
		"2027年2月30日":             "date_impossible@日期",
		"改天":                     "date_unread@日期",
		"":                       "date_missing@日期",
		"农历三月十五":                 "2027-04-21 00:00–04-21 23:59",
		"农历2026年九月初九 9:00":       "2026-10-18 09:00–10-18 10:00",
		"正月十五 晚7点":               "2027-02-20 19:00–02-20 20:00",
		"中秋 18:00":               "2027-09-15 18:00–09-15 19:00",
		"农历2026年十月三十":            "2026-12-08 00:00–12-08 23:59",
		"农历2026年正月三十":            "2026-03-18 00:00–03-18 23:59",
		"农历2026年八月三十":            "date_impossible@日期",
		"每周六 9:00":               "2026-10-17 09:00–10-17 10:00 FREQ=WEEKLY;BYDAY=SA",
		"每周六、日 9:00-11:00":       "2026-10-17 09:00–10-17 11:00 FREQ=WEEKLY;BYDAY=SA,SU",
		"周二和周五晚上7点":              "2026-10-17 19:00–10-17 20:00 FREQ=WEEKLY;BYDAY=TU,FR",
		"每个工作日 8:00":             "2026-10-17 08:00–10-17 09:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
		"每天 8:00":                "2026-10-17 08:00–10-17 09:00 FREQ=DAILY",
		"逢三六九 8:00":              `2026-10-17 08:00–10-17 09:00 {"digits":[3,6,9],"kind":"lunar_digits"}`,
		"公历逢3、8":                 `2026-10-17 00:00–10-17 23:59 {"digits":[3,8],"kind":"gregorian_digits"}`,
		"逢五逢十":                   `2026-10-17 00:00–10-17 23:59 {"digits":[5,10],"kind":"lunar_digits"}`,
		"赶集日 6:00-12:00":         `2026-10-17 06:00–10-17 12:00 {"kind":"street"}`,
		"每月初一、十五":                `2026-10-17 00:00–10-17 23:59 {"days":[1,15],"kind":"lunar_days"}`,
		"每月8日、18日 10点":           "2026-10-17 10:00–10-17 11:00 FREQ=MONTHLY;BYMONTHDAY=8,18",
		"每月第二个周六 15:00":          "2026-10-17 15:00–10-17 16:00 FREQ=MONTHLY;BYDAY=2SA",
		"每月最后一个周日":               "2026-10-17 00:00–10-17 23:59 FREQ=MONTHLY;BYDAY=-1SU",
		"每年农历三月十五":               `2026-10-17 00:00–10-17 23:59 {"dates":[[3,15]],"kind":"lunar_yearly"}`,
		"每年3月5日":                 "2026-10-17 00:00–10-17 23:59 FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=5",
		"every Saturday 9am":     "2026-10-17 09:00–10-17 10:00 FREQ=WEEKLY;BYDAY=SA",
		"隔周六 9:00":               "2026-10-17 09:00–10-17 10:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=SA",
	} {
		f := read(t, []byte("名称,日期\n茶会,"+`"`+cell+"\"\n"))
		assert.Equal(t, want, said(f.Entries[0]), cell)
	}
}

func TestColumnsOfATableAreReadTogether(t *testing.T) {
	table := "活动名称,哪天,几点,到几点,地址,名额,价钱,重复,办到,备注\n" +
		"认茶,10月18日,14:30,16:00,二楼靠窗,12人,免费,,,自带杯子\n" +
		"写字课,10月18日,0.375,0.4375,后院,8,10元,每周,12月31日,\n" +
		"磨刀,农历三月十五,9点,,,,50积分,每年,,\n" +
		",10月18日,9点,,,,,,,\n" +
		"坏的,10月18日,一早,八点,,很多,随便,偶尔,,\n"
	f := read(t, []byte(table))
	require.Len(t, f.Entries, 5)
	assert.Equal(t, "2026-10-18 14:30–10-18 16:00", said(f.Entries[0]))
	assert.Equal(t, 12, f.Entries[0].Capacity)
	assert.Equal(t, "二楼靠窗", f.Entries[0].Place)
	assert.Equal(t, "2026-10-18 09:00–10-18 10:30 FREQ=WEEKLY;BYDAY=SU →2026-12-31", said(f.Entries[1]))
	assert.EqualValues(t, 1000, f.Entries[1].Fee.Price)
	assert.Equal(t, `2027-04-21 09:00–04-21 10:00 {"dates":[[3,15]],"kind":"lunar_yearly"}`, said(f.Entries[2]))
	assert.EqualValues(t, 50, f.Entries[2].Fee.Points)
	assert.Equal(t, "title_missing@活动名称", said(f.Entries[3]))
	assert.Equal(t, "capacity_unread@名额 price_unread@价钱 time_unread@几点 repeat_unread@重复", said(f.Entries[4]))
}
