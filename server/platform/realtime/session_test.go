package realtime

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fasthttp/websocket"
	"github.com/stretchr/testify/require"

	"onestreet/models"
)

func TestTheFirstWordIsHello(t *testing.T) {
	noLeaks(t)
	s := newStreet(t, sqlite(t), NewLocal(), Options{})
	url := s.listen(s.hub)
	t.Run("a member", func(t *testing.T) {
		p := dial(t, url)
		p.say(map[string]any{"op": "hello", "token": "li", "v": 1})
		f := p.hear()
		require.Equal(t, "welcome", f.Op)
		require.Len(t, f.Conn, 36)
		require.Equal(t, noon, f.ServerTime)
		p.say(map[string]any{"op": "hello", "token": "li", "v": 1})
		require.Equal(t, "already_greeted", p.hear().Code)
	})
	t.Run("a visitor reads Chinese", func(t *testing.T) {
		p := enter(t, url, "")
		p.follow("moon:full", 0)
		f := p.hear()
		require.Equal(t, [3]string{"error", "unknown_stream", "没有这条消息流"}, [3]string{f.Op, f.Code, f.Message})
		require.Equal(t, "moon:full", f.Stream)
	})
	for name, c := range map[string]struct {
		frame string
		code  string
		close Close
	}{
		"something else":     {`{"op":"follow","stream":"feed:street"}`, "hello_expected", CloseNotAllowed},
		"another version":    {`{"op":"hello","token":"","v":2}`, "unsupported_version", CloseNotAllowed},
		"an expired token":   {`{"op":"hello","token":"expired","v":1}`, "token_invalid", CloseExpired},
		"a token of 4 KB":    {`{"op":"hello","token":"` + strings.Repeat("x", MaxFrame) + `","v":1}`, "", CloseTooLarge},
		"a field that lies":  {`{"op":"hello","token":7,"v":1}`, "bad_frame", Close{}},
		"no JSON":            {`hello`, "bad_frame", Close{}},
		"JSON, but no frame": {`[1,2]`, "bad_frame", Close{}},
	} {
		t.Run(name, func(t *testing.T) {
			p := dial(t, url)
			require.NoError(t, p.ws.WriteMessage(websocket.TextMessage, []byte(c.frame)))
			if c.code != "" {
				require.Equal(t, c.code, p.hear().Code)
			}
			if c.close.Code != 0 {
				p.mustClose(c.close)
			}
		})
	}
}

func TestOneThatSaysNothingIsNotKept(t *testing.T) {
	noLeaks(t)
	s := newStreet(t, sqlite(t), NewLocal(), Options{HelloWithin: 30 * time.Millisecond})
	url := s.listen(s.hub)
	dial(t, url).mustClose(CloseTooSlow)
	noise := dial(t, url) // pings and broken frames are no hello
	require.NoError(t, noise.ws.WriteMessage(websocket.PingMessage, nil))
	require.NoError(t, noise.ws.WriteMessage(websocket.TextMessage, []byte("{")))
	noise.mustClose(CloseTooSlow)
	greeted := enter(t, url, "")
	greeted.say(map[string]any{"op": "unfollow", "stream": feed})
	require.Equal(t, "not_following", greeted.hear().Code)
	require.Eventually(t, func() bool { return s.hub.Stats().Connections == 1 }, 5*time.Second, time.Millisecond)
}

func TestASilentConnectionIsGivenUp(t *testing.T) {
	s := newStreet(t, sqlite(t), NewLocal(), Options{SilentFor: 30 * time.Millisecond})
	url := s.listen(s.hub)
	p := enter(t, url, "")
	require.NoError(t, p.ws.SetReadDeadline(time.Now().Add(10*time.Second)))
	_, _, err := p.ws.ReadMessage()
	require.Error(t, err)
	require.NotErrorIs(t, err, errors.ErrUnsupported)
	require.Eventually(t, func() bool { return s.hub.Stats().Connections == 0 }, 5*time.Second, time.Millisecond)
}

