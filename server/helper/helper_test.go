package helper_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/helper"
	"onestreet/server/testkit"
)

func ask(t *testing.T, app *testkit.App, who testkit.Persona, text string) helper.HelperReply {
	t.Helper()
	var r helper.HelperReply
	app.As(who).Post("/helper/ask", map[string]any{"text": text}).Must(http.StatusOK).Into(&r)
	return r
}

func questions(t *testing.T, app *testkit.App, who testkit.Persona, path string) []helper.QuestionView {
	t.Helper()
	var page struct{ Items []helper.QuestionView }
	app.As(who).Get(path).Must(http.StatusOK).Into(&page)
	return page.Items
}

func TestAnswersComeFromTheStreet(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		open := ask(t, app, testkit.Visitor, "现在哪家开着")
		require.Equal(t, helper.Open, open.Intent)
		require.Equal(t, "现在开着 4 家：", open.Text)
		require.Contains(t, open.Lines, helper.HelperLine{Text: "林家面馆，到 21:00", Link: "/stores/" + app.Street.Stores["noodles"].ID.String()})
		require.Equal(t, "林家面馆开着，到 21:00", ask(t, app, testkit.Visitor, "林家面馆几点关门").Text)
		require.Contains(t, ask(t, app, testkit.Visitor, "今天有什么活动").Text, "今天没有别的活动了")
		require.Equal(t, "您有 0 积分，整条街都能用", ask(t, app, testkit.Shopper, "我有多少积分").Text)
		require.Equal(t, "您手里没有能用的券，街上有能领的", ask(t, app, testkit.Shopper, "我的券").Text)
		require.Len(t, ask(t, app, testkit.Visitor, "等级怎么算").Lines, 5)
		require.Equal(t, "老北京布鞋", ask(t, app, testkit.Visitor, "哪里买布鞋").Lines[0].Text)
		require.Contains(t, ask(t, app, testkit.Visitor, "我的券").Text, "进了街才有券夹")
		var r helper.HelperReply
		app.As(testkit.Visitor).In("en").Post("/helper/ask", map[string]any{"text": "which shops are open"}).Must(http.StatusOK).Into(&r)
		require.Equal(t, "Open now: 4", r.Text)
	})
}

func TestWhatCannotBeAsked(t *testing.T) {
	app := testkit.New(t, "sqlite")
	for _, s := range []testkit.Scenario{
		{Name: "nothing", Body: map[string]any{"text": ""}, Status: 422, Code: "text_empty"},
		{Name: "nothing to see", Body: map[string]any{"text": " \u200b\u3164 "}, Status: 422, Code: "text_empty"},
		{Name: "10,001 characters", Body: map[string]any{"text": strings.Repeat("长", 10_001)}, Status: 422, Code: "text_too_long"},
		{Name: "a script", Body: map[string]any{"text": "<script>"}, Status: 200},
	} {
		s.As, s.Method, s.Path = testkit.Shopper, "POST", "/helper/ask"
		s.Run(t, app)
	}
}

