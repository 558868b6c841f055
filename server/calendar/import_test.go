package calendar_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/calendar"
	"onestreet/server/platform/web"
	"onestreet/server/testkit"
)

func icsFile(events ...string) []byte {
	return []byte("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//a phone//\r\n" + strings.Join(events, "") + "END:VCALENDAR\r\n")
}

func icsEvent(uid string, lines ...string) string {
	return "BEGIN:VEVENT\r\nUID:" + uid + "\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VEVENT\r\n"
}

const imports = "/calendar-imports"

// looks uploads a file for the tea house.
func looks(app *testkit.App, data []byte) calendar.CalendarImportView {
	var v calendar.CalendarImportView
	app.As(testkit.ManagerOf("tea")).Upload(tea(app, imports), "老日历.ics", data).Must(http.StatusCreated).Into(&v)
	return v
}

func rowsOf(app *testkit.App, v calendar.CalendarImportView) []calendar.CalendarRowView {
	var page web.Page[calendar.CalendarRowView]
	app.As(testkit.ManagerOf("tea")).Get(tea(app, imports+"/"+v.ID.String()+"/rows")).Must(http.StatusOK).Into(&page)
	return page.Items
}

func confirmed(app *testkit.App, v calendar.CalendarImportView, as string, lines ...int) calendar.CalendarImportView {
	var done calendar.CalendarImportView
	app.As(testkit.ManagerOf("tea")).Post(tea(app, imports+"/"+v.ID.String()+"/confirm"), body{"lines": lines, "as": as, "capacity": 20}).Must(http.StatusOK).Into(&done)
	return done
}

// brought looks at a file and brings in all that can come.
func brought(app *testkit.App, data []byte, as string) calendar.CalendarImportView {
	v := looks(app, data)
	var lines []int
	for _, row := range rowsOf(app, v) {
		if row.State.Takes() {
			lines = append(lines, row.Line)
		}
	}
	return confirmed(app, v, as, lines...)
}

func outcomes(v calendar.CalendarImportView) (list []string) {
	for _, b := range v.Results {
		list = append(list, b.Title+" "+string(b.Outcome))
	}
	return list
}

func states(app *testkit.App, v calendar.CalendarImportView) (list []string) {
	for _, row := range rowsOf(app, v) {
		list = append(list, row.Title+" "+string(row.State))
	}
	return list
}

// teaEvents are the tea house's events, with the dates of each by the street's clock, at most three.
func teaEvents(app *testkit.App) map[string][]string {
	var page struct{ Items []calendar.EventView }
	app.As(testkit.ManagerOf("tea")).Get(tea(app, "/events")).Must(http.StatusOK).Into(&page)
	events := map[string][]string{}
	for _, e := range page.Items {
		events[e.Title] = append(events[e.Title], hours(app, e, 3)...)
	}
	return events
}

