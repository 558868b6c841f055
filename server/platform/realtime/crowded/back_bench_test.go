package crowded

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/app"
	"onestreet/server/feed"
	"onestreet/server/platform/db"
	"onestreet/server/testkit"
	"onestreet/server/testkit/crowd"
	"onestreet/server/testkit/figures"
	"onestreet/server/testkit/load"
	"onestreet/server/testkit/services"
	"onestreet/server/testkit/together"
)

// BenchmarkBack: 4,000 phones are cut while 200 posts pass, and all come back in one moment.
func BenchmarkBack(b *testing.B) {
	app.TradeMemory()
	const phones, posts = 4000, 200
	street := testkit.New(b, db.SQLite)
	n := start(street, b, "")
	before := head(b, n, street.Street.Alliance.ID)
	c := crowd.New(b)
	c.Open(phones, since(door(street, n), before))
	c.Cut()
	n.say(b, street.Street.Alliance.ID, posts, bytesEach)
	began := time.Now()
	c.Back()
	r := c.Until(60*time.Second, func(r crowd.Report) bool { return r.Lowest == before+posts })
	took := time.Since(began)
	require.Equal(b, [3]int64{phones * posts, 0, 0}, [3]int64{r.Frames, r.Gaps, r.Repeats})
	figures.AtMost(b, "realtime.all_back", took.Seconds(), "s", 5)
}

// BenchmarkRollingRestart: two nodes with 2,000 phones are restarted one after the other while neighbours go on posting.
func BenchmarkRollingRestart(b *testing.B) {
	app.TradeMemory()
	const phones, posts = 2000, 100
	street := testkit.New(b, db.MySQL)
	redis := "redis://" + services.Redis(b)
	first, second := start(street, b, redis), start(street, b, redis)
	c := crowd.New(b)
	c.Open(phones, door(street, first, second))
	began := time.Now()
	first.stop()
	second.say(b, street.Street.Alliance.ID, posts, bytesEach)
	again := startAt(street, b, redis, first.addr)
	second.stop()
	again.say(b, street.Street.Alliance.ID, posts, bytesEach)
	r := c.Until(30*time.Second, func(r crowd.Report) bool { return r.Ready == phones && r.Lowest == 2*posts })
	require.Equal(b, [3]int64{phones * 2 * posts, 0, 0}, [3]int64{r.Frames, r.Gaps, r.Repeats})
	require.GreaterOrEqual(b, r.Closed[4012], int64(phones), "everyone was told to come back later, some twice")
	figures.AtMost(b, "realtime.restart_all_back", time.Since(began).Seconds(), "s", 15)
}

// BenchmarkPost: a neighbour's post over HTTP, to the last of 2,000 phones, the commit included.
func BenchmarkPost(b *testing.B) {
	app.TradeMemory()
	for _, dialect := range []db.Dialect{db.SQLite, db.MySQL} {
		b.Run(string(dialect), func(b *testing.B) { post(b, dialect) })
	}
}

func post(b *testing.B, dialect db.Dialect) {
	const phones, posts = 2000, 300
	street := testkit.New(b, dialect)
	n := start(street, b, "")
	c := crowd.New(b)
	c.Open(phones, since(door(street, n), head(b, n, street.Street.Alliance.ID)))
	first := head(b, n, street.Street.Alliance.ID) + 1
	left := posted(b, street, n, posts)
	r := c.Until(20*time.Second, func(r crowd.Report) bool { return r.Frames == phones*posts })
	took := make([]float64, posts)
	for i, at := range left {
		took[i] = float64(r.Last[first+int64(i)]-at.UnixNano()) / 1e6
	}
	slices.Sort(took)
	figures.Report(b, "realtime.post_to_last_p50."+string(dialect), took[posts/2], "ms")
	figures.AtMost(b, "realtime.post_to_last_p99."+string(dialect), took[posts*99/100], "ms", 150)
}

// posted sends twenty posts a second, one after the other, and returns when each was meant to leave.
func posted(b *testing.B, street *testkit.App, n *node, posts int) []time.Time {
	conn, err := load.Dial(n.addr)
	require.NoError(b, err)
	defer conn.Close()
	token := street.As(testkit.Shopper).Token()
	beat := time.NewTicker(time.Second / 20)
	defer beat.Stop()
	left := make([]time.Time, posts)
	for i := range left {
		left[i] = <-beat.C
		answer, err := conn.Send(load.Request(http.MethodPost, "/api/v1/feeds/street/posts", `{"text":"晚上七点，巷口有糖炒栗子"}`,
			"Authorization", "Bearer "+token, "Idempotency-Key", fmt.Sprintf("%s-%d", street.Street.Alliance.ID, i)), left[i])
		require.NoError(b, err)
		require.Equal(b, http.StatusCreated, answer.Status, "%s", answer.Body)
	}
	return left
}

// BenchmarkWriters: posts a second into one feed by 64 neighbours, sharing commits, against each post in a transaction of
// its own: by all 64 at once, who meet at the stream's row, and by one who has the feed to himself. The rounds follow one
// another, so that a disk that is slow for a while is slow for both.
func BenchmarkWriters(b *testing.B) {
	const posts, writers, rounds = 3200, 64, 5
	street := testkit.New(b, db.MySQL)
	people := street.Join(writers, "shoes")
	draft := func(w int) feed.Draft {
		who := people[w]
		return feed.Draft{
			Author: feed.Author{Alliance: street.Street.Alliance.ID, Account: who.Account.ID, Member: who.Member.ID},
			Feed:   models.StreetFeed, Text: "晚上七点，巷口有糖炒栗子",
		}
	}
	plainly := func(w int) error {
		d, err := street.Feed.Check(street.Ctx(), draft(w), 0)
		if err != nil {
			return err
		}
		return street.DB.Tx(street.Ctx(), func(tx *gorm.DB) error {
			_, err := street.Feed.Publish(tx, models.NewID(), d)
			return err
		})
	}
	shared := func(w int) error {
		_, err := street.Feed.Say(street.Ctx(), draft(w))
		return err
	}
	var all, each, alone, ratios []float64
	for range rounds {
		together, apart, single := writing(writers, posts, shared), writing(writers, posts/2, plainly), writing(1, posts/8, plainly)
		require.NoError(b, errors.Join(together.err, apart.err, single.err))
		all, each, alone = append(all, together.rate), append(each, apart.rate), append(alone, single.rate)
		ratios = append(ratios, together.rate/apart.rate)
	}
	figures.Report(b, "realtime.posts_per_second", figures.Median(all), "1/s")
	figures.Report(b, "realtime.posts_each_per_second", figures.Median(each), "1/s")
	figures.Report(b, "realtime.posts_alone_per_second", figures.Median(alone), "1/s")
	figures.AtLeast(b, "realtime.posts_vs_each", figures.Median(ratios), "ratio", 5)
}

type wrote struct {
	rate float64
	err  error
}

func writing(writers, posts int, write func(w int) error) wrote {
	var all together.Group
	errs := make([]error, writers)
	began := time.Now()
	for w := range writers {
		all.Go(func() {
			for range posts / writers {
				if err := write(w); err != nil {
					errs[w] = err
					return
				}
			}
		})
	}
	all.Wait()
	result := wrote{rate: float64(posts/writers*writers) / time.Since(began).Seconds()}
	for _, err := range errs {
		if err != nil {
			result.err = err
		}
	}
	return result
}