func TestAnUnknownQuestionGoesToAPersonAndComesBackAsALetter(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		shoes, tea := "/stores/"+app.Street.Stores["shoes"].ID.String(), "/stores/"+app.Street.Stores["tea"].ID.String()
		require.False(t, ask(t, app, testkit.Visitor, "停车收费吗").Passed, "nobody could be told")
		for range 2 { // twice is once
			require.True(t, ask(t, app, testkit.Shopper, "停车收费吗").Passed)
		}
		desk := app.Open(testkit.OwnerOf("shoes"))
		desk.Follow("desk:"+app.Street.Stores["shoes"].ID.String(), 0)
		require.True(t, ask(t, app, testkit.Shopper, "老北京布鞋能开发票吗").Passed)
		desk.Signal("helper.changed") // the store's screen counts again
		street := questions(t, app, testkit.Coordinator, "/alliance/questions")
		require.Len(t, street, 1)
		theirs := questions(t, app, testkit.ClerkOf("shoes"), shoes+"/questions")
		require.Len(t, theirs, 1)
		require.Equal(t, "老北京布鞋能开发票吗", theirs[0].Text)
		require.Empty(t, questions(t, app, testkit.OwnerOf("tea"), tea+"/questions"))
		require.Empty(t, questions(t, app, testkit.OtherCoordinator, "/alliance/questions"))

		at := shoes + "/questions/" + theirs[0].ID.String()
		app.As(testkit.OwnerOf("tea")).Put(tea+"/questions/"+theirs[0].ID.String(), map[string]any{"text": "x"}).Refused(http.StatusNotFound, "not_found")
		app.As(testkit.Coordinator).Put("/alliance/questions/"+theirs[0].ID.String(), map[string]any{"text": "x"}).Refused(http.StatusNotFound, "not_found")
		app.As(testkit.ClerkOf("shoes")).Put(at, map[string]any{"text": strings.Repeat("长", 501)}).Refused(http.StatusUnprocessableEntity, "text_too_long")
		app.As(testkit.ClerkOf("shoes")).Put(at, map[string]any{"text": "能，带上税号"}).Must(http.StatusOK)
		app.As(testkit.OwnerOf("shoes")).Put(at, map[string]any{"text": "能"}).Refused(http.StatusConflict, "already_answered")
		app.Drain()
		r := app.As(testkit.Shopper).Get("/me/inbox").Must(http.StatusOK)
		require.Contains(t, string(r.Body), "能，带上税号")
		require.NotContains(t, string(app.As(testkit.OtherShopper).Get("/me/inbox").Must(http.StatusOK).Body), "能，带上税号")

		for _, text := range []string{"一问", "二问", "三问", "四问"} {
			ask(t, app, testkit.Shopper, text)
		}
		app.As(testkit.Shopper).Post("/helper/ask", map[string]any{"text": "五问"}).Refused(http.StatusTooManyRequests, "questions_many")
	})
}

func TestAStoreTeaches(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		at := "/stores/" + app.Street.Stores["shoes"].ID.String() + "/lessons"
		teach := func(words []string, text string) *testkit.Response {
			return app.As(testkit.ClerkOf("shoes")).Post(at, map[string]any{"words": words, "text": text})
		}
		teach([]string{}, "x").Refused(http.StatusUnprocessableEntity, "words")
		teach([]string{strings.Repeat("鞋", 41)}, "x").Refused(http.StatusUnprocessableEntity, "words")
		teach([]string{"鞋"}, "x").Refused(http.StatusUnprocessableEntity, "words")
		teach([]string{"退鞋"}, "\u200b").Refused(http.StatusUnprocessableEntity, "text_empty")
		teach([]string{"退鞋"}, strings.Repeat("长", 501)).Refused(http.StatusUnprocessableEntity, "text_too_long")
		var lesson helper.LessonView
		teach([]string{"退鞋", "退货"}, "没穿下过地的，七天里都能退").Must(http.StatusCreated).Into(&lesson)
		r := ask(t, app, testkit.Visitor, "请问，能退货吗？")
		require.Equal(t, "老北京布鞋：没穿下过地的，七天里都能退", r.Text)
		require.False(t, ask(t, app, testkit.OtherOwner, "能退货吗").Passed, "another street was taught nothing")
		tea := "/stores/" + app.Street.Stores["tea"].ID.String() + "/lessons/" + lesson.ID.String()
		app.As(testkit.OwnerOf("tea")).Delete(tea).Refused(http.StatusNotFound, "not_found")
		app.As(testkit.ClerkOf("shoes")).Delete(at + "/" + lesson.ID.String()).Must(http.StatusNoContent)
		require.True(t, ask(t, app, testkit.Shopper, "能退货吗").Passed)
	})
}

func TestCalledInTheFeed(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		said := func(text string) string {
			var post struct{ ID models.ID }
			app.As(testkit.Shopper).Post("/feeds/street/posts", map[string]any{"text": text}).Must(http.StatusCreated).Into(&post)
			app.Drain()
			return string(app.As(testkit.Visitor).Get("/posts/" + post.ID.String() + "/comments").Must(http.StatusOK).Body)
		}
		open := said("@小二 现在哪家开着")
		require.Contains(t, open, "现在开着 4 家")
		require.Contains(t, open, `"name":"小二"`)
		private := said("＠小二 我有多少积分")
		require.NotContains(t, private, "您有 0 积分")
		private = said("@小二 我有多少积分")
		require.Contains(t, private, "悄悄告诉您")
		require.NotContains(t, private, "您有 0 积分")
		require.NotContains(t, said("小二这个名字好听"), `"name":"小二"`)
	})
}

