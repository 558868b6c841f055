package conduct_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/conduct"
	"onestreet/server/feed"
	"onestreet/server/ledger"
	"onestreet/server/platform/web"
	"onestreet/server/testkit"
	"onestreet/server/testkit/together"
)

const street = "/feeds/street/posts"

func say(t *testing.T, app *testkit.App, p testkit.Persona, text string) *testkit.Response {
	t.Helper()
	return app.As(p).Post(street, map[string]any{"text": text})
}

func shown(t *testing.T, app *testkit.App, p testkit.Persona) []string {
	t.Helper()
	var page feed.Page
	app.As(p).Get(street).Must(http.StatusOK).Into(&page)
	var texts []string
	for _, post := range page.Items {
		texts = append(texts, post.Text)
	}
	return texts
}

func mine(t *testing.T, app *testkit.App, p testkit.Persona) conduct.MyConduct {
	t.Helper()
	var m conduct.MyConduct
	app.As(p).Get("/me/conduct").Must(http.StatusOK).Into(&m)
	return m
}

func queue(t *testing.T, app *testkit.App, p testkit.Persona) conduct.TalkQueue {
	t.Helper()
	var q conduct.TalkQueue
	app.As(p).Get("/conduct/queue").Must(http.StatusOK).Into(&q)
	return q
}

func points(t *testing.T, app *testkit.App, p testkit.Persona) int64 {
	t.Helper()
	n, err := app.Ledger.Points(app.Ctx(), app.Street.Alliance.ID, app.Street.People[p].Member.ID)
	require.NoError(t, err)
	return n
}

func give(t *testing.T, app *testkit.App, p testkit.Persona, n int64) {
	t.Helper()
	member := app.Street.People[p].Member.ID
	require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
		_, err := app.Ledger.Post(tx, app.Street.Alliance.ID, ledger.Entry{Debit: models.IssuerPoints(), Credit: models.MemberPoints(member), Amount: n, Kind: models.KindPointsReferral, Reference: "gift:" + member.String()})
		return err
	}))
}

func TestTheThirdAdvertPutsOutAndAnAppealGivesBack(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		give(t, app, testkit.Shopper, 30)
		say(t, app, testkit.Shopper, "加微信 demo_0001 领红包").Refused(http.StatusUnprocessableEntity, "advert")
		require.EqualValues(t, 10, points(t, app, testkit.Shopper))
		say(t, app, testkit.Shopper, "刷单日结,私我").Refused(http.StatusUnprocessableEntity, "advert")
		require.Zero(t, points(t, app, testkit.Shopper), "as many as there are: nobody owes points")
		require.Empty(t, shown(t, app, testkit.Visitor))
		require.Nil(t, mine(t, app, testkit.Shopper).MutedUntil)
		say(t, app, testkit.Shopper, "薇❤ demo_0002 低价").Refused(http.StatusUnprocessableEntity, "advert")
		m := mine(t, app, testkit.Shopper)
		require.NotNil(t, m.MutedUntil)
		require.Equal(t, []int{3, 2, 1}, []int{m.Strikes[0].Nth, m.Strikes[1].Nth, m.Strikes[2].Nth})
		say(t, app, testkit.Shopper, "雨停了").Refused(http.StatusForbidden, "muted")

		first := m.Strikes[2]
		require.EqualValues(t, 20, first.Points)
		path := "/conduct/strikes/" + first.ID.String()
		app.As(testkit.OtherShopper).Post(path+"/appeal", map[string]any{"words": "不是我发的"}).Refused(http.StatusNotFound, "not_found")
		app.As(testkit.Shopper).Post(path+"/appeal", map[string]any{"words": "那是店里的号"}).Must(http.StatusOK)
		app.As(testkit.Shopper).Post(path+"/appeal", map[string]any{"words": "再说一次"}).Refused(http.StatusConflict, "appealed")
		answer := map[string]any{"grant": true, "words": "是我们看错了"}
		app.As(testkit.Shopper).Post(path+"/answer", answer).Refused(http.StatusForbidden, "not_moderator")
		app.As(testkit.OtherCoordinator).Post(path+"/answer", answer).Refused(http.StatusNotFound, "not_found")
		require.Len(t, queue(t, app, testkit.Coordinator).Appeals, 1)
		app.As(testkit.Coordinator).Post(path+"/answer", answer).Must(http.StatusOK)
		app.As(testkit.Coordinator).Post(path+"/answer", answer).Refused(http.StatusConflict, "no_appeal")
		require.EqualValues(t, 20, points(t, app, testkit.Shopper))
		require.Equal(t, []string{"加微信 demo_0001 领红包"}, shown(t, app, testkit.Visitor), "what an appeal won is shown")
	})
}

