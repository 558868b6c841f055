package chat_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/chat"
	"onestreet/server/testkit"
)

// live follows a conversation from its beginning.
func (c corner) live(who testkit.Persona, id models.ID) (*testkit.Socket, testkit.Frame) {
	s := c.Open(who)
	return s, s.Follow(models.ChatStream(id), 0)
}

func text(t *testing.T, f testkit.Frame) string {
	t.Helper()
	var data struct{ Message chat.MessageView }
	require.Equal(t, "message.created", f.Kind)
	require.NoError(t, json.Unmarshal(f.Data, &data))
	require.Equal(t, f.Seq, data.Message.Seq)
	return data.Message.Text
}

func TestLiveForTheTwoSidesOnly(t *testing.T) {
	each(t, func(t *testing.T, c corner) {
		id := c.ask("一").ConversationID
		li, answer := c.live(testkit.Shopper, id)
		require.Equal(t, "following", answer.Op)
		clerk, answer := c.live(testkit.ClerkOf("shoes"), id)
		require.Equal(t, "following", answer.Op)
		for _, p := range []testkit.Persona{testkit.Visitor, testkit.OtherShopper, testkit.OwnerOf("tea"), testkit.Coordinator} {
			_, refused := c.live(p, id)
			require.Equal(t, "error", refused.Op, p)
		}
		c.answer(testkit.ClerkOf("shoes"), "二")
		require.Equal(t, []string{"一", "二"}, []string{text(t, li.Hear()), text(t, li.Hear())})
		require.Equal(t, []string{"一", "二"}, []string{text(t, clerk.Hear()), text(t, clerk.Hear())})
		c.As(testkit.Shopper).Put(c.mine+"/read", map[string]any{"up_to": 2}).Must(http.StatusOK)
		require.JSONEq(t, `{"member_read":2,"store_read":0}`, string(clerk.Signal("chat.read").Data))
	})
}

func TestDeliveryStopsWithThePermission(t *testing.T) {
	each(t, func(t *testing.T, c corner) {
		id := c.ask("一").ConversationID
		clerk, _ := c.live(testkit.ClerkOf("shoes"), id)
		require.Equal(t, "一", text(t, clerk.Hear()))
		account := c.Street.People[testkit.ClerkOf("shoes")].Account.ID
		c.As(testkit.OwnerOf("shoes")).Delete("/stores/" + c.store.String() + "/staff/" + account.String()).Must(http.StatusNoContent)
		c.ask("二")
		require.Equal(t, "error", clerk.Hear().Op, "the next frame is the end, not the message")

		li, _ := c.live(testkit.Shopper, id)
		require.Equal(t, []string{"一", "二"}, []string{text(t, li.Hear()), text(t, li.Hear())})
		c.As(testkit.ClerkOf("tea")).Put(c.theirs+"/block", nil).Refused(http.StatusForbidden, "forbidden")
		c.As(testkit.ManagerOf("shoes")).Put(c.theirs+"/block", nil).Must(http.StatusOK)
		require.Equal(t, "error", li.Hear().Op)
		c.As(testkit.Shopper).Post(c.mine+"/messages", map[string]any{"text": "三"}).Refused(http.StatusForbidden, "chat_blocked")
		c.As(testkit.OwnerOf("shoes")).Post(c.theirs+"/messages", map[string]any{"text": "三"}).Refused(http.StatusConflict, "chat_shut")
		require.True(t, c.thread(testkit.Shopper, c.mine).Blocked)
		c.As(testkit.ManagerOf("shoes")).Delete(c.theirs + "/block").Must(http.StatusOK)
		c.ask("三")
	})
}
