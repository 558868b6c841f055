package feed_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/feed"
	"onestreet/server/testkit"
	"onestreet/server/testkit/together"
)

type body = map[string]any

func answer(app *testkit.App, p testkit.Persona, post models.ID, b body) feed.CommentView {
	var v feed.CommentView
	app.As(p).Post("/posts/"+post.String()+"/comments", b).Must(http.StatusCreated).Into(&v)
	return v
}

func letters(app *testkit.App, p testkit.Persona) []string {
	app.Drain()
	var page struct {
		Items []struct{ Title, Link string }
	}
	app.As(p).Get("/me/inbox").Must(http.StatusOK).Into(&page)
	titles := []string{}
	for _, l := range page.Items {
		titles = append(titles, l.Title)
	}
	return titles
}

// storm calls the same people under a post from ten phones at once.
func storm(app *testkit.App, post models.ID, text string, whom ...models.ID) {
	var all together.Group
	for i := range 10 {
		all.Go(func() { answer(app, testkit.Shopper, post, body{"text": fmt.Sprint(text, " ", i), "mentions": whom}) })
	}
	all.Wait()
}

func firstLetter(app *testkit.App, p testkit.Persona) models.ID {
	var page struct{ Items []struct{ ID models.ID } }
	app.As(p).Get("/me/inbox").Must(http.StatusOK).Into(&page)
	return page.Items[0].ID
}

// TestRepliesStandOneLevelBelow: a reply to a reply says whom it answers and stands under the same answer.
func TestRepliesStandOneLevelBelow(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		p := say(t, app, testkit.Shopper, "葱油怎么熬")
		first := answer(app, testkit.OtherShopper, p.ID, body{"text": "小火"})
		second := answer(app, testkit.Shopper, p.ID, body{"text": "多小", "reply_to": first.ID})
		third := answer(app, testkit.OtherShopper, p.ID, body{"text": "冒泡就行", "reply_to": second.ID})
		require.Equal(t, []models.ID{first.ID, first.ID}, []models.ID{second.ParentID, second.ReplyToID})
		require.Equal(t, []models.ID{first.ID, second.ID}, []models.ID{third.ParentID, third.ReplyToID})
		require.Equal(t, []string{"有街坊接了您的话"}, letters(app, testkit.Shopper), "one letter a post, until it is read")

		at := "/posts/" + p.ID.String() + "/comments"
		other := say(t, app, testkit.Shopper, "别处")
		app.As(testkit.Shopper).Post("/posts/"+other.ID.String()+"/comments", body{"text": "x", "reply_to": first.ID}).Refused(http.StatusNotFound, "not_found")
		app.As(testkit.Shopper).Delete(at+"/"+first.ID.String()).Refused(http.StatusForbidden, "not_your_post")
		for range 2 {
			app.As(testkit.OtherShopper).Delete(at + "/" + first.ID.String()).Must(http.StatusNoContent)
		}
		app.As(testkit.Shopper).Post(at, body{"text": "x", "reply_to": first.ID}).Refused(http.StatusGone, "comment_gone")
		var page struct{ Items []feed.CommentView }
		app.As(testkit.Visitor).Get(at).Must(http.StatusOK).Into(&page)
		require.Len(t, page.Items, 3)
		require.True(t, page.Items[0].Gone)
		require.Empty(t, page.Items[0].Text+page.Items[0].Author.Name)
		require.EqualValues(t, 2, read(t, app, testkit.Visitor).Items[1].Comments)
		app.As(testkit.Coordinator).Delete(at + "/" + third.ID.String()).Must(http.StatusNoContent)
		app.As(testkit.Shopper).Delete(at + "/" + second.ID.String()).Must(http.StatusNoContent)
		app.As(testkit.Visitor).Get(at).Must(http.StatusOK).Into(&page)
		require.Empty(t, page.Items)
	})
}

func TestReactionsByManyAtOnceAreOneOfEachAMember(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		p := say(t, app, testkit.Shopper, "出锅了")
		at := "/posts/" + p.ID.String() + "/reactions/"
		s := watch(t, app, testkit.Visitor, p.Seq)
		people := app.Join(10, "tea")
		var all together.Group
		for _, person := range people {
			for _, kind := range []models.Reaction{models.ReactionYum, models.ReactionYum, models.ReactionThanks} {
				all.Go(func() {
					_, err := app.Feed.React(app.Ctx(), feed.Author{Alliance: app.Street.Alliance.ID, Account: person.Account.ID}, p.ID, kind, true)
					require.NoError(t, err)
				})
			}
		}
		all.Wait()
		app.AsPerson(people[0]).Delete(at + "thanks").Must(http.StatusOK)
		seen := func(c *testkit.Client) []feed.ReactionView {
			var v feed.PostView
			c.Get("/posts/" + p.ID.String()).Must(http.StatusOK).Into(&v)
			return v.Reactions
		}
		require.Equal(t, []feed.ReactionView{{Kind: "thanks", Count: 9}, {Kind: "yum", Count: 10, Mine: true}}, seen(app.AsPerson(people[0])))
		for want := `"kind":"thanks","count":9`; ; {
			if strings.Contains(string(s.Signal("post.reacted").Data), want) {
				break
			}
		}
		app.As(testkit.Shopper).Put(at+"angry", nil).Refused(http.StatusUnprocessableEntity, "reaction_unknown")
		app.As(testkit.OtherOwner).Put(at+"yum", nil).Refused(http.StatusNotFound, "not_found")
		app.As(testkit.Shopper).Delete("/posts/" + p.ID.String()).Must(http.StatusNoContent)
		app.As(testkit.OtherShopper).Put(at+"yum", nil).Refused(http.StatusGone, "post_gone")
	})
}

