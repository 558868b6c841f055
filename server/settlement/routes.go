package settlement

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// Routes adds the operations: a store's manager and owner see and answer their own store's statements, a coordinator
// the street's.
func (s *Service) Routes(api *web.API) {
	web.Get(api, "/stores/{store}/settlements", read("store-settlements", "A store's statements, newest first", identity.Manager), s.getRows)
	web.Get(api, "/stores/{store}/settlements/{month}", read("store-settlement", "A store's statement of a month", identity.Manager), s.getStatement)
	web.Post(api, "/stores/{store}/settlements/{month}/confirm", write("settlement-confirm", "Our statement is right", identity.Manager), s.postConfirm)
	web.Post(api, "/stores/{store}/settlements/{month}/dispute", write("settlement-dispute", "Something is wrong with our statement", identity.Manager), s.postDispute)
	web.Post(api, "/stores/{store}/settlements/{month}/payments/{payment}", write("settlement-mark", "We paid, or were paid; or take that back", identity.Manager), s.postMark)
	api.Raw(http.MethodGet, "/stores/{store}/settlements/{month}/statement.xlsx", read("store-settlement-xlsx", "A store's statement as a workbook", identity.Manager), s.getWorkbook)
	s.allianceRoutes(api)
}

func read(id, summary string, who web.Guard) web.Op {
	return web.Op{ID: id, Summary: summary, Tag: "settlement", Who: who}
}

func write(id, summary string, who web.Guard) web.Op {
	return read(id, summary, who).Once()
}

type storeInput struct {
	Store models.ID `path:"store"`
}

func (s *Service) getRows(ctx context.Context, in *storeInput) (*web.Reply[web.Page[StatementRow]], error) {
	rows, err := s.Statements(ctx, identity.From(ctx).AllianceID, in.Store)
	return web.OK(web.NewPage(rows, "")), err
}

type statementInput struct {
	Store models.ID `path:"store"`
	Month string    `path:"month" doc:"local month such as 2026-10"`
}

func (s *Service) getStatement(ctx context.Context, in *statementInput) (*web.Reply[Statement], error) {
	v, err := s.Statement(ctx, identity.From(ctx).AllianceID, in.Store, in.Month)
	return web.OK(v), err
}

func who(ctx context.Context, store models.ID) Who {
	p := identity.From(ctx)
	return Who{Alliance: p.AllianceID, Store: store, Account: p.AccountID}
}

func (s *Service) postConfirm(ctx context.Context, in *statementInput) (*web.Reply[Statement], error) {
	if err := s.Confirm(ctx, who(ctx, in.Store), in.Month); err != nil {
		return nil, err
	}
	return s.getStatement(ctx, in)
}

type disputeInput struct {
	Store models.ID `path:"store"`
	Month string    `path:"month"`
	Body  TextBody
}

// TextBody is what somebody has to say.
type TextBody struct {
	Text string `json:"text" minLength:"8" maxLength:"400"`
}

func (s *Service) postDispute(ctx context.Context, in *disputeInput) (*web.Reply[Statement], error) {
	if err := s.Dispute(ctx, who(ctx, in.Store), in.Month, in.Body.Text); err != nil {
		return nil, err
	}
	return s.getStatement(ctx, &statementInput{in.Store, in.Month})
}

type markInput struct {
	Store   models.ID `path:"store"`
	Month   string    `path:"month"`
	Payment models.ID `path:"payment"`
	Body    MarkBody
}

// MarkBody is one side's word on a payment.
type MarkBody struct {
	Given bool   `json:"given" doc:"true: paid, or received; false: take that back"`
	Note  string `json:"note,omitempty" maxLength:"60" doc:"how it was paid"`
}

func (s *Service) postMark(ctx context.Context, in *markInput) (*web.Reply[Statement], error) {
	p := identity.From(ctx)
	err := s.Mark(ctx, Mark{Alliance: p.AllianceID, Party: in.Store, Account: p.AccountID, Payment: in.Payment, Month: in.Month, Given: in.Body.Given, Note: in.Body.Note})
	if err != nil {
		return nil, err
	}
	return s.getStatement(ctx, &statementInput{in.Store, in.Month})
}

func (s *Service) getWorkbook(c *fiber.Ctx) error {
	store, err := models.ParseID(c.Params("store"))
	if err != nil {
		return models.ErrNotFound
	}
	ctx := c.UserContext()
	v, err := s.Statement(ctx, identity.From(ctx).AllianceID, store, c.Params("month"))
	if err != nil {
		return err
	}
	data, err := s.Workbook(ctx, identity.From(ctx).AllianceID, v)
	if err != nil {
		return err
	}
	return sendWorkbook(c, v.Store.Slug+"-"+v.Month, data)
}

func sendWorkbook(c *fiber.Ctx, name string, data []byte) error {
	c.Set(fiber.HeaderContentType, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	c.Set(fiber.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="%s.xlsx"`, url.PathEscape(name)))
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Send(data)
}
