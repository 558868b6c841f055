package handout

import (
	"context"
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

func (s *Service) printRoutes(api *web.API) {
	const own, one = "/stores/{store}/campaigns/{campaign}/batches", "/stores/{store}/campaigns/{campaign}/batches/{batch}"
	web.Post(api, own, op("batch-print", "Print codes: their stock is set aside", identity.Manager, http.StatusCreated).Once(), s.postBatch)
	web.Post(api, one+"/void", op("batch-void", "Void the codes that nobody has taken", identity.Manager, 0), s.postVoid)
	web.Get(api, one+"/sheet", op("batch-sheet", "The codes that can be taken and the words on each card, for a page to print", identity.Manager, 0), s.getSheet)
	api.Raw(http.MethodGet, one+"/codes.csv", op("batch-csv", "The codes as a table", identity.Manager, 0), s.getCSV)
	api.Raw(http.MethodGet, one+"/sheet.pdf", op("batch-pdf", "The codes as a sheet to print", identity.Manager, 0), s.getPDF)
}

// BatchView is a batch of printed codes.
type BatchView struct {
	ID        models.ID  `json:"id"`
	Label     string     `json:"label"`
	Size      int64      `json:"size"`
	Taken     int64      `json:"taken"`
	Voided    int64      `json:"voided"`
	Open      int64      `json:"open"`
	Until     time.Time  `json:"until" doc:"the last moment to take one"`
	CreatedAt time.Time  `json:"created_at"`
	VoidedAt  *time.Time `json:"voided_at,omitempty"`
}

func batchView(b models.PrintBatch) BatchView {
	return BatchView{
		ID: b.ID, Label: b.Label, Size: b.Size, Taken: b.Taken, Voided: b.Voided, Open: b.Open(), Until: b.Until, CreatedAt: b.CreatedAt, VoidedAt: b.VoidedAt,
	}
}

type postBatchInput struct {
	CampaignPath
	Body struct {
		Size  int64  `json:"size" minimum:"1" maximum:"5000"`
		Label string `json:"label" minLength:"1" maxLength:"20" doc:"what for, such as: leaflets at the school gate"`
	}
}

func (s *Service) postBatch(ctx context.Context, in *postBatchInput) (*web.Reply[BatchView], error) {
	b, err := s.Print(ctx, coupon.Acting(ctx, in.Store), in.Campaign, in.Body.Size, in.Body.Label)
	return web.OK(batchView(b)), err
}

// BatchPath names a batch of a campaign.
type BatchPath struct {
	CampaignPath
	Batch models.ID `path:"batch"`
}

func (s *Service) postVoid(ctx context.Context, in *BatchPath) (*web.Reply[BatchView], error) {
	b, err := s.Void(ctx, coupon.Acting(ctx, in.Store), in.Campaign, in.Batch)
	return web.OK(batchView(b)), err
}

// PrintedSheet is what stands on paper of a batch.
type PrintedSheet struct {
	Head  string        `json:"head" doc:"at the top of each page, for whoever cuts it"`
	Title string        `json:"title"`
	Lines []string      `json:"lines" nullable:"false" doc:"under the title, on each card"`
	Cards []PrintedCard `json:"cards" nullable:"false" doc:"the codes that can still be taken, as numbered"`
}

// PrintedCard is one code on paper.
type PrintedCard struct {
	Serial int64  `json:"serial"`
	Code   string `json:"code"`
	Link   string `json:"link" doc:"what its QR code says"`
}

func (s *Service) getSheet(ctx context.Context, in *BatchPath) (*web.Reply[PrintedSheet], error) {
	b, err := s.Batch(ctx, coupon.Acting(ctx, in.Store), in.Campaign, in.Batch)
	if err != nil {
		return nil, err
	}
	sheet, err := s.Sheet(ctx, b)
	if err != nil {
		return nil, err
	}
	v := PrintedSheet{Head: sheet.Head, Title: sheet.Title, Lines: sheet.Lines, Cards: make([]PrintedCard, len(sheet.Cards))}
	for i, c := range sheet.Cards {
		v.Cards[i] = PrintedCard(c)
	}
	return web.OK(v), nil
}

// batchOf reads the batch that a raw route names. Error: not_found.
func (s *Service) batchOf(c *fiber.Ctx) (models.PrintBatch, error) {
	var ids [3]models.ID
	for i, name := range []string{"store", "campaign", "batch"} {
		id, err := models.ParseID(c.Params(name))
		if err != nil {
			return models.PrintBatch{}, models.ErrNotFound
		}
		ids[i] = id
	}
	return s.Batch(c.UserContext(), coupon.Acting(c.UserContext(), ids[0]), ids[1], ids[2])
}

func (s *Service) getCSV(c *fiber.Ctx) error {
	b, err := s.batchOf(c)
	if err != nil {
		return err
	}
	text, err := s.CSV(c.UserContext(), b)
	if err != nil {
		return err
	}
	return attach(c, "text/csv; charset=utf-8", "codes-"+b.CreatedAt.Format("20060102")+".csv", text)
}

func (s *Service) getPDF(c *fiber.Ctx) error {
	b, err := s.batchOf(c)
	if err != nil {
		return err
	}
	sheet, err := s.PDF(c.UserContext(), b)
	if err != nil {
		return err
	}
	return attach(c, "application/pdf", "codes-"+b.CreatedAt.Format("20060102")+".pdf", sheet)
}

func attach(c *fiber.Ctx, kind, name string, data []byte) error {
	c.Set(fiber.HeaderContentType, kind)
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	return c.Send(data)
}
