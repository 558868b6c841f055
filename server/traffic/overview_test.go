package traffic_test

import (
	"encoding/csv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/testkit"
	"onestreet/server/traffic"
)

func TestOnlyTheStreetsCoordinatorsSeeTheOverview(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		s.seen("noodles", 1000, s.joins(6, "shoes")...)
		s.Drain()
		for _, path := range []string{"/alliance/overview", "/alliance/overview.csv?table=origins"} {
			for _, p := range []testkit.Persona{testkit.OwnerOf("shoes"), testkit.ClerkOf("noodles"), testkit.Shopper, testkit.OtherOwner} {
				s.As(p).Get(path).Must(403)
			}
			s.As(testkit.Visitor).Get(path).Must(401)
		}
		ours := s.As(testkit.Coordinator).Get("/alliance/overview").Must(200)
		assert.Contains(t, string(ours.Body), s.StoreID("noodles").String())
		theirs := s.As(testkit.OtherCoordinator).Get("/alliance/overview").Must(200)
		var o traffic.Overview
		theirs.Into(&o)
		assert.Zero(t, o.Visits.Today, "another street knows nothing of it")
		assert.NotContains(t, string(theirs.Body), s.StoreID("noodles").String())
	})
}

func TestSpansAreFew(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		for _, days := range []string{"7", "30", "90"} {
			s.As(testkit.Coordinator).Get("/alliance/overview?days=" + days).Must(200)
			s.As(testkit.Coordinator).Get("/alliance/overview.csv?table=hours&days=" + days).Must(200)
		}
		for _, days := range []string{"29", "0", "x"} {
			s.As(testkit.Coordinator).Get("/alliance/overview?days=" + days).Must(422)
			s.As(testkit.Coordinator).Get("/alliance/overview.csv?table=hours&days="+days).Refused(422, "span")
		}
		s.As(testkit.Coordinator).Get("/alliance/overview.csv?table=members").Refused(422, "table_unknown")
	})
}

func TestAStreetOfThreeMembersShowsNoneOfThem(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		for _, p := range []testkit.Persona{testkit.Shopper, testkit.OtherShopper, testkit.ThirdShopper} {
			s.seen("noodles", 1000, s.member(p))
			s.seen("tea", 0, s.member(p))
		}
		s.redeems(s.campaign(), "noodles", s.member(testkit.Shopper))
		o := s.overview()
		assert.EqualValues(t, 7, o.Visits.Today)
		assert.Empty(t, o.Flow)
		assert.Equal(t, 2, o.FlowWithheld, "to the tea house, and back with a coupon")
		assert.Nil(t, o.Brought)
		assert.Nil(t, o.BroughtBy)
		for _, l := range o.Levels {
			assert.Nil(t, l.Members)
		}
		for _, row := range o.Hours.Rows {
			for _, c := range row.Cells {
				assert.Nil(t, c.Value)
				assert.Equal(t, models.Few, c.Withheld)
			}
		}
		require.Len(t, o.Crossing, 2)
		for _, c := range o.Crossing {
			assert.Nil(t, c.Count)
		}
	})
}

func TestWhatIsShownBesideASmallFigure(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		s.joins(9, "shoes")
		s.joins(3, "noodles")
		s.joins(6, "tea")
		o := s.overview()
		shown := map[string]string{}
		for _, c := range o.Origins {
			shown[c.Store.Slug] = string(c.Withheld)
			if c.Withheld == models.Shown {
				require.NotNil(t, c.Members)
			}
		}
		// the books' 0 and the noodles' 3, with nobody without an origin, are three together: the smallest other goes too
		assert.Equal(t, map[string]string{"shoes": "", "noodles": "few", "tea": "veil", "books": "few"}, shown)
		assert.EqualValues(t, 21, o.Members.Total)
		assert.EqualValues(t, 18, o.Members.Today)
	})
}

func TestMembersStandByTheClosestOfTheirRelations(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		regulars, once := s.joins(6, "shoes"), s.joins(7, "tea")
		for range 4 {
			s.seen("noodles", 1000, regulars...)
		}
		s.seen("tea", 500, append(once, regulars...)...)
		levels := map[models.Level]models.Withheld{}
		for _, l := range s.overview().Levels {
			levels[l.Level] = l.Withheld
			if l.Level == models.LevelWeak && l.Members != nil {
				assert.EqualValues(t, 6, *l.Members)
			}
			if l.Level == models.LevelMicro {
				require.NotNil(t, l.Members)
				assert.EqualValues(t, 7, *l.Members)
			}
		}
		// three have never bought, nobody is strong or closest: three in all, and the total is public
		assert.Equal(t, map[models.Level]models.Withheld{
			models.LevelNone: models.Few, models.LevelMicro: models.Shown, models.LevelWeak: models.Veil, models.LevelStrong: models.Few, models.LevelSuper: models.Few,
		}, levels)
	})
}

func TestTodayIsHeldAgainstTheSameTimeLastWeek(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		people := s.joins(3, "shoes")
		s.seen("noodles", 0, people...)
		s.Time.Advance(2 * time.Hour)
		s.seen("noodles", 0, people...) // a week later it will not be so late yet
		s.Time.Advance(7*day - 2*time.Hour + time.Minute)
		s.seen("tea", 0, people[:2]...)
		o := s.overview()
		assert.Equal(t, traffic.VisitCount{Today: 2, Delta: -1, Against: o.Visits.Against}, o.Visits)
	})
}

