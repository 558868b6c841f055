package helper

import (
	"context"
	"net/http"
	"time"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// Routes adds the feature's operations.
func (s *Service) Routes(api *web.API) {
	web.Post(api, "/helper/ask", op("helper-ask", "Ask 小二, the street's helper", identity.Anyone), s.postAsk)
	web.Get(api, "/stores/{store}/questions", op("store-questions", "What 小二 could not answer: it waits for the store's staff", identity.Clerk), s.getQuestions)
	web.Put(api, "/stores/{store}/questions/{question}", op("store-question-answer", "Answer a question, or set it aside", identity.Clerk), s.putQuestion)
	web.Get(api, "/stores/{store}/lessons", op("store-lessons", "What the store has taught 小二", identity.Clerk), s.getLessons)
	web.Post(api, "/stores/{store}/lessons", op("store-lesson-add", "Teach 小二 an answer", identity.Clerk).Once().Making(), s.postLesson)
	web.Put(api, "/stores/{store}/lessons/{lesson}", op("store-lesson-change", "Change what 小二 was taught", identity.Clerk), s.putLesson)
	web.Do(api, http.MethodDelete, "/stores/{store}/lessons/{lesson}", op("store-lesson-remove", "Let 小二 forget an answer", identity.Clerk), s.deleteLesson)
	s.allianceRoutes(api)
}

func op(id, summary string, who web.Guard) web.Op {
	return web.Op{ID: id, Summary: summary, Tag: "helper", Who: who}
}

type askInput struct {
	Body struct {
		Text string `json:"text" maxLength:"20000" doc:"1 to 200 characters"`
	}
}

func (s *Service) postAsk(ctx context.Context, in *askInput) (*web.Reply[HelperReply], error) {
	r, err := s.Ask(ctx, identity.From(ctx), in.Body.Text)
	return web.OK(r), err
}

// Place is a store.
type Place struct {
	Store models.ID `path:"store"`
}

// QuestionView is a question that waits for a person. It does not say who asked: the answer finds them.
type QuestionView struct {
	ID   models.ID `json:"id"`
	Text string    `json:"text"`
	At   time.Time `json:"at"`
}

func (s *Service) getQuestions(ctx context.Context, in *Place) (*web.Reply[web.Page[QuestionView]], error) {
	rows, err := s.Questions(ctx, identity.From(ctx).AllianceID, in.Store)
	views := make([]QuestionView, len(rows))
	for i, q := range rows {
		views[i] = QuestionView{ID: q.ID, Text: q.Text, At: q.CreatedAt}
	}
	return web.OK(web.NewPage(views, "")), err
}

type answerInput struct {
	Place
	Question models.ID `path:"question"`
	Body     AnswerBody
}

// AnswerBody is a person's answer to a question.
type AnswerBody struct {
	Text  string   `json:"text" maxLength:"20000" doc:"at most 500 characters; empty sets the question aside"`
	Teach []string `json:"teach,omitempty" maxItems:"100" doc:"ways to ask it: 小二 keeps the answer and gives it itself from now on"`
}

func (s *Service) putQuestion(ctx context.Context, in *answerInput) (*web.Reply[web.Page[QuestionView]], error) {
	if err := s.Answer(ctx, identity.From(ctx), in.Store, in.Question, in.Body); err != nil {
		return nil, err
	}
	return s.getQuestions(ctx, &in.Place)
}

// LessonView is what the helper was taught.
type LessonView struct {
	ID models.ID `json:"id"`
	Lesson
	UpdatedAt time.Time `json:"updated_at"`
}

func lessonView(a models.HelperAnswer) LessonView {
	return LessonView{ID: a.ID, Lesson: Lesson{Words: a.Words, Text: a.Text}, UpdatedAt: a.UpdatedAt}
}

func (s *Service) getLessons(ctx context.Context, in *Place) (*web.Reply[web.Page[LessonView]], error) {
	rows, err := s.Lessons(ctx, identity.From(ctx).AllianceID, in.Store)
	views := make([]LessonView, len(rows))
	for i, a := range rows {
		views[i] = lessonView(a)
	}
	return web.OK(web.NewPage(views, "")), err
}

type lessonInput struct {
	Place
	Body Lesson
}

func (s *Service) postLesson(ctx context.Context, in *lessonInput) (*web.Reply[LessonView], error) {
	a, err := s.Teach(ctx, identity.From(ctx).AllianceID, in.Store, in.Body)
	return web.OK(lessonView(a)), err
}

type changeInput struct {
	Place
	Lesson models.ID `path:"lesson"`
	Body   Lesson
}

func (s *Service) putLesson(ctx context.Context, in *changeInput) (*web.Reply[LessonView], error) {
	a, err := s.Reteach(ctx, identity.From(ctx).AllianceID, in.Store, in.Lesson, in.Body)
	return web.OK(lessonView(a)), err
}

type dropInput struct {
	Place
	Lesson models.ID `path:"lesson"`
}

func (s *Service) deleteLesson(ctx context.Context, in *dropInput) (*web.Empty, error) {
	return nil, s.Unteach(ctx, identity.From(ctx).AllianceID, in.Store, in.Lesson)
}
