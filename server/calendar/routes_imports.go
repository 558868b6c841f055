package calendar

import (
	"context"
	"io"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// A store's managers bring its calendar along; a coordinator brings the street's.
func (s *Service) importRoutes(api *web.API) {
	api.Raw(http.MethodPost, "/stores/{store}/calendar-imports", op("calendar-import-look", "Upload a calendar (.ics, CSV, XLSX) and see what it would become; nothing else is written", identity.PlansHost, 0), s.postImport)
	web.Get(api, "/stores/{store}/calendar-imports", op("calendar-imports", "Calendars that were brought in and can still be taken back", identity.PlansHost, 0), s.getImports)
	web.Get(api, "/stores/{store}/calendar-imports/{import}", op("calendar-import", "A calendar that was uploaded, and what came of it", identity.PlansHost, 0), s.getImport)
	web.Get(api, "/stores/{store}/calendar-imports/{import}/rows", op("calendar-import-rows", "Its entries, what each would be and what is wrong with it", identity.PlansHost, 0), s.getImportRows)
	web.Post(api, "/stores/{store}/calendar-imports/{import}/confirm", op("calendar-import-confirm", "Bring the chosen entries in, all at once and each once", identity.PlansHost, 0).Once(), s.postConfirm)
	web.Post(api, "/stores/{store}/calendar-imports/{import}/undo", op("calendar-import-undo", "Take back what an import brought, within a day; what people have signed up to stays", identity.PlansHost, 0).Once(), s.postUndo)
}

// postImport takes the multipart field "file".
func (s *Service) postImport(c *fiber.Ctx) error {
	store, err := models.ParseID(c.Params("store"))
	if err != nil {
		return models.ErrNotFound
	}
	name, data, err := readCalendarFile(c)
	if err != nil {
		return err
	}
	ctx := c.UserContext()
	imp, err := s.SeeCalendar(ctx, deskOf(ctx, store), name, data)
	if err != nil {
		return err
	}
	view, err := s.importView(ctx, imp)
	if err != nil {
		return err
	}
	return c.Status(http.StatusCreated).JSON(view)
}

// readCalendarFile reads the multipart field "file". Errors: import_missing, import_too_large.
func readCalendarFile(c *fiber.Ctx) (string, []byte, error) {
	header, err := c.FormFile("file")
	if err != nil {
		return "", nil, ErrImportMissing
	}
	if header.Size > models.CalendarFileMax {
		return "", nil, ErrImportLarge
	}
	file, err := header.Open()
	if err != nil {
		return "", nil, err
	}
	defer func() { _ = file.Close() }()
	data, err := io.ReadAll(file)
	return header.Filename, data, err
}

func (s *Service) getImports(ctx context.Context, in *storeInput) (*web.Reply[web.Page[CalendarImportView]], error) {
	list, err := s.TakenIn(ctx, deskOf(ctx, in.Store))
	return web.OK(web.NewPage(list, "")), err
}

func (s *Service) postUndo(ctx context.Context, in *importInput) (*web.Reply[CalendarImportView], error) {
	imp, err := s.TakeBack(ctx, deskOf(ctx, in.Store), in.Import)
	if err != nil {
		return nil, err
	}
	v, err := s.importView(ctx, imp)
	return web.OK(v), err
}

type importInput struct {
	Store  models.ID `path:"store"`
	Import models.ID `path:"import"`
}

func (s *Service) getImport(ctx context.Context, in *importInput) (*web.Reply[CalendarImportView], error) {
	v, err := s.ImportedCalendar(ctx, deskOf(ctx, in.Store), in.Import)
	return web.OK(v), err
}

type importRowsInput struct {
	Store  models.ID `path:"store"`
	Import models.ID `path:"import"`
	State  string    `query:"state" enum:"new,changed,unchanged,past,cancelled,repeated,faulty"`
	Cursor string    `query:"cursor"`
	Limit  int       `query:"limit" minimum:"1" maximum:"200"`
}

func (s *Service) getImportRows(ctx context.Context, in *importRowsInput) (*web.Reply[web.Page[CalendarRowView]], error) {
	page, err := s.CalendarRows(ctx, deskOf(ctx, in.Store), in.Import, models.CalendarRowState(in.State), in.Cursor, web.Limit(in.Limit, 200, 200))
	return web.OK(page), err
}

// BringBody is what is chosen of a calendar, as the form sends it.
type BringBody struct {
	Lines    []int   `json:"lines" nullable:"false" doc:"of the entries that are to come, 1 to 200"`
	As       BringAs `json:"as" enum:"published,draft" doc:"in the calendar at once, or as drafts"`
	Capacity int     `json:"capacity" doc:"1 to 10,000 places of each date, where the file does not say"`
}

type confirmInput struct {
	Store  models.ID `path:"store"`
	Import models.ID `path:"import"`
	Body   BringBody
}

func (s *Service) postConfirm(ctx context.Context, in *confirmInput) (*web.Reply[CalendarImportView], error) {
	imp, err := s.BringIn(ctx, deskOf(ctx, in.Store), in.Import, Bring(in.Body))
	if err != nil {
		return nil, err
	}
	v, err := s.importView(ctx, imp)
	return web.OK(v), err
}
