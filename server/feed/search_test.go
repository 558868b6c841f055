package feed_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/feed"
	"onestreet/server/feed/words"
	"onestreet/server/platform/web"
	"onestreet/server/testkit"
)

func search(t *testing.T, app *testkit.App, p testkit.Persona, q, more string) web.Page[feed.Hit] {
	t.Helper()
	var page web.Page[feed.Hit]
	app.As(p).Get("/search?q=" + url.QueryEscape(q) + more).Must(http.StatusOK).Into(&page)
	return page
}

func found(t *testing.T, app *testkit.App, p testkit.Persona, q string) []string {
	t.Helper()
	texts := []string{}
	for _, hit := range search(t, app, p, q, "").Items {
		texts = append(texts, hit.Post.Text)
	}
	return texts
}

func TestASearchFindsWordsInsideATextThatHasNoSpaces(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		say(t, app, testkit.Shopper, "我家在上海东边")
		say(t, app, testkit.Shopper, "Hand-made Noodles today #葱油拌面")
		say(t, app, testkit.OtherShopper, "海边风大")
		app.As(testkit.ClerkOf("shoes")).Post(street, body{"text": "新到棉鞋", "store_id": app.Street.Stores["shoes"].ID}).Must(http.StatusCreated)
		for q, want := range map[string][]string{
			"上海": {"我家在上海东边"}, "海": {"海边风大", "我家在上海东边"}, "边": {"海边风大", "我家在上海东边"}, "家在上海": {"我家在上海东边"}, "上海 我家": {"我家在上海东边"},
			"上海 西边": {}, "noodles": {"Hand-made Noodles today #葱油拌面"}, "NOOD": {"Hand-made Noodles today #葱油拌面"}, "#葱油": {"Hand-made Noodles today #葱油拌面"},
			"#拌面": {}, "oodles": {}, "陈姐": {"新到棉鞋"}, app.Street.Stores["shoes"].Name: {"新到棉鞋"}, "陈姐 棉鞋": {"新到棉鞋"}, "陈姐 上海": {},
			"李桂芳": {"Hand-made Noodles today #葱油拌面", "我家在上海东边"}, "桂芳 上海": {"我家在上海东边"}, "没有的话": {},
		} {
			require.Equal(t, want, found(t, app, testkit.Visitor, q), q)
		}
		hit := search(t, app, testkit.Visitor, "桂芳 上海", "").Items[0]
		require.Equal(t, []words.Mark{{From: 3, To: 5}}, hit.Marks)
		require.True(t, hit.ByName)
		for _, q := range []string{"", "%20", "%E3%80%82", "%25"} {
			app.As(testkit.Visitor).Get("/search?q="+q).Refused(http.StatusUnprocessableEntity, "search_empty")
		}
		app.As(testkit.Visitor).Get("/search?q=x&cursor=!").Refused(http.StatusUnprocessableEntity, "cursor")
		app.As(testkit.Visitor).Get("/search?q=x&feed=alley").Refused(http.StatusNotFound, "not_found")
		app.As(testkit.Shopper).Patch("/me", body{"name": "李奶奶"}).Must(http.StatusOK)
		require.Len(t, found(t, app, testkit.Visitor, "李奶奶"), 2, "a new name is found at once")
		require.Empty(t, found(t, app, testkit.Visitor, "李桂芳"))
	})
}

func TestASearchShowsOnlyWhatOneMayRead(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		closed := circle(app, models.CircleInvitation, nil)
		app.As(testkit.OwnerOf("noodles")).Post("/feeds/"+closed.ID.String()+"/posts", body{"text": "圈里说面馆"}).Must(http.StatusCreated)
		first := say(t, app, testkit.Shopper, "街上说面馆")
		app.As(testkit.OtherOwner).Post(street, body{"text": "别的街说面馆"}).Must(http.StatusCreated)
		require.Equal(t, []string{"街上说面馆"}, found(t, app, testkit.OtherShopper, "说面馆"))
		require.Equal(t, []string{"街上说面馆", "圈里说面馆"}, found(t, app, testkit.OwnerOf("noodles"), "说面馆"))
		require.Equal(t, []string{"街上说面馆", "圈里说面馆"}, found(t, app, testkit.Coordinator, "说面馆"))
		require.Equal(t, []string{"别的街说面馆"}, found(t, app, testkit.OtherOwner, "说面馆"))
		one := search(t, app, testkit.OwnerOf("noodles"), "说面馆", "&feed="+closed.ID.String())
		require.Len(t, one.Items, 1)
		app.As(testkit.OtherShopper).Get("/search?q=x&feed="+closed.ID.String()).Refused(http.StatusForbidden, "not_in_circle")
		app.As(testkit.OtherOwner).Get("/search?q=x&feed="+closed.ID.String()).Refused(http.StatusNotFound, "not_found")

		at := "/posts/" + first.ID.String()
		app.As(testkit.OtherShopper).Post(at+"/comments", body{"text": "臊子最香"}).Must(http.StatusCreated)
		hit := search(t, app, testkit.ThirdShopper, "臊子", "").Items[0]
		require.Equal(t, "臊子最香", hit.Comment.Text)
		require.Equal(t, []words.Mark{{From: 0, To: 2}}, hit.CommentMarks)
		require.Empty(t, hit.Marks)
		block := say(t, app, testkit.OtherShopper, "我也说面馆")
		app.As(testkit.ThirdShopper).Put("/posts/"+block.ID.String()+"/block", nil).Must(http.StatusOK)
		require.Equal(t, []string{"街上说面馆"}, found(t, app, testkit.ThirdShopper, "说面馆"))
		require.Empty(t, found(t, app, testkit.ThirdShopper, "臊子"), "nor what a hidden neighbour answers")
		app.As(testkit.Shopper).Delete(at).Must(http.StatusNoContent)
		require.Equal(t, []string{"我也说面馆"}, found(t, app, testkit.Shopper, "说面馆"))
		require.Empty(t, found(t, app, testkit.Shopper, "臊子"))
	})
}

