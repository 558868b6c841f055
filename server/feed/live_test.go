package feed_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/feed"
	"onestreet/server/testkit"
	"onestreet/server/testkit/together"
)

// watch opens somebody's app on the street's feed.
func watch(t *testing.T, app *testkit.App, p testkit.Persona, since int64) *testkit.Socket {
	t.Helper()
	s := app.Open(p)
	require.Equal(t, "following", s.Follow("feed:street", since).Op)
	return s
}

// posts hears the next n items, which must be posts, and returns their words.
func posts(t *testing.T, s *testkit.Socket, n int) []string {
	t.Helper()
	var texts []string
	for range n {
		f := s.Hear()
		require.Equal(t, "post.created", f.Kind)
		var data struct{ Post feed.PostView }
		require.NoError(t, json.Unmarshal(f.Data, &data))
		require.Equal(t, f.Seq, data.Post.Seq)
		texts = append(texts, data.Post.Text)
	}
	return texts
}

func TestWhatIsSaidIsOnEveryScreen(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		li, wang := watch(t, app, testkit.Shopper, 0), watch(t, app, testkit.OtherShopper, 0)
		chen, visitor := watch(t, app, testkit.OwnerOf("shoes"), 0), watch(t, app, testkit.Visitor, 0)
		p := say(t, app, testkit.Shopper, "猫找着了")
		app.As(testkit.OwnerOf("shoes")).Post(street, map[string]any{"text": "恭喜", "store_id": app.Street.Stores["shoes"].ID}).Must(http.StatusCreated)
		for _, s := range []*testkit.Socket{li, wang, chen, visitor} {
			require.Equal(t, []string{"猫找着了", "恭喜"}, posts(t, s, 2))
		}
		app.As(testkit.OtherShopper).Post("/posts/"+p.ID.String()+"/comments", map[string]any{"text": "太好了"}).Must(http.StatusCreated)
		f := visitor.Hear()
		require.Equal(t, "comment.created", f.Kind)
		require.Contains(t, string(f.Data), `"comments":1`)
		require.Contains(t, string(f.Data), "王秀兰")
		for i, persona := range []testkit.Persona{testkit.OtherShopper, testkit.ThirdShopper, testkit.OwnerOf("tea")} {
			app.As(persona).Put("/posts/"+p.ID.String()+"/like", nil).Must(http.StatusOK)
			if i == 2 {
				for want := fmt.Sprintf(`{"likes":3,"post_id":%q}`, p.ID); ; { // the last signal tells the last count
					if got := string(li.Signal("post.liked").Data); got == want {
						break
					}
				}
			}
		}
		app.As(testkit.Shopper).Delete("/posts/" + p.ID.String()).Must(http.StatusNoContent)
		require.Equal(t, "post.deleted", visitor.Hear().Kind)
	})
}

func TestWhoWasOfflineSeesExactlyWhatWasMissed(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := watch(t, app, testkit.OtherShopper, 0)
		say(t, app, testkit.Shopper, "一")
		require.Equal(t, []string{"一"}, posts(t, s, 1))
		s.Cut()
		for _, text := range []string{"二", "三", "四"} {
			say(t, app, testkit.Shopper, text)
		}
		s = watch(t, app, testkit.OtherShopper, 1)
		say(t, app, testkit.Shopper, "五")
		require.Equal(t, []string{"二", "三", "四", "五"}, posts(t, s, 4))
	})
}

