package chat_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"onestreet/server/chat"
	"onestreet/server/testkit"
)

func TestHandingOverToAColleague(t *testing.T) {
	each(t, func(t *testing.T, c corner) {
		c.ask("鞋底开胶了，能修吗")
		c.answer(testkit.ClerkOf("shoes"), "我问问师傅")
		hand := func(to testkit.Persona) *testkit.Response {
			return c.As(testkit.ClerkOf("shoes")).Put(c.theirs+"/keeper", map[string]any{"account_id": c.Street.People[to].Account.ID})
		}
		hand(testkit.ClerkOf("tea")).Refused(http.StatusUnprocessableEntity, "not_a_colleague")
		hand(testkit.ManagerOf("shoes")).Must(http.StatusOK)
		hand(testkit.ManagerOf("shoes")).Must(http.StatusOK) // twice is once
		v := c.thread(testkit.Shopper, c.mine)
		require.Equal(t, "handed  manager of shoes", said(v)[2])
		require.Equal(t, "manager of shoes", v.Keeper.Name)
		require.Len(t, v.Messages, 3)
		desk := "/stores/" + c.store.String() + "/chats?show=mine"
		mine, _ := c.list(testkit.ManagerOf("shoes"), desk)
		require.Len(t, mine, 1)
		mine, _ = c.list(testkit.ClerkOf("shoes"), desk)
		require.Empty(t, mine)
		var names struct{ Items []chat.KeeperView }
		r := c.As(testkit.ClerkOf("shoes")).Get("/stores/" + c.store.String() + "/colleagues").Must(http.StatusOK).Into(&names)
		require.Len(t, names.Items, 3)
		require.NotContains(t, string(r.Body), "phone")
	})
}
