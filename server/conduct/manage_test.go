package conduct_test

import (
	"bytes"
	"image/png"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/conduct"
	"onestreet/server/feed"
	"onestreet/server/notify"
	"onestreet/server/platform/web"
	"onestreet/server/testkit"
)

func agreed(t *testing.T, app *testkit.App) conduct.TalkRules {
	t.Helper()
	var r conduct.TalkRules
	app.As(testkit.Coordinator).Get("/conduct/rules").Must(http.StatusOK).Into(&r)
	return r
}

func trail(t *testing.T, app *testkit.App, p testkit.Persona, query string) web.Page[conduct.TalkTrailLine] {
	t.Helper()
	var page web.Page[conduct.TalkTrailLine]
	app.As(p).Get("/conduct/trail" + query).Must(http.StatusOK).Into(&page)
	return page
}

func whats(lines []conduct.TalkTrailLine) []string {
	var out []string
	for _, l := range lines {
		out = append(out, l.What)
	}
	return out
}

func letters(app *testkit.App, p testkit.Persona) []notify.Notice {
	app.Drain()
	var page notify.InboxView
	app.As(p).Get("/me/inbox").Must(http.StatusOK).Into(&page)
	return page.Items
}

// circleOf is a circle of the shoe shop, with a neighbour who keeps order and another one in it.
func circleOf(t *testing.T, app *testkit.App, keeper, other testkit.Persona) string {
	t.Helper()
	var c feed.CircleView
	app.As(testkit.OwnerOf("shoes")).Post("/circles", map[string]any{"name": "走路的人", "access": "open", "store_id": app.Street.Stores["shoes"].ID}).Must(http.StatusCreated).Into(&c)
	for _, p := range []testkit.Persona{keeper, other} {
		app.As(p).Put("/circles/"+c.ID.String()+"/me", map[string]any{}).Must(http.StatusOK)
	}
	app.As(testkit.OwnerOf("shoes")).Put("/circles/"+c.ID.String()+"/members/"+app.Street.People[keeper].Member.ID.String(), map[string]any{"moderator": true}).Must(http.StatusOK)
	return c.ID.String()
}

func TestAWordStandsOnTheListAndIsSwitchedOnAfterATrial(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		coordinator := app.As(testkit.Coordinator)
		coordinator.Post("/conduct/terms", map[string]any{"word": "蜂蜜", "does": "ad", "off": true}).Must(http.StatusOK)
		say(t, app, testkit.Shopper, "卖 蜂 蜜 喽").Must(http.StatusCreated)
		word := agreed(t, app).Terms[0]
		require.True(t, word.Off)
		var trial conduct.TermTrial
		coordinator.Post("/conduct/terms/try", map[string]any{"word": "蜂蜜", "does": "ad"}).Must(http.StatusOK).Into(&trial)
		require.Len(t, trial.Caught, 1)
		require.True(t, trial.Caught[0].Shown)
		at := "/conduct/terms/" + word.ID.String()
		coordinator.Put(at, map[string]any{"word": "蜂蜜", "does": "ad"}).Must(http.StatusOK)
		say(t, app, testkit.Shopper, "卖蜂蜜").Refused(http.StatusUnprocessableEntity, "advert")
		coordinator.Post("/conduct/terms/try", map[string]any{"word": "蜂蜜", "does": "ok"}).Must(http.StatusOK).Into(&trial)
		require.Equal(t, 2, trial.Posts, "what a rule stopped was looked at too")
		require.Len(t, trial.Caught, 2)

		coordinator.Post("/conduct/terms", map[string]any{"word": "代工", "does": "review"}).Must(http.StatusOK)
		coordinator.Put(at, map[string]any{"word": "代工", "does": "ad"}).Refused(http.StatusConflict, "term_taken")
		coordinator.Put(at, map[string]any{"word": "。。", "does": "ad"}).Refused(http.StatusUnprocessableEntity, "term")
		app.As(testkit.OtherCoordinator).Put(at, map[string]any{"word": "蜂王", "does": "ok"}).Refused(http.StatusNotFound, "not_found")
		app.As(testkit.Shopper).Put(at, map[string]any{"word": "蜂王", "does": "ok"}).Refused(http.StatusForbidden, "forbidden")
		require.Equal(t, []string{"term_review", "term_ad", "term_pause"}, whats(trail(t, app, testkit.Coordinator, "?kind=rules").Items))
	})
}