func TestSixtyWritersOnTwentyScreens(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		var screens []*testkit.Socket
		for range 20 {
			screens = append(screens, watch(t, app, testkit.Visitor, 0))
		}
		who := app.Street.People[testkit.Shopper]
		me := feed.Author{Alliance: app.Street.Alliance.ID, Account: who.Account.ID, Member: who.Member.ID}
		var writers, readers together.Group
		for w := range 60 {
			writers.Go(func() {
				for i := range 3 {
					if _, err := app.Feed.Say(app.Ctx(), feed.Draft{Author: me, Feed: "street", Text: fmt.Sprintf("%d.%d", w, i)}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		heard := make([][]string, len(screens))
		for i, s := range screens {
			readers.Go(func() {
				for seq := int64(1); seq <= 180; seq++ {
					f := s.Hear()
					if f.Seq != seq {
						t.Errorf("heard %d instead of %d", f.Seq, seq)
						return
					}
					heard[i] = append(heard[i], string(f.Data))
				}
			})
		}
		writers.Wait()
		readers.Wait()
		for _, all := range heard {
			require.Equal(t, heard[0], all)
		}
	})
}

// client is a feed as an app keeps it: a snapshot, and the items after it.
type client struct {
	posts map[models.ID]feed.PostView
	since int64
	from  int64 // the oldest post that the snapshot had
	nods  map[models.ID]int64
}

func snapshot(t *testing.T, app *testkit.App) *client {
	t.Helper()
	var page feed.Page
	app.As(testkit.Visitor).Get(street + "?limit=100").Must(http.StatusOK).Into(&page)
	c := &client{posts: map[models.ID]feed.PostView{}, nods: map[models.ID]int64{}, since: page.Seq}
	for _, p := range page.Items {
		c.nods[p.ID] = p.Likes
		c.posts[p.ID] = withoutLikes(p)
		c.from = p.Seq
	}
	return c
}

// withoutLikes: likes are signals and not part of what items tell.
func withoutLikes(p feed.PostView) feed.PostView {
	p.Likes = 0
	return p
}

// apply is docs/protocol.md, "A snapshot and what came after it".
func (c *client) apply(t *testing.T, app *testkit.App, item models.StreamItem) {
	t.Helper()
	var data struct {
		Post     feed.PostView
		Comment  feed.CommentView
		Comments int64
		feed.Edited
	}
	require.NoError(t, json.Unmarshal([]byte(item.Data), &data))
	p, known := c.posts[data.PostID]
	switch item.Kind {
	case "post.created":
		c.posts[data.Post.ID] = withoutLikes(data.Post)
	case "post.deleted":
		delete(c.posts, data.PostID)
	case "comment.created":
		if known {
			p.LastComments = slices.DeleteFunc(p.LastComments, func(o feed.CommentView) bool { return o.ID == data.Comment.ID })
			p.LastComments = append(p.LastComments, data.Comment)
			p.LastComments = p.LastComments[max(0, len(p.LastComments)-3):]
			p.Comments = data.Comments
			c.posts[data.PostID] = p
		}
	case "comment.deleted":
		if known {
			again := app.As(testkit.Visitor).Get("/posts/" + p.ID.String())
			if again.Status == http.StatusGone {
				delete(c.posts, p.ID)
				return
			}
			var now feed.PostView // a new one: what JSON leaves out would keep its old value
			again.Must(http.StatusOK).Into(&now)
			c.posts[p.ID] = withoutLikes(now)
		}
	case "post.edited":
		if known {
			p.Text, p.Mentions, p.EditedAt = data.Text, data.Mentions, &data.EditedAt
			c.posts[p.ID] = p
		}
	case "comment.edited":
		for i, said := range p.LastComments {
			if said.ID == data.CommentID {
				said.Text, said.Mentions, said.EditedAt = data.Text, data.Mentions, &data.EditedAt
				p.LastComments[i] = said
			}
		}
	case "erased":
	default:
		t.Fatalf("unknown kind %q", item.Kind)
	}
}

// heardTo applies what a screen hears up to an item, and then until its counts of nods are those of a fresh snapshot: they
// are signals, the last of which comes after the last item.
func (c *client) heardTo(t *testing.T, app *testkit.App, s *testkit.Socket, fresh *client) {
	t.Helper()
	nods := map[models.ID]int64{}
	for c.since < fresh.since || !maps.Equal(standing(nods, fresh), standing(fresh.nods, fresh)) {
		f := s.Next()
		switch {
		case f.Op == "item":
			require.Equal(t, c.since+1, f.Seq)
			c.since = f.Seq
			c.apply(t, app, models.StreamItem{Kind: f.Kind, Data: string(f.Data)})
		case f.Kind == "post.liked":
			var told struct {
				PostID models.ID `json:"post_id"`
				Likes  int64
			}
			require.NoError(t, json.Unmarshal(f.Data, &told))
			nods[told.PostID] = told.Likes
		}
	}
}

// standing are the counts, other than none, of posts that are still there.
func standing(nods map[models.ID]int64, fresh *client) map[models.ID]int64 {
	counts := map[models.ID]int64{}
	for id, n := range nods {
		if _, there := fresh.posts[id]; there && n > 0 {
			counts[id] = n
		}
	}
	return counts
}

// TestASnapshotAndTheItemsAfterItAreAFreshSnapshot: taken at any moment of a busy evening, in which people write, answer,
// nod, delete and leave at once, and for a screen that was there all evening.
func TestASnapshotAndTheItemsAfterItAreAFreshSnapshot(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		seed := rand.Uint64()
		t.Logf("seed %d", seed)
		people := app.Join(8, "tea")
		screen := watch(t, app, testkit.Visitor, 0)
		var evening together.Group
		var mu sync.Mutex
		var clients []*client
		for n := range 4 {
			dice := rand.New(rand.NewPCG(seed, uint64(n)))
			mine := people[2*n : 2*n+2]
			evening.Go(func() {
				for step := range 24 {
					if step%8 == 3 {
						c := snapshot(t, app)
						mu.Lock()
						clients = append(clients, c)
						mu.Unlock()
					}
					something(t, app, dice, mine[dice.IntN(2)])
				}
				app.AsPerson(mine[1]).Post("/me/leave", map[string]any{"confirm": "离开"}).Must(http.StatusNoContent)
			})
		}
		evening.Wait()
		say(t, app, testkit.Shopper, "晚安")
		fresh := snapshot(t, app)
		all := &client{posts: map[models.ID]feed.PostView{}, from: fresh.from}
		all.heardTo(t, app, screen, fresh)
		for _, c := range append(clients, all) {
			items, err := app.Streams.Since(app.Ctx(), app.Street.Alliance.ID, "feed:street", c.since, 1000)
			require.NoError(t, err)
			for _, item := range items {
				c.apply(t, app, item)
			}
			want := map[models.ID]feed.PostView{}
			for id, p := range fresh.posts {
				if p.Seq >= c.from {
					want[id] = p
				}
			}
			maps.DeleteFunc(c.posts, func(_ models.ID, p feed.PostView) bool { return p.Seq < c.from })
			require.Equal(t, plain(t, want), plain(t, c.posts))
		}
	})
}

// plain is the JSON of a feed, which is what an app compares.
func plain(t *testing.T, posts map[models.ID]feed.PostView) string {
	t.Helper()
	text, err := json.MarshalIndent(posts, "", " ")
	require.NoError(t, err)
	return string(text)
}

// something is what a neighbour does next.
func something(t *testing.T, app *testkit.App, dice *rand.Rand, who testkit.Person) {
	t.Helper()
	me := app.AsPerson(who)
	app.Time.Advance(time.Second) // comments have an order
	var page feed.Page
	me.Get(street + "?limit=10").Must(http.StatusOK).Into(&page)
	choice := dice.IntN(10)
	if len(page.Items) == 0 || choice < 3 {
		me.Post(street, map[string]any{"text": fmt.Sprint("话 ", dice.Uint32())}).Must(http.StatusCreated)
		return
	}
	p := page.Items[dice.IntN(len(page.Items))]
	at := "/posts/" + p.ID.String()
	switch {
	case choice < 8:
		answered := me.Post(at+"/comments", map[string]any{"text": fmt.Sprint("答 ", dice.Uint32())})
		require.Contains(t, []int{http.StatusCreated, http.StatusGone}, answered.Status, "%s", answered.Body)
	case choice == 8 && p.Mine:
		me.Delete(at).Must(http.StatusNoContent)
	case p.Editable:
		edited := me.Patch(at, map[string]any{"text": fmt.Sprint("改 ", dice.Uint32())})
		require.Contains(t, []int{http.StatusOK, http.StatusGone}, edited.Status, "%s", edited.Body)
	case len(p.LastComments) > 0 && p.LastComments[0].Editable:
		one := at + "/comments/" + p.LastComments[0].ID.String()
		if dice.IntN(2) == 0 {
			me.Delete(one)
			return
		}
		edited := me.Patch(one, map[string]any{"text": fmt.Sprint("改 ", dice.Uint32())})
		require.Contains(t, []int{http.StatusOK, http.StatusGone}, edited.Status, "%s", edited.Body)
	default:
		liked := me.Put(at+"/like", nil)
		require.Contains(t, []int{http.StatusOK, http.StatusGone}, liked.Status, "%s", liked.Body)
	}
}

func TestWhoSpeaksForThemselvesWithoutBeingAMember(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		require.Equal(t, "coordinator", say(t, app, testkit.Coordinator, "明天停水").Author.Badge)
		require.Equal(t, "staff", say(t, app, testkit.ClerkOf("tea"), "茶好了").Author.Badge)
		require.Empty(t, say(t, app, testkit.Shopper, "收到").Author.Badge)
		words := []string{}
		for _, p := range read(t, app, testkit.Visitor).Items {
			words = append(words, strings.TrimSpace(p.Author.Badge+" "+p.Text))
		}
		require.Equal(t, []string{"收到", "staff 茶好了", "coordinator 明天停水"}, words)
	})
}
