package coupon

import (
	"context"
	"fmt"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// resultFiles are a campaign's results to take along: what the reader may see on the screen, and no more.
func (s *Service) resultFiles(api *web.API) {
	const own, all = "/stores/{store}/campaigns/{campaign}/results", "/alliance/campaigns/{campaign}/results"
	api.Raw(http.MethodGet, own+".xlsx", op("campaign-results-xlsx", "What it has come to, as a workbook", identity.Clerk, 0), s.sendResults(xlsx))
	api.Raw(http.MethodGet, own+".csv", op("campaign-results-csv", "What it has come to, as a table", identity.Clerk, 0), s.sendResults(csvFile))
	api.Raw(http.MethodGet, all+".xlsx", op("alliance-campaign-results-xlsx", "What a campaign has come to, as a workbook", identity.Coordinator, 0), s.sendResults(xlsx))
	api.Raw(http.MethodGet, all+".csv", op("alliance-campaign-results-csv", "What a campaign has come to, as a table", identity.Coordinator, 0), s.sendResults(csvFile))
}

// fileKind is a form in which results are written.
type fileKind struct {
	ending, mime string
	write        func(ResultsFile, context.Context) ([]byte, error)
}

var (
	xlsx    = fileKind{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ResultsFile.XLSX}
	csvFile = fileKind{"csv", "text/csv; charset=utf-8", ResultsFile.CSV}
)

func (s *Service) sendResults(kind fileKind) fiber.Handler {
	return func(c *fiber.Ctx) error {
		f, err := s.resultsAsked(c)
		if err != nil {
			return err
		}
		data, err := kind.write(f, c.UserContext())
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderContentType, kind.mime)
		c.Set(fiber.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="results-%s.%s"`, f.street.LocalDate(f.street.now), kind.ending))
		c.Set(fiber.HeaderCacheControl, "no-store")
		return c.Send(data)
	}
}

// resultsAsked reads the results that a raw route names: of a store, or without one of the street. Error: not_found.
func (s *Service) resultsAsked(c *fiber.Ctx) (ResultsFile, error) {
	ctx := c.UserContext()
	alliance := identity.From(ctx).AllianceID
	campaign, err := models.ParseID(c.Params("campaign"))
	if err != nil {
		return ResultsFile{}, models.ErrNotFound
	}
	store := alliance
	if named := c.Params("store"); named != "" {
		if store, err = models.ParseID(named); err != nil {
			return ResultsFile{}, models.ErrNotFound
		}
	}
	return s.ResultsFile(ctx, alliance, store, campaign)
}