func TestAStreetSwitchesACommonRuleOff(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		text := "兼职日结，想做的来"
		say(t, app, testkit.Shopper, text).Refused(http.StatusUnprocessableEntity, "advert")
		var trial conduct.TermTrial
		at := "/conduct/switches/jobs"
		app.As(testkit.Coordinator).Post(at+"/try", map[string]any{"on": false}).Must(http.StatusOK).Into(&trial)
		require.Equal(t, text, trial.Caught[0].Text)
		require.False(t, trial.Caught[0].Shown)
		for range 2 { // twice is once
			app.As(testkit.Coordinator).Put(at, map[string]any{"on": false}).Must(http.StatusOK)
		}
		app.As(testkit.Coordinator).Put("/conduct/rules", map[string]any{"hold_doubtful": false, "first_review": false, "slow_minutes": 0, "fine": 7}).Must(http.StatusOK)
		say(t, app, testkit.OtherShopper, text).Must(http.StatusCreated)
		for _, rule := range []string{"gambling", "phone_hidden", "none"} {
			app.As(testkit.Coordinator).Put("/conduct/switches/"+rule, map[string]any{"on": false}).Refused(http.StatusUnprocessableEntity, "rule_stays")
		}
		app.As(testkit.Shopper).Put(at, map[string]any{"on": true}).Refused(http.StatusForbidden, "forbidden")
		require.EqualValues(t, 7, agreed(t, app).Fine)
		require.Equal(t, []string{"rules", "rule_off"}, whats(trail(t, app, testkit.Coordinator, "?kind=rules").Items))
		app.As(testkit.Coordinator).Put(at, map[string]any{"on": true}).Must(http.StatusOK)
		say(t, app, testkit.OtherShopper, text).Refused(http.StatusUnprocessableEntity, "advert")
	})
}

func TestAMuteBeginsAndEndsWithALetter(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		at := "/conduct/mutes/" + app.Street.People[testkit.Shopper].Member.ID.String()
		mute := func(hours int) *testkit.Response {
			return app.As(testkit.Coordinator).Put(at, map[string]any{"hours": hours, "words": "先歇歇"})
		}
		mute(-1).Refused(http.StatusUnprocessableEntity, "range")
		mute(2161).Refused(http.StatusUnprocessableEntity, "range")
		app.As(testkit.OtherShopper).Put(at, map[string]any{"hours": 2}).Refused(http.StatusForbidden, "not_moderator")
		app.As(testkit.OtherCoordinator).Put(at, map[string]any{"hours": 2}).Refused(http.StatusNotFound, "not_found")
		var muted conduct.MutedNeighbours
		mute(2).Must(http.StatusOK).Into(&muted)
		require.Equal(t, "先歇歇", muted.Items[0].Why)
		say(t, app, testkit.Shopper, "雨停了").Refused(http.StatusForbidden, "muted")
		require.Equal(t, "管理员说：先歇歇。10 月 17 日周六 12:30 以前不能在街谈里说话，看帖、领券、和店里聊都不耽误", letters(app, testkit.Shopper)[0].Text)

		app.Time.Advance(2 * time.Hour)
		for range 2 { // a second node finds nothing to do
			require.NoError(t, app.Conduct.EndMutes(app.Ctx()))
		}
		require.Equal(t, models.NoticeMuteEnded, letters(app, testkit.Shopper)[0].Kind)
		require.Len(t, letters(app, testkit.Shopper), 2)
		say(t, app, testkit.Shopper, "雨停了").Must(http.StatusCreated)
		mute(3).Must(http.StatusOK)
		for range 2 {
			mute(0).Must(http.StatusOK)
		}
		require.Len(t, letters(app, testkit.Shopper), 4)
		require.Equal(t, []string{"unmute", "mute", "mute_over", "mute"}, whats(trail(t, app, testkit.Coordinator, "?kind=mutes").Items))
	})
}

