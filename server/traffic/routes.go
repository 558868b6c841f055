package traffic

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

const usualSpan = 30

var spans = []int{7, usualSpan, 90}

// Routes adds the feature's operations.
func (s *Service) Routes(api *web.API) {
	web.Get(api, "/stores/{store}/desk", op("desk", "The store's day: visits, whom to look after, notices", identity.Clerk), s.getDesk)
	web.Get(api, "/alliance/overview", op("overview", "The street's figures, small ones withheld", identity.Coordinator), s.getOverview)
	api.Raw(http.MethodGet, "/alliance/overview.csv", op("overview-csv", "One table of the overview as a file", identity.Coordinator), s.getCSV)
}

func op(id, summary string, who web.Guard) web.Op {
	return web.Op{ID: id, Summary: summary, Tag: "traffic", Who: who}
}

type deskInput struct {
	Store models.ID `path:"store"`
}

func (s *Service) getDesk(ctx context.Context, in *deskInput) (*web.Reply[Desk], error) {
	desk, err := s.Desk(ctx, identity.From(ctx).AllianceID, in.Store, web.Locale(ctx))
	return web.OK(desk), err
}

type overviewInput struct {
	Days int `query:"days" default:"30" doc:"the span, today included: 7, 30 or 90"`
}

func (s *Service) getOverview(ctx context.Context, in *overviewInput) (*web.Reply[Overview], error) {
	if !slices.Contains(spans, in.Days) {
		return nil, ErrSpan.At("days")
	}
	o, err := s.Overview(ctx, identity.From(ctx).AllianceID, in.Days, web.Locale(ctx))
	return web.OK(o), err
}

func (s *Service) getCSV(c *fiber.Ctx) error {
	ctx := c.UserContext()
	days, err := strconv.Atoi(c.Query("days", strconv.Itoa(usualSpan)))
	if err != nil || !slices.Contains(spans, days) {
		return ErrSpan.At("days")
	}
	o, err := s.Overview(ctx, identity.From(ctx).AllianceID, days, web.Locale(ctx))
	if err != nil {
		return err
	}
	table := Table(c.Query("table"))
	data, err := o.CSV(table, web.Locale(ctx))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="%s-%s.csv"`, table, o.Day))
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Send(data)
}
