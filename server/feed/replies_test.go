package feed_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/feed"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
	"onestreet/server/testkit"
	"onestreet/server/testkit/figures"
	"onestreet/server/testkit/together"
)

// TestManyAnswersShareOneOrder: of comments at once under two posts, and under one that is gone, those are refused that must
// be and harm nobody beside them; the others are counted, stand in the stream in one order, are found and told of once.
func TestManyAnswersShareOneOrder(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		people := app.Join(20, "noodles")
		posts := [3]models.Post{}
		for i := range posts {
			var err error
			posts[i], err = app.Feed.Say(app.Ctx(), feed.Draft{Author: neighbour(app, people[i]), Feed: models.StreetFeed, Text: fmt.Sprint("灯会 ", i)})
			require.NoError(t, err)
		}
		app.As(testkit.Coordinator).Delete("/posts/" + posts[2].ID.String()).Must(http.StatusNoContent)
		var all together.Group
		for i := range 120 {
			d := feed.Answer{Author: neighbour(app, people[i%20]), Said: feed.Said{Text: fmt.Sprint("灯笼真亮 ", i)}, Post: posts[i%2].ID}
			var told error
			switch {
			case i >= 110:
				d.Mentions, told = []models.ID{models.NewID()}, feed.ErrMention
			case i >= 105:
				d.To, told = models.NewID(), models.ErrNotFound
			case i >= 100:
				d.Post, told = posts[2].ID, feed.ErrPostGone
			}
			all.Go(func() {
				if _, err := app.Feed.Reply(app.Ctx(), d); !errors.Is(err, told) {
					t.Errorf("%s: %v instead of %v", d.Text, err, told)
				}
			})
		}
		all.Wait()
		answered(t, app, posts[0], 50)
		answered(t, app, posts[1], 50)
		var told, found int64
		read := app.DB.Read(app.Ctx())
		require.NoError(t, read.Model(&outbox.Event{}).Where("alliance_id = ? AND kind = ?", app.Street.Alliance.ID, models.EventCommentCreated).Count(&told).Error)
		require.NoError(t, read.Model(&models.PostTerm{}).Where("alliance_id = ? AND term = ?", app.Street.Alliance.ID, "灯笼").Count(&found).Error)
		require.Equal(t, [2]int64{100, 2}, [2]int64{told, found})
	})
}

// answered expects the comments under a post to be counted one by one in its stream, in the order in which they are listed.
func answered(t *testing.T, app *testkit.App, p models.Post, n int) {
	t.Helper()
	still, err := db.Find[models.Post](app.DB.Read(app.Ctx()), "id = ?", p.ID)
	require.NoError(t, err)
	require.EqualValues(t, n, still.Comments)
	var rows []models.PostComment
	require.NoError(t, app.DB.Read(app.Ctx()).Where("post_id = ?", p.ID).Order("created_at, id").Find(&rows).Error)
	require.Len(t, rows, n)
	items, err := app.Streams.Since(app.Ctx(), p.AllianceID, models.FeedStream(p.Feed), 0, 500)
	require.NoError(t, err)
	at := 0
	for _, item := range items {
		var said struct {
			PostID   models.ID `json:"post_id"`
			Comment  feed.CommentView
			Comments int
		}
		require.NoError(t, json.Unmarshal([]byte(item.Data), &said))
		if item.Kind != "comment.created" || said.PostID != p.ID {
			continue
		}
		require.Equal(t, item.Seq, rows[at].Seq)
		require.Equal(t, rows[at].ID, said.Comment.ID)
		require.Equal(t, rows[at].Text, said.Comment.Text)
		at++
		require.Equal(t, at, said.Comments)
	}
	require.Equal(t, n, at)
}

// BenchmarkAnswers: comments a second under one story by 64 neighbours, sharing commits, against each comment in a
// transaction of its own, who meet at the story's row.
func BenchmarkAnswers(b *testing.B) {
	const answers, writers = 3200, 64
	app := testkit.New(b, db.MySQL)
	people := app.Join(writers, "shoes")
	story, err := app.Feed.Say(app.Ctx(), feed.Draft{Author: neighbour(app, people[0]), Feed: models.StreetFeed, Text: "晚上七点，巷口有糖炒栗子"})
	require.NoError(b, err)
	of := func(w int) feed.Answer {
		return feed.Answer{Author: neighbour(app, people[w]), Said: feed.Said{Text: "给我留一包，下了班就来"}, Post: story.ID}
	}
	shared := answering(b, writers, answers, func(w int) error {
		_, err := app.Feed.Reply(app.Ctx(), of(w))
		return err
	})
	each := answering(b, writers, answers/4, func(w int) error {
		return app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
			_, err := app.Feed.Reply(tx.Statement.Context, of(w)) // joins this transaction, and shares its commit with nobody
			return err
		})
	})
	figures.Report(b, "feed.comments_per_second", shared, "1/s")
	figures.Report(b, "feed.comments_each_per_second", each, "1/s")
	figures.AtLeast(b, "feed.comments_vs_each", shared/each, "ratio", 5)
}

// answering is how many comments a second were written.
func answering(b *testing.B, writers, n int, write func(w int) error) float64 {
	errs := make([]error, writers)
	took := figures.Sample(1, func(int) {
		var all together.Group
		for w := range writers {
			all.Go(func() {
				for range n / writers {
					errs[w] = errors.Join(errs[w], write(w))
				}
			})
		}
		all.Wait()
	})
	require.NoError(b, errors.Join(errs...))
	return float64(n/writers*writers) / took[0].Seconds()
}
