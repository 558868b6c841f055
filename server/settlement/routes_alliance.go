package settlement

import (
	"context"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

func (s *Service) allianceRoutes(api *web.API) {
	web.Get(api, "/alliance/settlements", read("settlements", "The street's closed months, and what comes next", identity.Coordinator), s.getOverview)
	web.Get(api, "/alliance/settlements/{month}", read("settlement", "A closed month: statements and payments", identity.Coordinator), s.getSettlement)
	web.Post(api, "/alliance/settlements/{month}", write("settlement-close", "Close a month that is over", identity.Coordinator), s.postClose)
	web.Post(api, "/alliance/statements/{statement}/reply", write("settlement-reply", "Reply to a store's dispute", identity.Coordinator), s.postReply)
	web.Post(api, "/alliance/settlements/{month}/payments/{payment}", write("settlement-fund-mark", "The fund paid, or was paid; or take that back", identity.Coordinator), s.postFundMark)
	web.Post(api, "/alliance/corrections", write("settlement-correct", "Put something right, in the running month", identity.Coordinator), s.postCorrection)
	api.Raw(http.MethodGet, "/alliance/settlements/{month}/settlement.xlsx", read("settlement-xlsx", "A closed month as a workbook", identity.Coordinator), s.getStreetWorkbook)
}

func (s *Service) getOverview(ctx context.Context, _ *struct{}) (*web.Reply[SettlementsView], error) {
	o, err := s.Overview(ctx, identity.From(ctx).AllianceID)
	return web.OK(o), err
}

type settlementInput struct {
	Month string `path:"month" doc:"local month such as 2026-10"`
}

func (s *Service) getSettlement(ctx context.Context, in *settlementInput) (*web.Reply[Settlement], error) {
	v, err := s.Settlement(ctx, identity.From(ctx).AllianceID, in.Month)
	return web.OK(v), err
}

func (s *Service) postClose(ctx context.Context, in *settlementInput) (*web.Reply[Settlement], error) {
	p := identity.From(ctx)
	if _, err := s.Close(ctx, p.AllianceID, p.AccountID, in.Month); err != nil {
		return nil, err
	}
	return s.getSettlement(ctx, in)
}

type replyInput struct {
	Statement models.ID `path:"statement"`
	Body      TextBody
}

func (s *Service) postReply(ctx context.Context, in *replyInput) (*web.Reply[Statement], error) {
	p := identity.From(ctx)
	if err := s.Reply(ctx, p.AllianceID, p.AccountID, in.Statement, in.Body.Text); err != nil {
		return nil, err
	}
	v, err := s.byID(ctx, p.AllianceID, in.Statement)
	return web.OK(v), err
}

// byID is a statement by its own id. Error: not_found.
func (s *Service) byID(ctx context.Context, alliance, statement models.ID) (Statement, error) {
	r := s.DB.Read(ctx)
	st, err := find[models.Statement](r, alliance, "id = ?", statement)
	if err != nil {
		return Statement{}, err
	}
	f, err := s.gather(ctx, r, alliance, []models.Statement{st})
	if err != nil {
		return Statement{}, err
	}
	return f.statement(r, st)
}

type fundMarkInput struct {
	Month   string    `path:"month"`
	Payment models.ID `path:"payment"`
	Body    MarkBody
}

func (s *Service) postFundMark(ctx context.Context, in *fundMarkInput) (*web.Reply[Settlement], error) {
	p := identity.From(ctx)
	err := s.Mark(ctx, Mark{Alliance: p.AllianceID, Party: p.AllianceID, Account: p.AccountID, Payment: in.Payment, Month: in.Month, Given: in.Body.Given, Note: in.Body.Note})
	if err != nil {
		return nil, err
	}
	return s.getSettlement(ctx, &settlementInput{in.Month})
}

type correctionInput struct {
	Body struct {
		From      models.ID     `json:"from,omitempty" doc:"the store that pays; absent: the alliance's fund"`
		To        models.ID     `json:"to,omitempty" doc:"the store that is paid; absent: the alliance's fund"`
		Amount    models.Charge `json:"amount"`
		Reason    string        `json:"reason" minLength:"8" maxLength:"400"`
		Statement models.ID     `json:"statement,omitempty" doc:"the statement that it answers, if any"`
	}
}

func (s *Service) postCorrection(ctx context.Context, in *correctionInput) (*web.Reply[CorrectionView], error) {
	p, b := identity.From(ctx), in.Body
	row, err := s.Correct(ctx, Correction{
		Alliance: p.AllianceID, Account: p.AccountID, From: b.From, To: b.To, Statement: b.Statement, Amount: b.Amount.Amount, Reason: b.Reason,
	})
	if err != nil {
		return nil, err
	}
	f, err := s.open(ctx, s.DB.Read(ctx), p.AllianceID)
	return web.OK(f.correction(row)), err
}

func (s *Service) getStreetWorkbook(c *fiber.Ctx) error {
	ctx := c.UserContext()
	v, err := s.Settlement(ctx, identity.From(ctx).AllianceID, c.Params("month"))
	if err != nil {
		return err
	}
	data, err := s.StreetWorkbook(ctx, identity.From(ctx).AllianceID, v)
	if err != nil {
		return err
	}
	return sendWorkbook(c, "settlement-"+v.Progress.Month, data)
}
