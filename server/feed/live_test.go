package feed_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fasthttp/websocket"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/feed"
	"onestreet/server/testkit"
)

// listen serves the app on a real port and returns the socket's address.
func listen(t *testing.T, app *testkit.App) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	done := make(chan error, 1)
	go func() { done <- app.Fiber.Listener(ln) }()
	t.Cleanup(func() {
		app.Hub.Close()
		require.NoError(t, app.Fiber.Shutdown())
		require.NoError(t, <-done)
	})
	return "ws://" + ln.Addr().String() + "/api/v1/ws"
}

// frame is what a screen hears.
type frame struct {
	Op, Kind, Code string
	Seq, Head      int64
	Data           json.RawMessage
}

// screen is somebody's app, open on the street.
type screen struct {
	t  *testing.T
	ws *websocket.Conn
}

func open(t *testing.T, app *testkit.App, url string, p testkit.Persona, since int64) *screen {
	t.Helper()
	ws, res, err := websocket.DefaultDialer.Dial(url, nil)
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	s := &screen{t, ws}
	t.Cleanup(func() { _ = ws.Close() })
	token := app.As(p).Token()
	s.say(map[string]any{"op": "hello", "v": 1, "token": token, "street": app.Street.Alliance.Slug})
	require.Equal(t, "welcome", s.hear("").Op)
	s.say(map[string]any{"op": "follow", "stream": "feed:street", "since": since})
	require.Equal(t, "following", s.hear("").Op)
	return s
}

func (s *screen) say(v any) {
	s.t.Helper()
	require.NoError(s.t, s.ws.WriteJSON(v))
}

// hear is the next frame that is no signal, or the next signal of a kind.
func (s *screen) hear(signal string) frame {
	s.t.Helper()
	for {
		require.NoError(s.t, s.ws.SetReadDeadline(time.Now().Add(20*time.Second)))
		var f frame
		require.NoError(s.t, s.ws.ReadJSON(&f))
		if signal == "" && f.Op != "signal" || signal != "" && f.Kind == signal {
			return f
		}
	}
}

// posts hears the next n items, which must be posts, and returns their words.
func (s *screen) posts(n int) []string {
	s.t.Helper()
	var texts []string
	for range n {
		f := s.hear("")
		require.Equal(s.t, "post.created", f.Kind)
		var data struct{ Post feed.PostView }
		require.NoError(s.t, json.Unmarshal(f.Data, &data))
		require.Equal(s.t, f.Seq, data.Post.Seq)
		texts = append(texts, data.Post.Text)
	}
	return texts
}

func TestWhatIsSaidIsOnEveryScreen(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		url := listen(t, app)
		li, wang := open(t, app, url, testkit.Shopper, 0), open(t, app, url, testkit.OtherShopper, 0)
		chen, visitor := open(t, app, url, testkit.OwnerOf("shoes"), 0), open(t, app, url, testkit.Visitor, 0)
		p := say(t, app, testkit.Shopper, "猫找着了")
		app.As(testkit.OwnerOf("shoes")).Post(street, map[string]any{"text": "恭喜", "store_id": app.Street.Stores["shoes"].ID}).Must(http.StatusCreated)
		for _, s := range []*screen{li, wang, chen, visitor} {
			require.Equal(t, []string{"猫找着了", "恭喜"}, s.posts(2))
		}
		app.As(testkit.OtherShopper).Post("/posts/"+p.ID.String()+"/comments", map[string]any{"text": "太好了"}).Must(http.StatusCreated)
		f := visitor.hear("")
		require.Equal(t, "comment.created", f.Kind)
		require.Contains(t, string(f.Data), `"comments":1`)
		require.Contains(t, string(f.Data), "王秀兰")
		for i, persona := range []testkit.Persona{testkit.OtherShopper, testkit.ThirdShopper, testkit.OwnerOf("tea")} {
			app.As(persona).Put("/posts/"+p.ID.String()+"/like", nil).Must(http.StatusOK)
			if i == 2 {
				for want := fmt.Sprintf(`{"likes":3,"post_id":%q}`, p.ID); ; { // the last signal tells the last count
					if got := string(li.hear("post.liked").Data); got == want {
						break
					}
				}
			}
		}
		app.As(testkit.Shopper).Delete("/posts/" + p.ID.String()).Must(http.StatusNoContent)
		require.Equal(t, "post.deleted", visitor.hear("").Kind)
	})
}