func TestALessonIsChanged(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		shoes, tea := "/stores/"+app.Street.Stores["shoes"].ID.String()+"/lessons", "/stores/"+app.Street.Stores["tea"].ID.String()+"/lessons"
		var lesson helper.LessonView
		app.As(testkit.ClerkOf("shoes")).Post(shoes, map[string]any{"words": []string{"能不能退货"}, "text": "七天里都能退"}).Must(http.StatusCreated).Into(&lesson)
		changed := map[string]any{"words": []string{"能不能退货", "换码"}, "text": "七天里都能退，也能换码"}
		app.As(testkit.OwnerOf("tea")).Put(tea+"/"+lesson.ID.String(), changed).Refused(http.StatusNotFound, "not_found")
		app.As(testkit.ClerkOf("shoes")).Put(shoes+"/"+lesson.ID.String(), map[string]any{"words": []string{}, "text": "x"}).Refused(http.StatusUnprocessableEntity, "words")
		app.As(testkit.ClerkOf("shoes")).Put(shoes+"/"+lesson.ID.String(), changed).Must(http.StatusOK)
		require.Equal(t, "老北京布鞋：七天里都能退，也能换码", ask(t, app, testkit.Visitor, "能换码吗").Text)
		require.Equal(t, "老北京布鞋：七天里都能退，也能换码", ask(t, app, testkit.Visitor, "你们能不能退个货呀").Text, "in other words")
		app.As(testkit.Shopper).Put("/alliance/lessons/"+lesson.ID.String(), changed).Refused(http.StatusForbidden, "forbidden")
		app.As(testkit.Coordinator).Put("/alliance/lessons/"+lesson.ID.String(), changed).Refused(http.StatusNotFound, "not_found")
	})
}

func TestWhatAStoreTeachesStandsBeforeNobodyElse(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		teach := func(slug, words, text string) *testkit.Response {
			return app.As(testkit.OwnerOf(slug)).Post("/stores/"+app.Street.Stores[slug].ID.String()+"/lessons", map[string]any{"words": []string{words}, "text": text})
		}
		teach("tea", "老北京布鞋几点开门", "早关了").Refused(http.StatusUnprocessableEntity, "others_name")
		teach("tea", "积分", "来喝茶就有").Must(http.StatusCreated)
		require.Equal(t, "您有 0 积分，整条街都能用", ask(t, app, testkit.Shopper, "我有多少积分").Text, "the street's own data come first")
		teach("tea", "退货", "茶不退").Must(http.StatusCreated)
		teach("shoes", "退货", "七天里都能退").Must(http.StatusCreated)
		both := ask(t, app, testkit.Visitor, "能退货吗")
		require.Equal(t, "各家有各家的说法：", both.Text)
		require.Len(t, both.Lines, 2)
		require.Equal(t, "老北京布鞋：七天里都能退", ask(t, app, testkit.Visitor, "老北京布鞋能退货吗").Text)
		require.True(t, ask(t, app, testkit.Shopper, "林家面馆能退货吗").Passed, "a question that names a store is no other's to answer")
		app.As(testkit.Coordinator).Post("/alliance/lessons", map[string]any{"words": []string{"退货"}, "text": "街上说好了：七天里拿小票都能退"}).Must(http.StatusCreated)
		require.Equal(t, "街上说好了：七天里拿小票都能退", ask(t, app, testkit.Visitor, "能退货吗").Text)
		require.Equal(t, "老北京布鞋：七天里都能退", ask(t, app, testkit.Visitor, "老北京布鞋能退货吗").Text)
	})
}

func TestAnAnswerIsTaughtAtOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		require.True(t, ask(t, app, testkit.Shopper, "停车收费吗").Passed)
		at := "/alliance/questions/" + questions(t, app, testkit.Coordinator, "/alliance/questions")[0].ID.String()
		app.As(testkit.Coordinator).Put(at, map[string]any{"text": "前半个钟头不收", "teach": []string{"停"}}).Refused(http.StatusUnprocessableEntity, "words")
		require.Len(t, questions(t, app, testkit.Coordinator, "/alliance/questions"), 1, "nothing was answered by half")
		app.As(testkit.Coordinator).Put(at, map[string]any{"text": "前半个钟头不收", "teach": []string{"停车收费吗", "停车要钱"}}).Must(http.StatusOK)
		r := ask(t, app, testkit.OtherShopper, "停车要钱不")
		require.Equal(t, "前半个钟头不收", r.Text)
		require.Equal(t, helper.Taught, r.Intent)
		app.Drain()
		require.Contains(t, string(app.As(testkit.Shopper).Get("/me/inbox").Must(http.StatusOK).Body), "前半个钟头不收")
	})
}