func TestComingBackBringsExactlyWhatWasMissed(t *testing.T) {
	noLeaks(t)
	s := newStreet(t, sqlite(t), NewLocal(), Options{})
	url := s.listen(s.hub)
	s.post(feed, 2)
	p := enter(t, url, "li")
	p.follow(feed, 2)
	f := p.hear()
	require.Equal(t, [2]any{"following", int64(2)}, [2]any{f.Op, f.Head})
	s.post(feed, 1)
	p.items(feed, 3, 1)
	require.NoError(t, p.ws.Close()) // the network is gone
	require.Eventually(t, func() bool { return s.hub.Stats() == Stats{} }, 5*time.Second, time.Millisecond)
	s.post(feed, 3)
	p = enter(t, url, "li")
	p.follow(feed, 3)
	f = p.hear()
	require.Equal(t, [2]any{"following", int64(6)}, [2]any{f.Op, f.Head})
	p.items(feed, 4, 3)
	s.post(feed, 1)
	p.items(feed, 7, 1)
}

func TestFollowingWithoutSinceBeginsWithWhatIsNew(t *testing.T) {
	s := newStreet(t, sqlite(t), NewLocal(), Options{})
	url := s.listen(s.hub)
	s.post(feed, 5)
	p := enter(t, url, "")
	p.say(map[string]any{"op": "follow", "stream": feed})
	require.EqualValues(t, 5, p.hear().Head)
	s.post(feed, 1)
	p.items(feed, 6, 1)
}

func TestFollowingAgainBeginsAnew(t *testing.T) {
	s := newStreet(t, sqlite(t), NewLocal(), Options{})
	url := s.listen(s.hub)
	p := enter(t, url, "")
	s.post(feed, 3)
	for range 2 {
		p.follow(feed, 1)
		require.Equal(t, "following", p.hear().Op)
		p.items(feed, 2, 2)
	}
	s.post(feed, 1)
	p.items(feed, 4, 1)
	p.say(map[string]any{"op": "unfollow", "stream": feed})
	require.Equal(t, "unfollowed", p.hear().Op)
	require.Equal(t, Stats{Connections: 1}, s.hub.Stats())
}

func TestTooFarBehindIsAReset(t *testing.T) {
	s := newStreet(t, sqlite(t), NewLocal(), Options{})
	url := s.listen(s.hub)
	s.bulk(feed, MaxBehind+1)
	p := enter(t, url, "")
	for _, since := range []int64{0, MaxBehind + 2, -1} { // too many, never was, nonsense
		p.follow(feed, since)
		f := p.hear()
		require.Equal(t, [2]any{"reset", int64(MaxBehind + 1)}, [2]any{f.Op, f.Head}, "since %d", since)
	}
	s.post(feed, 1)
	p.say(map[string]any{"op": "unfollow", "stream": feed})
	require.Equal(t, "not_following", p.hear().Code, "after a reset nothing is followed")
	p.follow(feed, 2)
	require.Equal(t, "following", p.hear().Op)
	p.items(feed, 3, MaxBehind)
}

func TestItemsThatAreNotKeptAnyMoreAreAReset(t *testing.T) {
	d := sqlite(t)
	s := newStreet(t, d, NewLocal(), Options{})
	url := s.listen(s.hub)
	s.post(feed, 10)
	pool, err := d.SQL()
	require.NoError(t, err)
	_, err = pool.ExecContext(t.Context(), "DELETE FROM stream_items WHERE seq <= 5 AND alliance_id = ?", s.alliance)
	require.NoError(t, err)
	p := enter(t, url, "")
	p.follow(feed, 4)
	require.Equal(t, "reset", p.hear().Op)
	p.follow(feed, 5)
	require.Equal(t, "following", p.hear().Op)
	p.items(feed, 6, 5)
}

func TestOnlyWhatIsAllowedIsFollowed(t *testing.T) {
	s := newStreet(t, sqlite(t), NewLocal(), Options{})
	url := s.listen(s.hub)
	p := enter(t, url, "")
	for stream, code := range map[string]string{
		"desk:shoes": "not_allowed", "": "unknown_stream", "control": "unknown_stream", "control:": "unknown_stream",
		"feed:" + strings.Repeat("x", 100): "unknown_stream", "\x00": "unknown_stream", "desk:": "unknown_stream", "desk:a b": "unknown_stream",
		"desk:茶馆": "unknown_stream", "desk:a:b": "unknown_stream", "DESK:a": "unknown_stream",
	} {
		p.follow(stream, 0)
		f := p.hear()
		require.Equal(t, [2]string{"error", code}, [2]string{f.Op, f.Code}, "%q", stream)
		require.Equal(t, stream, f.Stream)
	}
	s.post("desk:shoes", 1)
	p.say(map[string]any{"op": "unfollow", "stream": "desk:shoes"})
	require.Equal(t, "not_following", p.hear().Code, "nothing of it came")
}