func TestEventsOfTheWeekAndTonight(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		noon := s.Time.Now() // a Saturday, half past ten
		for _, at := range []time.Time{noon.Add(9 * time.Hour), noon.Add(day), noon.Add(-2 * day), noon.Add(2 * day), noon.Add(time.Hour)} {
			require.NoError(t, s.DB.Tx(s.Ctx(), func(tx *gorm.DB) error {
				return tx.Create(&models.Occurrence{
					ID: models.NewID(), AllianceID: s.id(), EventID: models.NewID(), StoreID: s.StoreID("tea"), StartsAt: at, EndsAt: at.Add(time.Hour),
					Capacity: 5, State: models.EventStatePublished, CreatedAt: noon, UpdatedAt: noon,
				}).Error
			}))
		}
		assert.Equal(t, traffic.EventCount{Week: 4, Tonight: 1}, s.overview().Events)
	})
}

func TestTheTickerNamesNobody(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		shopper := s.member(testkit.Shopper)
		c := s.campaign()
		s.Time.Advance(time.Minute)
		r := s.redeems(c, "noodles", shopper)
		s.Drain()
		s.Time.Advance(time.Minute)
		_, err := s.Coupon.Reverse(s.Ctx(), s.staff("noodles"), r.ID, "wrong table")
		require.NoError(t, err)
		o := s.overview()
		var lines []string
		for _, l := range o.Ticker {
			line := l.Store.ShortName + l.Text
			if l.Amount != nil {
				line += " " + models.Yuan(l.Amount.Amount)
			}
			lines = append(lines, line)
		}
		assert.Equal(t, []string{"面馆撤回了一张券 10.00", "面馆核了一张布鞋的券 −10.00", "布鞋带进来一位新会员 2.00", "布鞋「街坊券」开始领了"}, lines)
		english, err := s.Traffic.Overview(s.Ctx(), s.id(), 30, "en")
		require.NoError(t, err)
		assert.Equal(t, "redeemed a coupon of 布鞋", english.Ticker[1].Text)
	})
}

func TestATableTakenAlongSaysWhatWasWithheld(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		s.joins(9, "shoes")
		s.joins(3, "noodles")
		s.joins(6, "tea")
		require.NoError(t, s.DB.Tx(s.Ctx(), func(tx *gorm.DB) error {
			return tx.Model(&models.Store{}).Where("id = ?", s.StoreID("shoes")).Update("name", `=HYPERLINK("x")`).Error
		}))
		s.Drain()
		for _, table := range []string{"origins", "crossing", "hours", "flow", "levels"} {
			res := s.As(testkit.Coordinator).Get("/alliance/overview.csv?table=" + table).Must(200)
			assert.Equal(t, "text/csv; charset=utf-8", res.Header.Get("Content-Type"))
			body, found := strings.CutPrefix(string(res.Body), "\ufeff")
			require.True(t, found, "Excel needs the mark")
			rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
			require.NoError(t, err)
			require.NotEmpty(t, rows)
			if table == "origins" {
				assert.Equal(t, [][]string{
					{"来源店", "新会员"}, {`'=HYPERLINK("x")`, "9"}, {"林家面馆", "人数太少，不显示"}, {"清和茶馆", "为防倒推，不显示"}, {"青石书店", "人数太少，不显示"},
				}, rows)
			}
		}
		english := s.As(testkit.Coordinator).In("en").Get("/alliance/overview.csv?table=origins").Must(200)
		assert.Contains(t, string(english.Body), "too few, withheld")
	})
}

// signals collects what would leave on sockets.
type signals struct {
	mu  sync.Mutex
	all map[string]int
}

func (g *signals) note(_ models.ID, stream, kind string, _ any) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.all[stream+" "+kind]++
}

func TestOpenScreensHearOfEveryVisit(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		heard := &signals{all: map[string]int{}}
		s.Traffic.Signal = heard.note
		s.seen("noodles", 0, s.member(testkit.Shopper))
		assert.Empty(t, heard.all, "nothing before the commit and the count")
		s.Drain()
		assert.Equal(t, map[string]int{"alliance overview.changed": 1, "desk:" + s.StoreID("noodles").String() + " desk.changed": 1}, heard.all)
	})
}

func TestNewsThatComesTwiceCountsOnce(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		v := s.seen("noodles", 1000, s.joins(5, "shoes")...)
		before := s.overview()
		s.tell(models.EventVisitRecorded, models.VisitRecorded{VisitID: v.ID, StoreID: v.StoreID, MemberID: v.MemberID, Kind: v.Kind, Amount: v.Amount, At: v.At})
		s.tell(models.EventVisitCancelled, models.VisitRecorded{VisitID: v.ID, StoreID: v.StoreID, MemberID: v.MemberID, Kind: v.Kind, Amount: v.Amount, At: v.At})
		assert.Equal(t, before.Visits, s.overview().Visits, "it was not cancelled, whatever the news says")
	})
}

func TestANightForgetsOldNewsAndMendsTheLastDays(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		s.campaign()
		s.seen("noodles", 0, s.joins(5, "shoes")...)
		s.Drain()
		require.NoError(t, s.DB.Tx(s.Ctx(), func(tx *gorm.DB) error {
			return tx.Model(&models.TrafficDay{}).Where("alliance_id = ?", s.id()).Update("visits", 99).Error
		}))
		require.NoError(t, s.Traffic.Renew(s.Ctx()))
		o := s.overview()
		assert.EqualValues(t, 5, o.Visits.Today)
		assert.NotEmpty(t, o.Ticker)
		s.Time.Advance(31 * day)
		require.NoError(t, s.Traffic.Renew(s.Ctx()))
		assert.Empty(t, s.overview().Ticker)
	})
}