// TestWhoIsCalledGetsOneLetter: by name, once a post, however often it is changed; and not everybody at once.
func TestWhoIsCalledGetsOneLetter(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		wang, shoes := app.Street.People[testkit.OtherShopper].Member, app.Street.Stores["shoes"]
		var p feed.PostView
		text := "@王秀兰 @" + shoes.Name + " 一起看"
		app.As(testkit.Shopper).Post(street, body{"text": text, "mentions": []models.ID{wang.ID, shoes.ID, wang.ID}}).Must(http.StatusCreated).Into(&p)
		require.Len(t, p.Mentions, 2)
		app.As(testkit.Shopper).Patch("/posts/"+p.ID.String(), body{"text": text + "。", "mentions": []models.ID{wang.ID, shoes.ID}}).Must(http.StatusOK)
		require.Equal(t, []string{"有街坊在街谈里叫您"}, letters(app, testkit.OtherShopper))
		storm(app, p.ID, "@王秀兰 @"+shoes.Name, wang.ID, shoes.ID)
		require.Equal(t, []string{"有街坊在街谈里叫您"}, letters(app, testkit.OtherShopper), "however often, until it is read")
		desk := string(app.As(testkit.ClerkOf("shoes")).Get("/stores/" + shoes.ID.String() + "/desk").Must(http.StatusOK).Body)
		require.Equal(t, 1, strings.Count(desk, "街谈里有人叫我们店"))
		app.As(testkit.OtherShopper).Post("/me/inbox/read", body{"up_to": firstLetter(app, testkit.OtherShopper)}).Must(http.StatusOK)
		storm(app, p.ID, "@王秀兰", wang.ID)
		require.Len(t, letters(app, testkit.OtherShopper), 2, "after it was read, one more")

		crowd := []models.ID{}
		for _, person := range app.Join(models.MostMentions+1, "tea") {
			crowd = append(crowd, person.Member.ID)
		}
		for _, s := range []testkit.Scenario{
			{Name: "a storm", Body: body{"text": "大家", "mentions": crowd}, Status: 422, Code: "too_many_mentions", Says: []string{`"/mentions"`, "5"}},
			{Name: "nobody", Body: body{"text": "喂", "mentions": []models.ID{models.NewID()}}, Status: 422, Code: "mention_unknown"},
			{Name: "another street's", Body: body{"text": "喂", "mentions": []models.ID{app.Other.Stores["shoes"].ID}}, Status: 422, Code: "mention_unknown"},
		} {
			s.Method, s.As, s.Path = "POST", testkit.Shopper, street
			s.Run(t, app)
		}
		var found feed.Mentionable
		app.As(testkit.OtherShopper).Get("/mentionable?q=李").Must(http.StatusOK).Into(&found)
		require.Equal(t, "李桂芳", found.Items[0].Name)
		app.As(testkit.Shopper).Get("/mentionable?q=王").Must(http.StatusOK).Into(&found) // has never said anything
		require.Empty(t, found.Items)
	})
}

func TestWhatWasSaidBeforeAnEditCanBeRead(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		p := say(t, app, testkit.Shopper, "周三收摊")
		at := "/posts/" + p.ID.String()
		c := answer(app, testkit.OtherShopper, p.ID, body{"text": "好"})
		said := at + "/comments/" + c.ID.String()
		for _, text := range []string{"周四收摊", "周四收摊", "周五收摊"} {
			app.Time.Advance(time.Minute)
			app.As(testkit.Shopper).Patch(at, body{"text": text}).Must(http.StatusOK)
		}
		app.As(testkit.OtherShopper).Patch(said, body{"text": "好的"}).Must(http.StatusOK)
		var edits feed.Edits
		app.As(testkit.Visitor).Get(at + "/edits").Must(http.StatusOK).Into(&edits)
		require.Equal(t, []string{"周三收摊", "周四收摊"}, []string{edits.Items[0].Text, edits.Items[1].Text})
		app.As(testkit.Visitor).Get(said + "/edits").Must(http.StatusOK).Into(&edits)
		require.Len(t, edits.Items, 1)
		seen := read(t, app, testkit.Visitor).Items[0]
		require.Equal(t, "周五收摊", seen.Text)
		require.NotNil(t, seen.EditedAt)
		require.Equal(t, "好的", seen.LastComments[0].Text)

		app.As(testkit.OtherShopper).Patch(at, body{"text": "x"}).Refused(http.StatusForbidden, "not_your_words")
		app.As(testkit.Coordinator).Patch(at, body{"text": "x"}).Refused(http.StatusForbidden, "not_your_words")
		app.As(testkit.OtherOwner).Patch(at, body{"text": "x"}).Refused(http.StatusNotFound, "not_found")
		app.As(testkit.Shopper).Patch(at, body{"text": "\u200b"}).Refused(http.StatusUnprocessableEntity, "text_empty")
		app.As(testkit.Shopper).Patch(at, body{"text": strings.Repeat("长", 10_001)}).Refused(http.StatusUnprocessableEntity, "text_too_long")
		app.As(testkit.Shopper).Delete(at).Must(http.StatusNoContent)
		app.As(testkit.Shopper).Get(at+"/edits").Refused(http.StatusGone, "post_gone")
		app.As(testkit.OtherShopper).Patch(said, body{"text": "x"}).Refused(http.StatusGone, "post_gone")
		items, err := app.Streams.Since(app.Ctx(), app.Street.Alliance.ID, "feed:street", 0, 50)
		require.NoError(t, err)
		for _, item := range items {
			require.NotContains(t, item.Data, "收摊")
		}
	})
}