var oldCalendar = icsFile(
	icsEvent("one@phone", "SUMMARY:认茶", "LOCATION:二楼", "DTSTART;TZID=China Standard Time:20261024T150000", "DTEND;TZID=China Standard Time:20261024T170000", "SEQUENCE:1", "LAST-MODIFIED:20260901T000000Z"),
	icsEvent("week@phone", "SUMMARY:写字课", "DTSTART;TZID=Asia/Shanghai:20250105T090000", "DTEND;TZID=Asia/Shanghai:20250105T103000", "RRULE:FREQ=WEEKLY;BYDAY=SU", "EXDATE;TZID=Asia/Shanghai:20261025T090000"),
	icsEvent("week@phone", "SUMMARY:写字课", "RECURRENCE-ID;TZID=Asia/Shanghai:20261101T090000", "DTSTART;TZID=Asia/Shanghai:20261102T190000", "DTEND;TZID=Asia/Shanghai:20261102T203000"),
	icsEvent("past@phone", "SUMMARY:去年的", "DTSTART:20251024T150000Z", "DTEND:20251024T170000Z"),
	icsEvent("bad@phone", "SUMMARY:反了", "DTSTART:20261024T150000Z", "DTEND:20261024T140000Z"),
	icsEvent("dense@phone", "SUMMARY:每秒", "DTSTART:20261024T150000Z", "DURATION:PT1H", "RRULE:FREQ=SECONDLY"),
	icsEvent("never@phone", "SUMMARY:没有这天", "DTSTART:20261024T150000Z", "DURATION:PT1H", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
	icsEvent("off@phone", "SUMMARY:不办了", "DTSTART:20261024T150000Z", "DURATION:PT1H", "STATUS:CANCELLED"),
	icsEvent("mine@phone", "SUMMARY:看牙", "CLASS:PRIVATE", "DTSTART:20261024T150000Z", "DURATION:PT1H"),
)

func TestAnOldCalendarComesOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		v := looks(app, oldCalendar)
		assert.Equal(t, models.CalendarCounts{Rows: 8, New: 3, Past: 1, Cancelled: 1, Faulty: 3}, v.Counts)
		rows := rowsOf(app, v)
		assert.Equal(t, 27, rows[1].Dates, "half a year of Sundays, but for one")
		assert.Equal(t, []string{"10-18 09:00", "11-02 19:00", "11-08 09:00"}, onClock(app, rows[1].Next))
		assert.Equal(t, "九月十五", rows[0].Lunar)
		assert.False(t, rows[7].Choose, "what is marked as private is not chosen")
		codes := map[string]string{}
		for _, row := range rows {
			for _, p := range row.Problems {
				if p.Fault {
					codes[row.Title] = p.Code + "@" + p.Column
				}
			}
		}
		assert.Equal(t, map[string]string{"反了": "end_before_start@DTEND", "每秒": "rule_too_many@RRULE", "没有这天": "rule_never@RRULE"}, codes)
		require.Empty(t, teaEvents(app), "nothing is written yet")

		errs := testkit.Crowd(20, func(int) error {
			_, err := app.Calendar.BringIn(app.Ctx(), teaDesk(app), v.ID, calendar.Bring{Lines: []int{rows[0].Line, rows[1].Line}, As: calendar.BringPublished, Capacity: 12})
			return err
		})
		for _, err := range errs {
			require.NoError(t, err)
		}
		want := map[string][]string{"认茶": {"10-24 15:00"}, "写字课": {"10-18 09:00", "11-02 19:00", "11-08 09:00"}}
		require.Equal(t, want, teaEvents(app), "twenty taps, one set of events")
		var left int64
		require.NoError(t, app.DB.Read(app.Ctx()).Model(&models.CalendarImportRow{}).Where("import_id = ?", v.ID).Count(&left).Error)
		assert.Zero(t, left, "what else the phone held is forgotten")

		again := looks(app, oldCalendar)
		assert.Equal(t, 2, again.Counts.Unchanged)
		assert.Equal(t, 1, again.Counts.New)
		require.Equal(t, []string{"认茶 unchanged"}, outcomes(confirmed(app, again, "published", rows[0].Line)))
		require.Equal(t, want, teaEvents(app))
	})
}

func onClock(app *testkit.App, times []time.Time) (list []string) {
	for _, t := range times {
		list = append(list, t.In(app.Street.Alliance.Location()).Format("01-02 15:04"))
	}
	return list
}

func TestANewerFileChangesWhatItBrought(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		brought(app, oldCalendar, "published")
		boss := app.As(testkit.ManagerOf("tea"))
		one := eventTitled(app, "认茶")
		boss.Patch(tea(app, "/events/"+one.ID.String()), body{"story": "这儿自己写的"}).Must(http.StatusOK)
		boss.Patch(tea(app, "/occurrences/"+eventTitled(app, "写字课").Occurrences[0].ID.String()), body{"capacity": 5}).Must(http.StatusOK)
		app.As(testkit.Shopper).Post(signUps(one.Occurrences[0]), body{}).Must(http.StatusCreated)

		newer := bytes.ReplaceAll(oldCalendar, []byte("SUMMARY:写字课\r\nDTSTART;TZID=Asia/Shanghai:20250105T090000\r\nDTEND;TZID=Asia/Shanghai:20250105T103000"), []byte("SUMMARY:写大字\r\nDTSTART;TZID=Asia/Shanghai:20250105T100000\r\nDTEND;TZID=Asia/Shanghai:20250105T113000"))
		newer = bytes.ReplaceAll(newer, []byte("20261101T090000"), []byte("20261101T100000"))
		newer = bytes.ReplaceAll(newer, []byte("20261025T090000"), []byte("20261025T100000"))
		newer = bytes.ReplaceAll(newer, []byte("20261024T150000\r\nDTEND;TZID=China Standard Time:20261024T170000\r\nSEQUENCE:1"), []byte("20261031T150000\r\nDTEND;TZID=China Standard Time:20261031T170000\r\nSEQUENCE:2"))
		v := looks(app, newer)
		require.Equal(t, 2, v.Counts.Changed)
		require.Equal(t, []string{"认茶 updated", "写大字 updated"}, outcomes(brought(app, newer, "published")))
		events := teaEvents(app)
		assert.Equal(t, []string{"10-31 15:00"}, events["认茶"])
		assert.Equal(t, []string{"10-18 10:00", "11-02 19:00", "11-08 10:00"}, events["写大字"])
		moved := eventTitled(app, "认茶")
		assert.Equal(t, "这儿自己写的", moved.Story, "what was changed here stays")
		app.Drain()
		assert.NotEmpty(t, letters(app, testkit.Shopper), "who signed up is told")

		assert.Equal(t, 3, looks(app, newer).Counts.Unchanged)
		older := looks(app, oldCalendar)
		assert.Contains(t, states(app, older), "认茶 unchanged", "an older file changes nothing")

		off := bytes.ReplaceAll(newer, []byte("SEQUENCE:2"), []byte("SEQUENCE:3\r\nSTATUS:CANCELLED"))
		require.Contains(t, outcomes(brought(app, off, "published")), "认茶 cancelled")
		assert.Equal(t, models.EventStateCancelled, eventTitled(app, "认茶").State)
		assert.Equal(t, 0, looks(app, off).Counts.Changed)
	})
}