func TestASearchIsPagedNewestFirst(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		for i := range 7 {
			say(t, app, testkit.Shopper, fmt.Sprint("买葱", i))
		}
		var texts []string
		for more := "&limit=3"; more != ""; {
			page := search(t, app, testkit.Visitor, "买葱", more)
			for _, hit := range page.Items {
				texts = append(texts, hit.Post.Text)
			}
			more = ""
			if page.NextCursor != "" {
				more = "&limit=3&cursor=" + page.NextCursor
				say(t, app, testkit.Shopper, "买葱，刚说的") // does not disturb who pages
			}
		}
		require.Equal(t, []string{"买葱6", "买葱5", "买葱4", "买葱3", "买葱2", "买葱1", "买葱0"}, texts)
	})
}

// TestTheIndexSaysWhatTheStreetSays: whatever is said, changed, answered and taken down, the index has the terms of what can
// be read and no others, and the job that catches up writes the same.
func TestTheIndexSaysWhatTheStreetSays(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		r := rand.New(rand.NewPCG(5, 33))
		text := func() string {
			said := []rune("面")
			for range 1 + r.IntN(6) {
				said = append(said, []rune("上海东边葱油 aB，")[r.IntN(10)])
			}
			return string(said)
		}
		type said struct{ text string }
		posts, answers := map[string]*said{}, map[string]map[string]*said{}
		li := app.As(testkit.Shopper)
		pick := func(of map[string]*said) string { return slices.Sorted(maps.Keys(of))[r.IntN(len(of))] }
		for range 60 {
			what := r.IntN(7)
			if len(posts) == 0 {
				what = 0
			}
			switch what {
			case 0, 1:
				p := say(t, app, testkit.Shopper, text())
				posts[p.ID.String()], answers[p.ID.String()] = &said{p.Text}, map[string]*said{}
			case 2:
				var p feed.PostView
				id := pick(posts)
				li.Patch("/posts/"+id, body{"text": text()}).Must(http.StatusOK).Into(&p)
				posts[id].text = p.Text
			case 3:
				var c feed.CommentView
				id := pick(posts)
				li.Post("/posts/"+id+"/comments", body{"text": text()}).Must(http.StatusCreated).Into(&c)
				answers[id][c.ID.String()] = &said{c.Text}
			case 4, 5:
				id := pick(posts)
				if len(answers[id]) == 0 {
					continue
				}
				answer := pick(answers[id])
				if what == 4 {
					var c feed.CommentView
					li.Patch("/posts/"+id+"/comments/"+answer, body{"text": text()}).Must(http.StatusOK).Into(&c)
					answers[id][answer].text = c.Text
				} else {
					li.Delete("/posts/" + id + "/comments/" + answer).Must(http.StatusNoContent)
					delete(answers[id], answer)
				}
			default:
				id := pick(posts)
				li.Delete("/posts/" + id).Must(http.StatusNoContent)
				delete(posts, id)
			}
		}
		want := []string{}
		for id, p := range posts {
			texts := []string{p.text}
			for _, c := range answers[id] {
				texts = append(texts, c.text)
			}
			for _, term := range words.Terms(texts...) {
				want = append(want, id+term)
			}
		}
		require.ElementsMatch(t, want, index(t, app))

		require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
			ours := tx.Where("alliance_id = ?", app.Street.Alliance.ID).Session(&gorm.Session{})
			if err := ours.Delete(&models.PostTerm{}).Error; err != nil {
				return err
			}
			return ours.Model(&models.Post{}).Update("indexed", 0).Error
		}))
		require.NoError(t, app.Feed.Index(app.Ctx()))
		require.ElementsMatch(t, want, index(t, app))
	})
}

func index(t *testing.T, app *testkit.App) []string {
	t.Helper()
	var rows []models.PostTerm
	require.NoError(t, app.DB.Read(app.Ctx()).Where("alliance_id = ?", app.Street.Alliance.ID).Find(&rows).Error)
	lines := []string{}
	for _, row := range rows {
		lines = append(lines, row.PostID.String()+row.Term)
	}
	return lines
}