func TestACirclesModeratorsLookAfterTheirCircleOnly(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		circle := circleOf(t, app, testkit.OtherShopper, testkit.Shopper)
		var inside, outside feed.PostView
		app.As(testkit.Shopper).Post("/feeds/"+circle+"/posts", map[string]any{"text": "便宜的鞋,要的来"}).Must(http.StatusCreated).Into(&inside)
		say(t, app, testkit.Shopper, "便宜的鞋,要的来").Must(http.StatusCreated).Into(&outside)
		report(app, testkit.ThirdShopper, inside.ID)
		report(app, testkit.ThirdShopper, outside.ID)
		app.As(testkit.OtherShopper).Get("/conduct/queue").Refused(http.StatusForbidden, "not_moderator")
		app.As(testkit.Shopper).Get("/conduct/queue?circle="+circle).Refused(http.StatusForbidden, "not_moderator")
		app.As(testkit.OtherCoordinator).Get("/conduct/trail?circle=" + circle).Must(http.StatusOK)
		var q conduct.TalkQueue
		app.As(testkit.OtherShopper).Get("/conduct/queue?circle=" + circle).Must(http.StatusOK).Into(&q)
		require.Len(t, q.Cases, 1)
		all := queue(t, app, testkit.Coordinator).Cases
		require.Len(t, all, 2)
		for _, c := range all {
			if c.PostID == outside.ID {
				app.As(testkit.OtherShopper).Post("/conduct/cases/"+c.ID.String(), map[string]any{"decision": "strike"}).Refused(http.StatusForbidden, "not_moderator")
			}
		}
		at := "/conduct/cases/" + q.Cases[0].ID.String()
		app.As(testkit.OtherShopper).Put(at+"/mute", map[string]any{"hours": 1}).Refused(http.StatusForbidden, "not_moderator")
		app.As(testkit.OtherShopper).Post(at, map[string]any{"decision": "strike", "words": "圈子里不卖东西"}).Must(http.StatusOK)

		st := mine(t, app, testkit.Shopper).Strikes[0]
		app.As(testkit.Shopper).Post("/conduct/strikes/"+st.ID.String()+"/appeal", map[string]any{"words": "我送人的"}).Must(http.StatusOK)
		answer := map[string]any{"grant": false, "words": "还是算"}
		app.As(testkit.OtherShopper).Post("/conduct/strikes/"+st.ID.String()+"/answer", answer).Refused(http.StatusForbidden, "own_decision")
		app.As(testkit.Coordinator).Post("/conduct/strikes/"+st.ID.String()+"/answer", answer).Must(http.StatusOK)
		require.Equal(t, []string{"appeal_refused", "appeal", "strike", "circle_moderator"}, whats(trail(t, app, testkit.OtherShopper, "?circle="+circle).Items))
		app.As(testkit.OtherShopper).Get("/conduct/trail").Refused(http.StatusForbidden, "not_moderator")
	})
}

func TestTheTrailIsPagedAndNarrowed(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		for _, word := range []string{"一号", "二号", "三号", "四号", "五号"} {
			app.As(testkit.Coordinator).Post("/conduct/terms", map[string]any{"word": word, "does": "review"}).Must(http.StatusOK)
		}
		say(t, app, testkit.Shopper, "加微信 demo_0001").Refused(http.StatusUnprocessableEntity, "advert")
		var words []string
		for cursor := ""; ; {
			page := trail(t, app, testkit.Coordinator, "?limit=2&cursor="+cursor)
			for _, l := range page.Items {
				words = append(words, l.Words)
			}
			if cursor = page.NextCursor; cursor == "" {
				break
			}
		}
		require.Equal(t, []string{"加微信 demo_0001", "五号", "四号", "三号", "二号", "一号"}, words)
		of := trail(t, app, testkit.Coordinator, "?person="+app.Street.People[testkit.Shopper].Member.AccountID.String()).Items
		require.Len(t, of, 1)
		require.Empty(t, of[0].By, "a rule")
		require.Contains(t, of[0].Why, "wechat")
		require.Empty(t, trail(t, app, testkit.OtherCoordinator, "").Items)
		app.As(testkit.Coordinator).Get("/conduct/trail?cursor=%25").Refused(http.StatusUnprocessableEntity, "cursor")
		app.As(testkit.Coordinator).Get("/conduct/trail?kind=nonsense").Must(http.StatusUnprocessableEntity)
	})
}

func TestWhoReportsIsToldAndIsNotToldOf(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		var post feed.PostView
		say(t, app, testkit.Shopper, "便宜的鞋,要的来").Must(http.StatusCreated).Into(&post)
		report(app, testkit.OtherShopper, post.ID)
		at := "/conduct/cases/" + queue(t, app, testkit.Coordinator).Cases[0].ID.String()
		app.As(testkit.Coordinator).Post(at, map[string]any{"decision": "remove", "words": strings.Repeat("长", 201)}).Refused(http.StatusUnprocessableEntity, "words")
		app.As(testkit.Coordinator).Post(at, map[string]any{"decision": "remove", "words": "卖东西去店里"}).Must(http.StatusOK)
		told := letters(app, testkit.OtherShopper)[0]
		require.Equal(t, models.NoticeReportDecided, told.Kind)
		require.Equal(t, "您举报的那条收下来了", told.Title)
		require.NotContains(t, told.Title+told.Text, "便宜的鞋", "what was taken down lives on in no inbox")
		author := letters(app, testkit.Shopper)[0]
		require.Equal(t, models.NoticePostRefused, author.Kind)
		require.Equal(t, "管理员说：卖东西去店里。没有记次数，改一改可以再发", author.Text)
		require.Equal(t, "/me/conduct", author.Link)
		for _, word := range []string{"举报", app.Street.People[testkit.OtherShopper].Member.Name, "像广告"} {
			require.NotContains(t, author.Title+author.Text, word)
		}
		require.Empty(t, letters(app, testkit.ThirdShopper))
	})
}

