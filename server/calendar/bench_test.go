package calendar_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
	"onestreet/server/calendar/recur"
	"onestreet/server/platform/db"
	"onestreet/server/testkit"
	"onestreet/server/testkit/figures"
)

// street is five hundred rules of every sort, begun two years before.
func street(b *testing.B) (rules []recur.Rule) {
	for n := range 500 {
		text := []string{
			`{"kind":"lunar_digits","digits":[3,6,9],"dtstart":"2024-11-03T09:00","tzid":"Asia/Shanghai"}`,
			fmt.Sprintf("DTSTART;TZID=Asia/Shanghai:20241105T%02d0000\nRRULE:FREQ=WEEKLY;BYDAY=TU,FR", 8+n%12),
			"DTSTART;TZID=Asia/Shanghai:20241101T190000\nRRULE:FREQ=MONTHLY;BYDAY=1FR",
			`{"kind":"branches","branches":["卯","酉"],"dtstart":"2024-11-03T09:00","tzid":"Asia/Shanghai"}`,
			"DTSTART;TZID=Asia/Shanghai:20241108T190000\nRRULE:FREQ=DAILY;INTERVAL=3",
		}[n%5]
		rule, err := recur.Parse([]byte(text))
		require.NoError(b, err)
		rules = append(rules, rule)
	}
	return rules
}

func BenchmarkAMonthOfAStreet(b *testing.B) {
	rules := street(b)
	month := func() {
		for _, rule := range rules {
			_, err := rule.Expand(recur.Window{From: almanac.On(2026, 11, 1), To: almanac.On(2026, 11, 30)})
			require.NoError(b, err)
		}
	}
	month()
	figures.AtMost(b, "calendar.month_of_500_rules", figures.Millis(figures.Sample(20, func(int) { month() })), "ms", 5)
}

func BenchmarkTheFeedOfAStreet(b *testing.B) {
	app := testkit.New(b, db.SQLite)
	var e struct{ ID models.ID }
	app.As(testkit.ManagerOf("tea")).Post(tea(app, "/events"), plan(8)).Must(http.StatusCreated).Into(&e)
	rows := make([]models.Occurrence, 0, 1999)
	for n := range 1999 {
		at := Sunday.Add(time.Duration(n) * 2 * time.Hour)
		rows = append(rows, models.Occurrence{
			ID: models.NewID(), AllianceID: app.Street.Alliance.ID, EventID: e.ID, StoreID: app.Street.Stores["tea"].ID, State: models.EventStatePublished,
			StartsAt: at, EndsAt: at.Add(time.Hour), Capacity: 8, CreatedAt: at, UpdatedAt: at,
		})
	}
	require.NoError(b, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error { return tx.CreateInBatches(&rows, 200).Error }))
	path := "/calendar.ics?street=" + app.Street.Alliance.Slug
	tag := ""
	read := func() { tag = app.As(testkit.Visitor).Get(path).Must(http.StatusOK).Header.Get("ETag") }
	took := make([]time.Duration, 10)
	for n := range took { // one date is moved before each: nobody has the text yet
		require.NoError(b, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
			return tx.Model(&models.Occurrence{}).Where("id = ?", rows[n].ID).UpdateColumn("sequence", gorm.Expr("sequence + 1")).Error
		}))
		began := time.Now()
		read()
		took[n] = time.Since(began)
	}
	figures.AtMost(b, "calendar.feed_of_2000", figures.Millis(took), "ms", 50)
	figures.Report(b, "calendar.feed_read_again", figures.Millis(figures.Sample(10, func(int) { read() })), "ms")
	figures.Report(b, "calendar.feed_unchanged", figures.Millis(figures.Sample(10, func(int) {
		app.As(testkit.Visitor).With("If-None-Match", tag).Get(path).Must(http.StatusNotModified)
	})), "ms")
}