func eventTitled(app *testkit.App, title string) calendar.EventView {
	var page struct{ Items []calendar.EventView }
	app.As(testkit.ManagerOf("tea")).Get(tea(app, "/events")).Must(http.StatusOK).Into(&page)
	i := slices.IndexFunc(page.Items, func(e calendar.EventView) bool { return e.Title == title })
	return page.Items[max(0, i)]
}

const oldTable = "名称,日期,时间,地点,名额,价格\n认茶,10月24日,15:00-17:00,二楼,8,10元\n写字课,每周日,9:00-10:30,,,\n赶集早点,逢集,6:00-9:00,门口,,免费\n坏的,2月30日,,,,\n"

func TestATableComesAsDrafts(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		v := brought(app, []byte(oldTable), "draft")
		require.Equal(t, []string{"认茶 draft", "写字课 draft", "赶集早点 draft"}, outcomes(v))
		require.Empty(t, teaEvents(app))
		var papers struct{ Items []calendar.Paper }
		app.As(testkit.ManagerOf("tea")).Get(tea(app, "/event-papers")).Must(http.StatusOK).Into(&papers)
		require.Len(t, papers.Items, 3)
		for _, p := range papers.Items {
			assert.Equal(t, p.Title != "认茶", p.Pattern != nil, p.Title)
			assert.Equal(t, p.Title == "认茶", p.Terms.Fee == models.FeeDoor)
		}
		assert.Equal(t, models.CalendarCounts{Rows: 4, Unchanged: 3, Faulty: 1}, looks(app, []byte(oldTable)).Counts)
		changed := strings.ReplaceAll(oldTable, "二楼", "后院")
		require.Equal(t, []string{"认茶 updated"}, outcomes(brought(app, []byte(changed), "draft")))
	})
}

// What one street's feed says is, on another, the same dates.
func TestWhatAFeedSaysComesWithTheSameDates(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		for _, rule := range []string{"FREQ=WEEKLY;BYDAY=SU,WE", "FREQ=MONTHLY;BYDAY=-1SA;COUNT=3", `{"kind":"street"}`, "FREQ=DAILY;INTERVAL=3;UNTIL=20261231"} {
			e := weekly(app, rule)
			boss := app.As(testkit.ManagerOf("tea"))
			at := e.Occurrences[1].StartsAt.Add(3 * time.Hour)
			boss.Patch(tea(app, "/occurrences/"+e.Occurrences[1].ID.String()), body{"starts_at": at, "ends_at": at.Add(time.Hour)}).Must(http.StatusOK)
			boss.Post(tea(app, "/occurrences/"+e.Occurrences[2].ID.String()+"/cancel"), body{}).Must(http.StatusOK)
		}
		tasting(app, 9)
		feed := app.As(testkit.Visitor).Get("/stores/" + app.Street.Stores["tea"].ID.String() + "/calendar.ics")
		feed.Must(http.StatusOK)

		store := app.Street.Stores["noodles"]
		desk := calendar.Desk{Alliance: store.AllianceID, Store: store.ID, Account: models.NewID()}
		imp, err := app.Calendar.SeeCalendar(app.Ctx(), desk, "feed.ics", feed.Body)
		require.NoError(t, err)
		var rows []models.CalendarImportRow
		require.NoError(t, app.DB.Read(app.Ctx()).Where("import_id = ? AND state = ?", imp.ID, models.CalendarNew).Find(&rows).Error)
		var lines []int
		for _, row := range rows {
			lines = append(lines, row.Line)
		}
		_, err = app.Calendar.BringIn(app.Ctx(), desk, imp.ID, calendar.Bring{Lines: lines, As: calendar.BringPublished, Capacity: 5})
		require.NoError(t, err)
		require.Equal(t, datesOf(t, app, app.Street.Stores["tea"].ID), datesOf(t, app, store.ID))
	})
}

