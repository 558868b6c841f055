package pool

import (
	"context"
	"encoding/json"
	"path"
	"strings"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
	"onestreet/server/pool/notebook"
)

// MaxImport is how many bytes an imported file may have.
const MaxImport = 8 << 20

// ImportView is an import as the store sees it.
type ImportView struct {
	ID        models.ID             `json:"id"`
	FileName  string                `json:"file_name"`
	Encoding  string                `json:"encoding" enum:"UTF-8,UTF-16,GB18030,XLSX"`
	State     models.ImportState    `json:"state" enum:"preview,running,done,failed"`
	Columns   []models.ImportColumn `json:"columns" nullable:"false"`
	Counts    models.ImportCounts   `json:"counts"`
	Done      int                   `json:"done" doc:"rows written, of counts.valid"`
	Result    *models.ImportResult  `json:"result,omitempty"`
	CreatedAt time.Time             `json:"created_at"`
}

// ImportRowView is a row of the file.
type ImportRowView struct {
	Line        int             `json:"line" doc:"of the file, from 1"`
	State       models.RowState `json:"state" enum:"new,known,duplicate,invalid"`
	Name        string          `json:"name"`
	PhoneMasked string          `json:"phone_masked"`
	Problem     *RowProblem     `json:"problem,omitempty" doc:"what is wrong; on a new or known row, what was left out"`
	SameAsLine  int             `json:"same_as_line,omitempty"`
}

// RowProblem is what is wrong with a row.
type RowProblem struct {
	Code string `json:"code"`
	Text string `json:"text" doc:"in the language of Accept-Language"`
}

// Upload reads a file of customers and judges every row; nothing but the judgement is written. An earlier preview of
// the store is dropped. Errors: not_found, store_suspended, import_too_large, and those of notebook.Read.
func (s *Service) Upload(ctx context.Context, alliance, store, account models.ID, fileName string, data []byte) (ImportView, error) {
	if len(data) > MaxImport {
		return ImportView{}, ErrImportTooBig
	}
	if err := s.trading(ctx, alliance, store); err != nil {
		return ImportView{}, err
	}
	sheet, err := notebook.Read(data)
	if err != nil {
		return ImportView{}, err
	}
	imp := models.Import{
		ID: models.NewID(), AllianceID: alliance, StoreID: store, AccountID: account, FileName: tidyName(fileName),
		Encoding: sheet.Encoding, State: models.ImportPreview, Columns: sheet.Columns, CreatedAt: s.Clock.Now(),
	}
	rows, err := s.judge(ctx, &imp, sheet.Rows)
	if err != nil {
		return ImportView{}, err
	}
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if err := dropPreviews(tx, store); err != nil {
			return err
		}
		if err := tx.Create(&imp).Error; err != nil {
			return err
		}
		return tx.CreateInBatches(rows, 200).Error
	})
	return viewImport(imp, nil), err
}

// trading refuses a suspended store.
func (s *Service) trading(ctx context.Context, alliance, store models.ID) error {
	shop, err := s.Store(ctx, alliance, store)
	if err == nil && !shop.Active() {
		err = ErrSuspended
	}
	return err
}

func tidyName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	if runes := []rune(name); len(runes) > 100 {
		name = string(runes[len(runes)-100:])
	}
	return strings.ToValidUTF8(name, "")
}

// dropPreviews forgets what a store looked at and did not import.
func dropPreviews(tx *gorm.DB, store models.ID) error {
	old := tx.Model(&models.Import{}).Select("id").Where("store_id = ? AND state = ?", store, models.ImportPreview)
	var ids []models.ID
	if err := old.Pluck("id", &ids).Error; err != nil || len(ids) == 0 {
		return err
	}
	if err := tx.Where("import_id IN ?", ids).Delete(&models.ImportRow{}).Error; err != nil {
		return err
	}
	return tx.Where("id IN ?", ids).Delete(&models.Import{}).Error
}

// judge turns rows as read into rows as stored, telling whom the store knows already, and counts them.
func (s *Service) judge(ctx context.Context, imp *models.Import, read []notebook.Row) ([]models.ImportRow, error) {
	hashes := make([][]byte, 0, len(read))
	for _, r := range read {
		if r.State == models.RowNew {
			hashes = append(hashes, s.Identity.PhoneHash(r.Person.Phone))
		}
	}
	known, err := knownPhones(s.DB.Read(ctx), imp.StoreID, hashes)
	if err != nil {
		return nil, err
	}
	rows := make([]models.ImportRow, 0, len(read))
	for _, r := range read {
		row, err := s.stored(imp, r, known)
		if err != nil {
			return nil, err
		}
		count(&imp.Counts, row.State)
		rows = append(rows, row)
	}
	return rows, nil
}

func (s *Service) stored(imp *models.Import, r notebook.Row, known map[string]models.Customer) (models.ImportRow, error) {
	row := models.ImportRow{
		ID: models.NewID(), AllianceID: imp.AllianceID, ImportID: imp.ID, Line: r.Line, State: r.State, Name: r.Person.Name,
		Problem: r.Problem, Detail: r.Detail, SameAsLine: r.SameAs,
	}
	if r.State == models.RowInvalid {
		return row, nil
	}
	row.PhoneMasked, row.PhoneHash = identity.MaskPhone(r.Person.Phone), s.Identity.PhoneHash(r.Person.Phone)
	if r.State == models.RowDuplicate {
		return row, nil
	}
	if _, ok := known[string(row.PhoneHash)]; ok {
		row.State = models.RowKnown
	}
	person, err := json.Marshal(r.Person)
	row.Person = string(person)
	return row, err
}

