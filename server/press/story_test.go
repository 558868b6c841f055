package press_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/press"
	"onestreet/server/testkit"
)

const long = "我奶奶那双布鞋，是在这条街上纳的。那年她二十岁。\n\n后来店还在，人换了三代，鞋底的针脚没换。"

func TestAStoryIsReadWholeAndItsPostIsItsBeginning(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		var story press.StoryPage
		app.As(testkit.Shopper).Post("/stories", map[string]any{"title": "奶奶的布鞋", "text": long}).Must(http.StatusCreated).Into(&story)
		require.Equal(t, []string{"我奶奶那双布鞋，是在这条街上纳的。那年她二十岁。", "后来店还在，人换了三代，鞋底的针脚没换。"}, story.Paragraphs)
		post := street(t, app)[0]
		require.Equal(t, story.Paragraphs[0], post.Text)
		require.Equal(t, "奶奶的布鞋", post.Card.Story.Title)
		require.Equal(t, 1, post.Card.Story.Minutes)
		app.As(testkit.Visitor).Get("/stories/" + story.ID.String()).Must(http.StatusOK).Into(&story)
		require.Equal(t, "李桂芳", story.Post.Author.Name)
		app.As(testkit.OtherCoordinator).Get("/stories/"+story.ID.String()).Refused(http.StatusNotFound, "not_found")
		app.As(testkit.Shopper).Delete("/posts/" + post.ID.String()).Must(http.StatusNoContent)
		app.As(testkit.Visitor).Get("/stories/"+story.ID.String()).Refused(http.StatusGone, "post_gone")
		var kept models.TalkStory
		require.NoError(t, app.DB.Read(app.Ctx()).Where("id = ?", story.ID).Take(&kept).Error)
		require.Empty(t, kept.Text, "the words go with the post")
	})
}

func TestTheRulesJudgeAllOfAStory(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		app.As(testkit.Coordinator).Put("/conduct/rules", map[string]any{"hold_doubtful": true, "first_review": true, "slow_minutes": 0, "fine": 5}).Must(http.StatusOK)
		app.As(testkit.Shopper).Post("/stories", map[string]any{"title": "奶奶的布鞋", "text": long}).Refused(http.StatusConflict, "post_held")
		require.Empty(t, street(t, app))
		var queue struct {
			Cases []struct {
				ID   models.ID
				Text string
			}
		}
		app.As(testkit.Coordinator).Get("/conduct/queue").Must(http.StatusOK).Into(&queue)
		require.Contains(t, queue.Cases[0].Text, "针脚没换", "the moderator reads all of it")
		app.As(testkit.Coordinator).Post("/conduct/cases/"+queue.Cases[0].ID.String(), map[string]any{"decision": "show"}).Must(http.StatusOK)
		post := street(t, app)[0]
		require.Equal(t, "我奶奶那双布鞋，是在这条街上纳的。那年她二十岁。", post.Text)
		app.As(testkit.Visitor).Get("/stories/" + post.Card.Story.ID.String()).Must(http.StatusOK)
		for _, s := range []testkit.Scenario{
			{Name: "short", Body: map[string]any{"title": "短", "text": "猫找着了"}, Status: 422, Code: "story_length"},
			{Name: "long", Body: map[string]any{"title": "长", "text": strings.Repeat("长", 8001)}, Status: 422, Code: "story_length"},
			{Name: "no title", Body: map[string]any{"title": " ", "text": long}, Status: 422, Code: "series_title"},
			{Name: "another store's", Body: map[string]any{"title": "别家", "text": long, "store_id": app.Street.Stores["tea"].ID}, Status: 403, Code: "not_your_store"},
			{Name: "nobody's photo", Body: map[string]any{"title": "照片", "text": long, "photo_ids": []string{models.NewID().String()}}, Status: 422, Code: "photo_unknown"},
		} {
			s.Method, s.Path, s.As = "POST", "/stories", testkit.Shopper
			s.Run(t, app)
		}
		var n int64
		require.NoError(t, app.DB.Read(app.Ctx()).Model(&models.TalkStory{}).Where("alliance_id = ?", app.Street.Alliance.ID).Count(&n).Error)
		require.EqualValues(t, 1, n, "nothing is left of what was refused")
	})
}
