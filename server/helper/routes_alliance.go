package helper

import (
	"context"
	"net/http"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// allianceRoutes are the coordinator's: the questions that name no store, and what the street itself has taught.
func (s *Service) allianceRoutes(api *web.API) {
	web.Get(api, "/alliance/questions", op("street-questions", "What 小二 could not answer: it waits for the coordinator", identity.Coordinator), s.getStreetQuestions)
	web.Put(api, "/alliance/questions/{question}", op("street-question-answer", "Answer a question, or set it aside", identity.Coordinator), s.putStreetQuestion)
	web.Get(api, "/alliance/lessons", op("street-lessons", "What the street has taught 小二", identity.Coordinator), s.getStreetLessons)
	web.Post(api, "/alliance/lessons", op("street-lesson-add", "Teach 小二 an answer of the street's", identity.Coordinator).Once().Making(), s.postStreetLesson)
	web.Put(api, "/alliance/lessons/{lesson}", op("street-lesson-change", "Change what the street has taught 小二", identity.Coordinator), s.putStreetLesson)
	web.Do(api, http.MethodDelete, "/alliance/lessons/{lesson}", op("street-lesson-remove", "Let 小二 forget an answer of the street's", identity.Coordinator), s.deleteStreetLesson)
}

type noInput struct{}

func (s *Service) getStreetQuestions(ctx context.Context, _ *noInput) (*web.Reply[web.Page[QuestionView]], error) {
	return s.getQuestions(ctx, &Place{})
}

type streetAnswerInput struct {
	Question models.ID `path:"question"`
	Body     AnswerBody
}

func (s *Service) putStreetQuestion(ctx context.Context, in *streetAnswerInput) (*web.Reply[web.Page[QuestionView]], error) {
	return s.putQuestion(ctx, &answerInput{Question: in.Question, Body: in.Body})
}

func (s *Service) getStreetLessons(ctx context.Context, _ *noInput) (*web.Reply[web.Page[LessonView]], error) {
	return s.getLessons(ctx, &Place{})
}

type streetLessonInput struct{ Body Lesson }

func (s *Service) postStreetLesson(ctx context.Context, in *streetLessonInput) (*web.Reply[LessonView], error) {
	return s.postLesson(ctx, &lessonInput{Body: in.Body})
}

type streetChangeInput struct {
	Lesson models.ID `path:"lesson"`
	Body   Lesson
}

func (s *Service) putStreetLesson(ctx context.Context, in *streetChangeInput) (*web.Reply[LessonView], error) {
	return s.putLesson(ctx, &changeInput{Lesson: in.Lesson, Body: in.Body})
}

type streetDropInput struct {
	Lesson models.ID `path:"lesson"`
}

func (s *Service) deleteStreetLesson(ctx context.Context, in *streetDropInput) (*web.Empty, error) {
	return s.deleteLesson(ctx, &dropInput{Lesson: in.Lesson})
}