func TestAStrikeAndItsAppealComeAsLetters(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		give(t, app, testkit.Shopper, 30)
		say(t, app, testkit.Shopper, "加微信 demo_0001 领红包").Refused(http.StatusUnprocessableEntity, "advert")
		strike := letters(app, testkit.Shopper)[0]
		require.Equal(t, "「加微信 demo_0001 领红包」算成了广告，记了第 1 次", strike.Title)
		require.Equal(t, "扣了 20 积分，1 月 15 日 以后这次不再算。判错了，点开这里申诉", strike.Text)
		st := mine(t, app, testkit.Shopper).Strikes[0]
		app.As(testkit.Shopper).Post("/conduct/strikes/"+st.ID.String()+"/appeal", map[string]any{"words": "那是店里的号"}).Must(http.StatusOK)
		app.As(testkit.Coordinator).Post("/conduct/strikes/"+st.ID.String()+"/answer", map[string]any{"grant": true, "words": "是我们看错了。"}).Must(http.StatusOK)
		answer := letters(app, testkit.Shopper)[0]
		require.Equal(t, "您的申诉成立", answer.Title)
		require.Equal(t, "管理员说：是我们看错了。这次不算了，20 积分退回您名下", answer.Text)
		var page notify.InboxView
		app.As(testkit.Shopper).In("en").Get("/me/inbox").Must(http.StatusOK).Into(&page)
		require.Equal(t, "Your appeal is granted", page.Items[0].Title)
	})
}

func TestAFirstPostIsApprovedOrRefusedByLetter(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		app.As(testkit.Coordinator).Put("/conduct/rules", map[string]any{"hold_doubtful": true, "first_review": true, "slow_minutes": 0, "fine": 5}).Must(http.StatusOK)
		say(t, app, testkit.Shopper, "大家好,我是新来的").Refused(http.StatusConflict, "post_held")
		say(t, app, testkit.OtherShopper, "我也是").Refused(http.StatusConflict, "post_held")
		q := queue(t, app, testkit.Coordinator).Cases
		app.As(testkit.Coordinator).Post("/conduct/cases/"+q[0].ID.String(), map[string]any{"decision": "show"}).Must(http.StatusOK)
		app.As(testkit.Coordinator).Post("/conduct/cases/"+q[1].ID.String(), map[string]any{"decision": "remove"}).Must(http.StatusOK)
		passed := letters(app, testkit.Shopper)[0]
		require.Equal(t, models.NoticePostPassed, passed.Kind)
		app.As(testkit.Shopper).Get(passed.Link).Must(http.StatusOK)
		refused := letters(app, testkit.OtherShopper)[0]
		require.Equal(t, "「我也是」没有发出来", refused.Title)
	})
}

// pictured uploads a picture of a QR code.
func pictured(t *testing.T, app *testkit.App, p testkit.Persona, text string) models.ID {
	t.Helper()
	m, err := qrcode.NewQRCodeWriter().Encode(text, gozxing.BarcodeFormat_QR_CODE, 400, 400, nil)
	require.NoError(t, err)
	var file bytes.Buffer
	require.NoError(t, png.Encode(&file, m))
	var photo feed.PhotoView
	app.As(p).Upload("/photos", "code.png", file.Bytes()).Must(http.StatusCreated).Into(&photo)
	return photo.ID
}

func TestABarePictureOfAGroupsCodeIsAnAdvert(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		app.As(testkit.Coordinator).Put("/conduct/rules", map[string]any{"hold_doubtful": true, "first_review": false, "slow_minutes": 0, "fine": 5}).Must(http.StatusOK)
		post := func(text, code string) *testkit.Response {
			return app.As(testkit.Shopper).Post(street, map[string]any{"text": text, "photo_ids": []models.ID{pictured(t, app, testkit.Shopper, code)}})
		}
		post("", "https://weixin.qq.com/g/AQYAADEMO0000000").Refused(http.StatusUnprocessableEntity, "advert")
		post("看看这个", "https://demo-shop.top/x").Refused(http.StatusConflict, "post_held")
		held := queue(t, app, testkit.Coordinator).Cases[0]
		require.Equal(t, "https://demo-shop.top/x", held.Evidence)
		require.Len(t, held.Photos, 1)
		app.As(testkit.Coordinator).Get(strings.TrimPrefix(held.Photos[0], "/api/v1")).Must(http.StatusOK)
		post("领券的码", "83920164").Must(http.StatusCreated)
		require.Len(t, shown(t, app, testkit.Visitor), 1)
	})
}