func TestTooManyStreams(t *testing.T) {
	s := newStreet(t, sqlite(t), NewLocal(), Options{})
	url := s.listen(s.hub)
	p := enter(t, url, "li")
	for i := range maxStreams {
		p.follow("desk:"+strings.Repeat("x", i+1), 0)
		require.Equal(t, "following", p.hear().Op)
	}
	p.follow("desk:one-more", 0)
	require.Equal(t, "too_many_streams", p.hear().Code)
	require.Equal(t, maxStreams, s.hub.Stats().Streams)
}

func TestATokenEndsTheConnectionUnlessItIsRenewed(t *testing.T) {
	s := newStreet(t, sqlite(t), NewLocal(), Options{})
	url := s.listen(s.hub)
	lazy, careful, visitor := enter(t, url, "li"), enter(t, url, "wang"), enter(t, url, "")
	s.clock.Advance(14 * time.Minute)
	careful.say(map[string]any{"op": "token", "token": "wang/2"})
	f := careful.hear()
	require.Equal(t, "renewed", f.Op)
	require.Contains(t, string(f.raw), `"expires_at":"2026-10-17T04:29:00Z"`)
	s.clock.Advance(time.Minute)
	s.hub.Beat()
	lazy.mustClose(CloseExpired)
	for _, p := range []*phone{careful, visitor} {
		p.follow(feed, 0)
		require.Equal(t, "following", p.hear().Op)
	}
}

func TestARenewedTokenMustBeGoodAndOfTheSamePerson(t *testing.T) {
	s := newStreet(t, sqlite(t), NewLocal(), Options{})
	url := s.listen(s.hub)
	p := enter(t, url, "li")
	p.say(map[string]any{"op": "token", "token": "wang"})
	require.Equal(t, "other_account", p.hear().Code)
	p.mustClose(CloseNotAllowed)
	p = enter(t, url, "li")
	p.say(map[string]any{"op": "token", "token": "expired"})
	require.Equal(t, "token_invalid", p.hear().Code)
	p.mustClose(CloseExpired)
}

func TestWhatIsNotAllowedAnyMoreStopsAtOnce(t *testing.T) {
	s := newStreet(t, sqlite(t), NewLocal(), Options{})
	url := s.listen(s.hub)
	clerk, colleague := enter(t, url, "li"), enter(t, url, "wang")
	for _, p := range []*phone{clerk, colleague} {
		p.follow("desk:shoes", 0)
		require.Equal(t, "following", p.hear().Op)
		p.follow(feed, 0)
		require.Equal(t, "following", p.hear().Op)
	}
	s.set(s.barred, s.account("li"), true)
	s.hub.Revoke(s.account("li"))
	s.post("desk:shoes", 1)
	s.post(feed, 1)
	f := clerk.hear()
	require.Equal(t, [3]string{"error", "not_allowed", "desk:shoes"}, [3]string{f.Op, f.Code, f.Stream})
	clerk.items(feed, 1, 1)
	colleague.items("desk:shoes", 1, 1)
	clerk.follow("desk:shoes", 0)
	require.Equal(t, "not_allowed", clerk.hear().Code)
}

func TestASessionThatEndedEndsItsConnections(t *testing.T) {
	s := newStreet(t, sqlite(t), NewLocal(), Options{})
	second := s.node(s.hub.broker, Options{})
	here, there, other := enter(t, s.listen(s.hub), "li"), enter(t, s.listen(second), "li"), enter(t, s.listen(s.node(s.hub.broker, Options{})), "wang")
	s.set(s.ended, s.account("li"), true)
	s.hub.Revoke(s.account("li"))
	here.mustClose(CloseExpired)
	there.mustClose(CloseExpired)
	other.follow(feed, 0)
	require.Equal(t, "following", other.hear().Op)
}