func TestAStrikeExpires(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		say(t, app, testkit.Shopper, "加微信 demo_0001").Refused(http.StatusUnprocessableEntity, "advert")
		say(t, app, testkit.Shopper, "加微信 demo_0002").Refused(http.StatusUnprocessableEntity, "advert")
		app.Time.Advance(91 * 24 * time.Hour)
		say(t, app, testkit.Shopper, "加微信 demo_0003").Refused(http.StatusUnprocessableEntity, "advert")
		require.Equal(t, 1, mine(t, app, testkit.Shopper).Strikes[0].Nth)
	})
}

func TestTwoReportsAndTwoDecisionsAtOnceAreOneStrike(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		give(t, app, testkit.Shopper, 100)
		var post feed.PostView
		say(t, app, testkit.Shopper, "便宜的鞋,要的来").Must(http.StatusCreated).Into(&post)
		atOnce(
			func() { report(app, testkit.OtherShopper, post.ID) },
			func() { report(app, testkit.ThirdShopper, post.ID) },
			func() { report(app, testkit.OtherShopper, post.ID) },
		)
		q := queue(t, app, testkit.Coordinator)
		require.Len(t, q.Cases, 1)
		require.Len(t, q.Cases[0].Reports, 2)
		decide := func() {
			app.As(testkit.Coordinator).Post("/conduct/cases/"+q.Cases[0].ID.String(), map[string]any{"decision": "strike"})
		}
		atOnce(decide, decide, decide, decide)
		require.Len(t, mine(t, app, testkit.Shopper).Strikes, 1)
		require.EqualValues(t, 80, points(t, app, testkit.Shopper))
		require.Empty(t, shown(t, app, testkit.Visitor))
	})
}

func report(app *testkit.App, p testkit.Persona, post models.ID) {
	app.As(p).Post("/posts/"+post.String()+"/report", map[string]any{"words": "像广告"})
}

func atOnce(all ...func()) {
	var wg together.Group
	for _, f := range all {
		wg.Go(f)
	}
	wg.Wait()
}

func TestAStreetHoldsWhatIsDoubtfulAndFirstPosts(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		say(t, app, testkit.ThirdShopper, "我早就在这条街上了").Must(http.StatusCreated)
		app.As(testkit.Coordinator).Put("/conduct/rules", map[string]any{"hold_doubtful": true, "first_review": true, "slow_minutes": 0, "fine": 5}).Must(http.StatusOK)
		app.As(testkit.Shopper).Put("/conduct/rules", map[string]any{"hold_doubtful": false, "first_review": false, "slow_minutes": 0, "fine": 0}).Refused(http.StatusForbidden, "forbidden")
		say(t, app, testkit.ThirdShopper, "老街坊不用等").Must(http.StatusCreated)
		say(t, app, testkit.Shopper, "大家好,我是新来的").Refused(http.StatusConflict, "post_held")
		require.Len(t, mine(t, app, testkit.Shopper).Waiting, 1)
		member := app.Street.People[testkit.OtherShopper].Member.ID.String()
		app.As(testkit.Coordinator).Put("/conduct/moderators/"+member, map[string]any{}).Must(http.StatusOK)
		held := queue(t, app, testkit.OtherShopper).Cases[0]
		app.As(testkit.ThirdShopper).Post("/conduct/cases/"+held.ID.String(), map[string]any{"decision": "show"}).Refused(http.StatusForbidden, "not_moderator")
		app.As(testkit.OtherCoordinator).Post("/conduct/cases/"+held.ID.String(), map[string]any{"decision": "show"}).Refused(http.StatusNotFound, "not_found")
		app.As(testkit.OtherShopper).Post("/conduct/cases/"+held.ID.String(), map[string]any{"decision": "show"}).Must(http.StatusOK)
		app.As(testkit.OtherShopper).Post("/conduct/cases/"+held.ID.String(), map[string]any{"decision": "strike"}).Refused(http.StatusConflict, "case_decided")
		require.Contains(t, shown(t, app, testkit.Visitor), "大家好,我是新来的")
		say(t, app, testkit.Shopper, "第二条就不用等了").Must(http.StatusCreated)
		var page web.Page[conduct.TalkTrailLine]
		app.As(testkit.OtherShopper).Get("/conduct/trail").Must(http.StatusOK).Into(&page)
		require.Equal(t, "show", page.Items[0].What)
	})
}