func TestWhoWasOfflineSeesExactlyWhatWasMissed(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		url := listen(t, app)
		s := open(t, app, url, testkit.OtherShopper, 0)
		say(t, app, testkit.Shopper, "一")
		require.Equal(t, []string{"一"}, s.posts(1))
		require.NoError(t, s.ws.NetConn().Close()) // the network is cut, without goodbye
		for _, text := range []string{"二", "三", "四"} {
			say(t, app, testkit.Shopper, text)
		}
		s = open(t, app, url, testkit.OtherShopper, 1)
		say(t, app, testkit.Shopper, "五")
		require.Equal(t, []string{"二", "三", "四", "五"}, s.posts(4))
	})
}

func TestSixtyWritersOnTwentyScreens(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		url := listen(t, app)
		var screens []*screen
		for range 20 {
			screens = append(screens, open(t, app, url, testkit.Visitor, 0))
		}
		who := app.Street.People[testkit.Shopper]
		me := feed.Author{Alliance: app.Street.Alliance.ID, Account: who.Account.ID, Member: who.Member.ID}
		var writers, readers sync.WaitGroup
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
					f := s.hear("")
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

func TestASocketOfAnotherStreetHearsNothingOfOurs(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		url := listen(t, app)
		ws, res, err := websocket.DefaultDialer.Dial(url, nil)
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		defer func() { require.NoError(t, ws.Close()) }()
		s := &screen{t, ws}
		s.say(map[string]any{"op": "hello", "v": 1, "token": app.As(testkit.OtherOwner).Token(), "street": app.Street.Alliance.Slug})
		require.Equal(t, "other_street", s.hear("").Code)
		_, _, err = ws.ReadMessage()
		require.True(t, websocket.IsCloseError(err, 4003), "%v", err)
	})
}

// client is a feed as an app keeps it: a snapshot, and the items after it.
type client struct {
	posts map[models.ID]feed.PostView
	since int64
	from  int64 // the oldest post that the snapshot had
}

func snapshot(t *testing.T, app *testkit.App) *client {
	t.Helper()
	var page feed.Page
	app.As(testkit.Visitor).Get(street + "?limit=100").Must(http.StatusOK).Into(&page)
	c := &client{posts: map[models.ID]feed.PostView{}, since: page.Seq}
	for _, p := range page.Items {
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
		Post      feed.PostView
		PostID    models.ID `json:"post_id"`
		Comment   feed.CommentView
		CommentID models.ID `json:"comment_id"`
		Comments  int64
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
			again.Must(http.StatusOK).Into(&p)
			c.posts[p.ID] = withoutLikes(p)
		}
	case "erased":
	default:
		t.Fatalf("unknown kind %q", item.Kind)
	}
}

// TestASnapshotAndTheItemsAfterItAreAFreshSnapshot: taken at any moment of a busy evening, in which people write, answer,
// delete and leave at once.
func TestASnapshotAndTheItemsAfterItAreAFreshSnapshot(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		seed := rand.Uint64()
		t.Logf("seed %d", seed)
		people := app.Join(8, "tea")
		var evening sync.WaitGroup
		var mu sync.Mutex
		var clients []*client
		for n := range 4 {
			dice := rand.New(rand.NewPCG(seed, uint64(n)))
			mine := people[2*n : 2*n+2]
			evening.Go(func() {
				for step := range 40 {
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
		fresh := snapshot(t, app)
		for _, c := range clients {
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