func TestATokenRenewedAfterARoleWasTakenAwayDoesNotKeepIt(t *testing.T) {
	s := newStreet(t, sqlite(t), NewLocal(), Options{})
	p := enter(t, s.listen(s.hub), "li")
	p.follow("desk:shoes", 0)
	require.Equal(t, "following", p.hear().Op)
	s.set(s.barred, s.account("li"), true)
	p.say(map[string]any{"op": "token", "token": "li/2"})
	f := p.hear()
	require.Equal(t, [2]string{"not_allowed", "desk:shoes"}, [2]string{f.Code, f.Stream})
	require.Equal(t, "renewed", p.hear().Op)
}

func TestTooManyConnections(t *testing.T) {
	s := newStreet(t, sqlite(t), NewLocal(), Options{PerAccount: 2, PerAddress: 4})
	url := s.listen(s.hub)
	enter(t, url, "li")
	leaving := enter(t, url, "li")
	third := dial(t, url)
	third.say(map[string]any{"op": "hello", "token": "li", "v": 1})
	third.mustClose(CloseTooMany)
	require.NoError(t, leaving.ws.Close())
	require.Eventually(t, func() bool { return s.hub.Stats().Connections == 1 }, 5*time.Second, time.Millisecond)
	enter(t, url, "li")
	enter(t, url, "")
	enter(t, url, "")
	dial(t, url).mustClose(CloseTooMany)
}

func TestOrigins(t *testing.T) {
	s := newStreet(t, sqlite(t), NewLocal(), Options{})
	url := s.listen(s.hub, "https://street.example")
	host := strings.TrimSuffix(strings.TrimPrefix(url, "ws://"), "/ws")
	for origin, status := range map[string]int{
		"":                             http.StatusSwitchingProtocols,
		"https://street.example":       http.StatusSwitchingProtocols,
		"http://" + host:               http.StatusSwitchingProtocols,
		"http://street.example":        http.StatusForbidden,
		"https://street.example.evil":  http.StatusForbidden,
		"https://evil.example":         http.StatusForbidden,
		"null":                         http.StatusForbidden,
		"https://evil.example/" + host: http.StatusForbidden,
	} {
		header := http.Header{}
		if origin != "" {
			header.Set("Origin", origin)
		}
		ws, res, err := websocket.DefaultDialer.Dial(url, header)
		require.NotNil(t, res, "%q: %v", origin, err)
		require.Equal(t, status, res.StatusCode, "%q", origin)
		if ws != nil {
			require.NoError(t, ws.Close())
		}
	}
	res, err := http.Get("http://" + host + "/ws")
	require.NoError(t, err)
	body, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	require.Equal(t, "websocket_expected", string(body))
}

func TestOneStreamsTroubleIsToldAndOthersGoOn(t *testing.T) {
	d := connect(t, "sqlite:"+filepath.Join(t.TempDir(), "own.db"))
	require.NoError(t, d.Migrate(t.Context()))
	s := newStreet(t, d, NewLocal(), Options{})
	p := enter(t, s.listen(s.hub), "")
	pool, err := d.SQL()
	require.NoError(t, err)
	_, err = pool.ExecContext(t.Context(), "ALTER TABLE streams RENAME TO hidden")
	require.NoError(t, err)
	p.follow(feed, 0)
	f := p.hear()
	require.Equal(t, [2]string{"internal", feed}, [2]string{f.Code, f.Stream})
	require.NotContains(t, f.Message, "SQL")
	_, err = pool.ExecContext(t.Context(), "ALTER TABLE hidden RENAME TO streams")
	require.NoError(t, err)
	p.follow(feed, 0)
	require.Equal(t, "following", p.hear().Op)
	s.post(feed, 1)
	p.items(feed, 1, 1)
}

func TestErrorsSpeakBothLanguages(t *testing.T) {
	for _, e := range []*models.Error{ErrFrame, ErrOp, ErrVersion, ErrHello, ErrGreeted, ErrStream, ErrNotAllowed, ErrNotFollowed, ErrStreams, ErrOther, ErrOrigin, ErrUpgrade, errInside} {
		require.NotEmpty(t, e.Text.ZH, e.Code)
		require.NotEmpty(t, e.Text.EN, e.Code)
		require.NotEqual(t, e.Text.ZH, e.Text.EN)
	}
	_, err := json.Marshal(ErrFrame.Text)
	require.NoError(t, err)
}