func count(c *models.ImportCounts, state models.RowState) {
	c.Rows++
	switch state {
	case models.RowNew:
		c.New++
		c.Valid++
	case models.RowKnown:
		c.Known++
		c.Valid++
	case models.RowDuplicate:
		c.Duplicate++
	case models.RowInvalid:
		c.Invalid++
	}
}

// knownPhones are the lines of a store's book by phone hash.
func knownPhones(r *gorm.DB, store models.ID, hashes [][]byte) (map[string]models.Customer, error) {
	known := map[string]models.Customer{}
	for len(hashes) > 0 {
		n := min(len(hashes), 500)
		var page []models.Customer
		if err := r.Where("store_id = ? AND phone_hash IN ?", store, hashes[:n]).Find(&page).Error; err != nil {
			return nil, err
		}
		for _, c := range page {
			known[string(c.PhoneHash)] = c
		}
		hashes = hashes[n:]
	}
	return known, nil
}

func viewImport(imp models.Import, result *models.ImportResult) ImportView {
	return ImportView{
		ID: imp.ID, FileName: imp.FileName, Encoding: imp.Encoding, State: imp.State, Columns: imp.Columns, Counts: imp.Counts,
		Done: imp.Done, Result: result, CreatedAt: imp.CreatedAt,
	}
}

func (s *Service) findImport(ctx context.Context, alliance, store, id models.ID) (models.Import, error) {
	return db.Find[models.Import](s.DB.Read(ctx), "id = ? AND store_id = ? AND alliance_id = ?", id, store, alliance)
}

// Import shows an import of a store, with its result when it is done. Error: not_found.
func (s *Service) Import(ctx context.Context, alliance, store, id models.ID) (ImportView, error) {
	imp, err := s.findImport(ctx, alliance, store, id)
	if err != nil || imp.State != models.ImportDone {
		return viewImport(imp, nil), err
	}
	var rows []struct {
		Outcome string
		N       int
	}
	err = s.DB.Read(ctx).Model(&models.ImportRow{}).Select("outcome, COUNT(*) AS n").Where("import_id = ?", id).Group("outcome").Find(&rows).Error
	var result models.ImportResult
	for _, r := range rows {
		switch r.Outcome {
		case outcomeInvited:
			result.Invited = r.N
		case outcomeUpdated:
			result.Updated = r.N
		case outcomeUnchanged:
			result.Unchanged = r.N
		}
	}
	return viewImport(imp, &result), err
}

// ImportRows lists the rows of an import in the file's order; state is empty for all. Errors: not_found, cursor.
func (s *Service) ImportRows(ctx context.Context, alliance, store, id models.ID, state models.RowState, cursor string, limit int) (web.Page[ImportRowView], error) {
	var after int
	if err := web.DecodeCursor(cursor, &after); err != nil {
		return web.Page[ImportRowView]{}, err
	}
	if _, err := s.findImport(ctx, alliance, store, id); err != nil {
		return web.Page[ImportRowView]{}, err
	}
	find := s.DB.Read(ctx).Where("import_id = ? AND line > ?", id, after)
	if state != "" {
		find = find.Where("state = ?", state)
	}
	var rows []models.ImportRow
	if err := find.Order("line").Limit(limit + 1).Find(&rows).Error; err != nil {
		return web.Page[ImportRowView]{}, err
	}
	next := ""
	if len(rows) > limit {
		rows = rows[:limit]
		next = web.EncodeCursor(rows[limit-1].Line)
	}
	views := make([]ImportRowView, 0, len(rows))
	for _, r := range rows {
		views = append(views, viewRow(r, web.Locale(ctx)))
	}
	return web.NewPage(views, next), nil
}

func viewRow(r models.ImportRow, locale string) ImportRowView {
	v := ImportRowView{Line: r.Line, State: r.State, Name: r.Name, PhoneMasked: r.PhoneMasked, SameAsLine: r.SameAsLine}
	if r.Problem != "" {
		v.Problem = &RowProblem{Code: r.Problem, Text: notebook.ProblemText(r.Problem, r.Detail).In(locale)}
	}
	return v
}

// RunImport lets a judged import be written, in the background. One that runs or is done stays as it is.
// Errors: not_found, store_suspended, import_failed.
func (s *Service) RunImport(ctx context.Context, alliance, store, id models.ID) (ImportView, error) {
	if err := s.trading(ctx, alliance, store); err != nil {
		return ImportView{}, err
	}
	imp, err := s.findImport(ctx, alliance, store, id)
	if err != nil {
		return ImportView{}, err
	}
	if imp.State == models.ImportFailed {
		return ImportView{}, ErrImportFailed
	}
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		db.AfterCommit(tx, s.wakeWorker)
		return tx.Model(&models.Import{}).Where("id = ? AND state = ?", id, models.ImportPreview).
			Updates(map[string]any{"state": models.ImportRunning, "started_at": s.Clock.Now()}).Error
	})
	if err != nil {
		return ImportView{}, err
	}
	return s.Import(ctx, alliance, store, id)
}

func (s *Service) wakeWorker() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}