func TestACallForHelpIsNeverHeld(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		app.As(testkit.Coordinator).Put("/conduct/rules", map[string]any{"hold_doubtful": true, "first_review": false, "slow_minutes": 0, "fine": 5}).Must(http.StatusOK)
		say(t, app, testkit.Shopper, "急寻走失老人,有消息打 13900000000").Must(http.StatusCreated)
		require.Len(t, queue(t, app, testkit.Coordinator).Cases, 1)
	})
}

func TestSlowModeTakesOneOfTwoAtOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		app.As(testkit.Coordinator).Put("/conduct/rules", map[string]any{"hold_doubtful": false, "first_review": false, "slow_minutes": 5, "fine": 5}).Must(http.StatusOK)
		one := func() { say(t, app, testkit.Shopper, "雨停了") }
		atOnce(one, one, one, one)
		require.Len(t, shown(t, app, testkit.Visitor), 1)
		say(t, app, testkit.Shopper, "又下了").Refused(http.StatusTooManyRequests, "slow_mode")
		app.Time.Advance(5 * time.Minute)
		say(t, app, testkit.Shopper, "又下了").Must(http.StatusCreated)
	})
}

func TestTheStreetsOwnWordsAreTriedFirst(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		say(t, app, testkit.Shopper, "卖 蜂 蜜 喽").Must(http.StatusCreated)
		say(t, app, testkit.Shopper, "今天有雾").Must(http.StatusCreated)
		word := map[string]any{"word": "蜂蜜", "does": "ad"}
		var trial conduct.TermTrial
		app.As(testkit.Coordinator).Post("/conduct/terms/try", word).Must(http.StatusOK).Into(&trial)
		require.Equal(t, 2, trial.Posts)
		require.Equal(t, "卖 蜂 蜜 喽", trial.Caught[0].Text)
		require.Equal(t, "蜂 蜜", trial.Caught[0].Evidence)
		say(t, app, testkit.Shopper, "蜂蜜水真甜").Must(http.StatusCreated)
		app.As(testkit.Coordinator).Post("/conduct/terms", word).Must(http.StatusOK)
		app.As(testkit.Coordinator).Post("/conduct/terms", word).Refused(http.StatusConflict, "term_taken")
		say(t, app, testkit.Shopper, "蜂*蜜").Refused(http.StatusUnprocessableEntity, "advert")
	})
}

func TestABlockedNeighbourIsNotSeen(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		var post feed.PostView
		say(t, app, testkit.Shopper, "今天有雾").Must(http.StatusCreated).Into(&post)
		app.As(testkit.Shopper).Put("/posts/"+post.ID.String()+"/block", map[string]any{}).Refused(http.StatusUnprocessableEntity, "own_post")
		app.As(testkit.OtherShopper).Put("/posts/"+post.ID.String()+"/block", map[string]any{}).Must(http.StatusOK)
		require.Empty(t, shown(t, app, testkit.OtherShopper))
		require.Len(t, shown(t, app, testkit.ThirdShopper), 1)
		blocked := mine(t, app, testkit.OtherShopper).Blocked
		app.As(testkit.OtherShopper).Delete("/me/blocks/" + blocked[0].ID.String()).Must(http.StatusNoContent)
		require.Len(t, shown(t, app, testkit.OtherShopper), 1)
	})
}

func TestCommentsAndEditsAreJudgedToo(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		var post feed.PostView
		say(t, app, testkit.Shopper, "今天有雾").Must(http.StatusCreated).Into(&post)
		at := "/posts/" + post.ID.String()
		app.As(testkit.OtherShopper).Post(at+"/comments", map[string]any{"text": "加v demo_0001"}).Refused(http.StatusUnprocessableEntity, "advert")
		app.As(testkit.Shopper).Patch(at, map[string]any{"text": "加v demo_0001"}).Refused(http.StatusUnprocessableEntity, "advert_edit")
		require.Empty(t, mine(t, app, testkit.Shopper).Strikes)
		st := mine(t, app, testkit.OtherShopper).Strikes[0]
		app.As(testkit.OtherShopper).Post("/conduct/strikes/"+st.ID.String()+"/appeal", map[string]any{"words": "说着玩的"}).Must(http.StatusOK)
		app.As(testkit.Coordinator).Post("/conduct/strikes/"+st.ID.String()+"/answer", map[string]any{"grant": true, "words": "好吧"}).Must(http.StatusOK)
		var page struct{ Items []feed.CommentView }
		app.As(testkit.Visitor).Get(at + "/comments").Must(http.StatusOK).Into(&page)
		require.Equal(t, "加v demo_0001", page.Items[0].Text)
	})
}