func datesOf(t *testing.T, app *testkit.App, store models.ID) (list []string) {
	t.Helper()
	var rows []models.Occurrence
	require.NoError(t, app.DB.Read(app.Ctx()).Where("store_id = ? AND state = ?", store, models.EventStatePublished).Find(&rows).Error)
	for _, o := range rows {
		list = append(list, fmt.Sprint(o.StartsAt.UTC().Format(time.DateTime), " ", o.EndsAt.Sub(o.StartsAt)))
	}
	slices.Sort(list)
	return list
}

// swollen is a small workbook that says it unpacks to 200 MB; that a false word does not help either is package sheet's to test.
func swollen(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	_, err := w.CreateRaw(&zip.FileHeader{Name: "xl/worksheets/sheet1.xml", Method: zip.Deflate, UncompressedSize64: 200 << 20})
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return out.Bytes()
}

func TestBringingACalendarIsRefusedWithTheReason(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		boss := app.As(testkit.ManagerOf("tea"))
		boss.Upload(tea(app, imports), "big.ics", bytes.Repeat([]byte("X"), models.CalendarFileMax+1)).Refused(http.StatusRequestEntityTooLarge, "import_too_large")
		boss.Upload(tea(app, imports), "x.ics", []byte("\x89PNG\r\n\x1a\n\x00\x00")).Refused(http.StatusUnprocessableEntity, "import_file")
		boss.Upload(tea(app, imports), "bomb.xlsx", swollen(t)).Refused(http.StatusRequestEntityTooLarge, "import_unpacked")
		boss.Post(tea(app, imports), body{}).Refused(http.StatusUnprocessableEntity, "import_missing")

		v := looks(app, oldCalendar)
		path := tea(app, imports+"/"+v.ID.String())
		lines := []int{rowsOf(app, v)[0].Line}
		good := body{"lines": lines, "as": "published", "capacity": 20}
		for code, bad := range map[string]body{
			"import_none_chosen": good.with("lines", []int{}), "import_lines": good.with("lines", []int{lines[0], 99999}),
			"import_many_chosen": good.with("lines", slices.Repeat([]int{1}, models.CalendarAtOnce+1)), "invalid": good.with("capacity", 0),
		} {
			boss.Post(path+"/confirm", bad).Refused(http.StatusUnprocessableEntity, code)
		}
		other := app.As(testkit.ManagerOf("noodles"))
		foreign := app.At("noodles", imports+"/"+v.ID.String())
		other.Get(foreign).Refused(http.StatusNotFound, "not_found")
		other.Get(foreign+"/rows").Refused(http.StatusNotFound, "not_found")
		other.Post(foreign+"/confirm", good).Refused(http.StatusNotFound, "not_found")
		street := "/stores/" + app.Street.Alliance.ID.String() + imports
		app.As(testkit.Coordinator).Get(street+"/"+v.ID.String()).Refused(http.StatusNotFound, "not_found")
		app.As(testkit.OtherCoordinator).Upload(street, "x.ics", oldCalendar).Must(http.StatusForbidden)
		boss.Upload(street, "x.ics", oldCalendar).Must(http.StatusForbidden)
		require.Empty(t, teaEvents(app))

		var own calendar.CalendarImportView
		app.As(testkit.Coordinator).Upload(street, "x.ics", oldCalendar).Must(http.StatusCreated).Into(&own)
		app.As(testkit.Coordinator).Post(street+"/"+own.ID.String()+"/confirm", good).Must(http.StatusOK).Into(&own)
		require.Equal(t, []string{"认茶 published"}, outcomes(own), "the street holds it itself")
		require.Equal(t, app.Street.Alliance.ID, own.Host.ID)
		require.Empty(t, teaEvents(app))
		app.Time.Advance(25 * time.Hour)
		require.NoError(t, app.Calendar.ForgetLooks(app.Ctx()))
		var kept []models.CalendarImport
		require.NoError(t, app.DB.Read(app.Ctx()).Where("alliance_id = ?", app.Street.Alliance.ID).Find(&kept).Error)
		require.Len(t, kept, 1, "what came stays on record, what was only looked at is forgotten")
		require.True(t, json.Valid([]byte(kept[0].Result)))
	})
}
