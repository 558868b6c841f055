package conduct

import (
	"context"
	"net/http"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// Routes adds the feature's operations. What is a moderator's is checked in the service: moderators are members whom a
// coordinator appointed.
func (s *Service) Routes(api *web.API) {
	web.Get(api, "/me/conduct", op("my-conduct", "My strikes, what of mine waits, whom I blocked", identity.Participant), s.getMine)
	web.Post(api, "/posts/{post}/report", op("post-report", "Tell the moderators of a post or of a comment under it", identity.Participant), s.postReport)
	web.Put(api, "/posts/{post}/block", op("post-block", "Hide what the author of a post says", identity.Participant), s.putBlock)
	web.Do(api, http.MethodDelete, "/me/blocks/{account}", op("unblock", "Show it again", identity.Participant), s.deleteBlock)
	web.Post(api, "/conduct/strikes/{strike}/appeal", op("strike-appeal", "Say what speaks against a strike, once", identity.Participant), s.postAppeal)
	web.Get(api, "/conduct/queue", op("conduct-queue", "What waits for a moderator, of the street or of one circle", identity.Participant), s.getQueue)
	web.Post(api, "/conduct/cases/{case}", op("case-decide", "Let it stand, take it down, or make it a strike", identity.Participant), s.postDecision)
	web.Put(api, "/conduct/cases/{case}/mute", op("case-mute", "Keep the author from posting for some hours", identity.Participant), s.putMute)
	web.Post(api, "/conduct/strikes/{strike}/answer", op("strike-answer", "Decide an appeal", identity.Participant), s.postAnswer)
	s.ruleRoutes(api)
}

func op(id, summary string, who web.Guard) web.Op {
	return web.Op{ID: id, Summary: summary, Tag: "conduct", Who: who}
}

// ConductDone says that it is so.
type ConductDone struct {
	Done bool `json:"done"`
}

func done(err error) (*web.Reply[ConductDone], error) {
	return web.OK(ConductDone{Done: err == nil}), err
}

func (s *Service) getMine(ctx context.Context, _ *struct{}) (*web.Reply[MyConduct], error) {
	mine, err := s.Mine(ctx, identity.From(ctx))
	return web.OK(mine), err
}

type talkReportInput struct {
	Post models.ID `path:"post"`
	Body struct {
		CommentID models.ID `json:"comment_id,omitempty"`
		Words     string    `json:"words" maxLength:"1000"`
	}
}

func (s *Service) postReport(ctx context.Context, in *talkReportInput) (*web.Reply[ConductDone], error) {
	return done(s.Report(ctx, identity.From(ctx), in.Post, in.Body.CommentID, in.Body.Words))
}

type onePost struct {
	Post models.ID `path:"post"`
}

func (s *Service) putBlock(ctx context.Context, in *onePost) (*web.Reply[ConductDone], error) {
	return done(s.Block(ctx, identity.From(ctx), in.Post))
}

type oneAccount struct {
	Account models.ID `path:"account"`
}

func (s *Service) deleteBlock(ctx context.Context, in *oneAccount) (*web.Empty, error) {
	return nil, s.Unblock(ctx, identity.From(ctx), in.Account)
}

type strikeAppealInput struct {
	Strike models.ID `path:"strike"`
	Body   struct {
		Words string `json:"words" maxLength:"1000"`
	}
}

func (s *Service) postAppeal(ctx context.Context, in *strikeAppealInput) (*web.Reply[ConductDone], error) {
	return done(s.Appeal(ctx, identity.From(ctx), in.Strike, in.Body.Words))
}

type queueInput struct {
	Circle models.ID `query:"circle" doc:"one circle's; without it, all that waits on the street"`
}

func (s *Service) getQueue(ctx context.Context, in *queueInput) (*web.Reply[TalkQueue], error) {
	q, err := s.Queue(ctx, identity.From(ctx), in.Circle)
	return web.OK(q), err
}

type caseDecisionInput struct {
	Case models.ID `path:"case"`
	Body struct {
		Decision string `json:"decision" enum:"show,remove,strike"`
		Words    string `json:"words,omitempty" maxLength:"1000" doc:"why; the author reads it"`
	}
}

func (s *Service) postDecision(ctx context.Context, in *caseDecisionInput) (*web.Reply[ConductDone], error) {
	return done(s.Decide(ctx, identity.From(ctx), in.Case, in.Body.Decision, in.Body.Words))
}

type caseMuteInput struct {
	Case models.ID `path:"case"`
	Body struct {
		Hours int    `json:"hours"`
		Words string `json:"words,omitempty" maxLength:"1000" doc:"why; the neighbour reads it"`
	}
}

func (s *Service) putMute(ctx context.Context, in *caseMuteInput) (*web.Reply[ConductDone], error) {
	return done(s.Mute(ctx, identity.From(ctx), in.Case, in.Body.Hours, in.Body.Words))
}

type strikeAnswerInput struct {
	Strike models.ID `path:"strike"`
	Body   struct {
		Grant bool   `json:"grant"`
		Words string `json:"words" maxLength:"1000"`
	}
}

func (s *Service) postAnswer(ctx context.Context, in *strikeAnswerInput) (*web.Reply[ConductDone], error) {
	return done(s.Answer(ctx, identity.From(ctx), in.Strike, in.Body.Grant, in.Body.Words))
}
