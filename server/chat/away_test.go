package chat_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onestreet/server/testkit"
)

func TestQuietHoursAnswerOnceAndTheDeskWaits(t *testing.T) {
	each(t, func(t *testing.T, c corner) {
		at := "/stores/" + c.store.String() + "/answering"
		put := func(match string, body map[string]any) *testkit.Response {
			if body["canned"] == nil {
				body["canned"] = []any{}
			}
			for _, k := range []string{"quiet_from", "quiet_until", "away_text"} {
				if body[k] == nil {
					body[k] = ""
				}
			}
			return c.As(testkit.ManagerOf("shoes")).With("If-Match", match).Put(at, body)
		}
		c.As(testkit.ClerkOf("shoes")).Put(at, map[string]any{}).Refused(http.StatusForbidden, "forbidden")
		put(`"0"`, map[string]any{"quiet_from": "22:00"}).Refused(http.StatusUnprocessableEntity, "quiet_hours")
		put(`"0"`, map[string]any{"quiet_from": "9:00", "quiet_until": "25:00"}).Refused(http.StatusUnprocessableEntity, "quiet_hours")
		put(`"0"`, map[string]any{"away_text": strings.Repeat("长", 201)}).Refused(http.StatusUnprocessableEntity, "away_text")
		put(`"0"`, map[string]any{"canned": []any{map[string]any{"title": "地址", "text": "\u200b"}}}).Refused(http.StatusUnprocessableEntity, "canned")
		put(`"7"`, map[string]any{}).Must(http.StatusPreconditionFailed)
		put(`"0"`, map[string]any{"quiet_from": "10:00", "quiet_until": "12:00", "away_text": "进货去了", "canned": []any{map[string]any{"title": "地址", "text": "东口第三家"}}}).Must(http.StatusOK)

		c.ask("在吗") // it is half past ten
		c.ask("人呢")
		v := c.thread(testkit.Shopper, c.mine)
		require.Equal(t, []string{"text 在吗", "away 进货去了", "text 人呢"}, said(v))
		require.Equal(t, testkit.Noon.Add(90*time.Minute), v.Messages[1].BackAt.UTC())
		require.Equal(t, testkit.Noon.Add(90*time.Minute), v.BackAt.UTC())
		lines := func() int {
			require.NoError(t, c.Chat.TellDesks(c.Ctx()))
			c.dispatch()
			found, err := c.Notify.DeskLines(c.Ctx(), c.Street.Alliance.ID, c.store, testkit.Noon.Add(-time.Hour), 10, "zh-CN")
			require.NoError(t, err)
			return len(found)
		}
		c.Time.Advance(30 * time.Minute)
		require.Zero(t, lines(), "the desk is not told during the rest")
		c.Time.Advance(61 * time.Minute)
		require.Equal(t, 1, lines())
		require.Equal(t, 1, lines(), "once")
		c.ask("还在吗")
		c.answer(testkit.ClerkOf("shoes"), "在了")
		c.Time.Advance(time.Hour)
		require.Equal(t, 1, lines(), "what was answered waits for nobody")
		require.Nil(t, c.thread(testkit.Shopper, c.mine).BackAt)
	})
}
