package books

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// Routes adds the operations: the coordinator's own.
func (s *Service) Routes(api *web.API) {
	web.Get(api, "/alliance/audits", web.Op{ID: "audits", Summary: "How the last audits of the books went", Tag: "ledger", Who: identity.Coordinator}, s.getAudits)
	web.Post(api, "/alliance/audits", web.Op{ID: "audit-now", Summary: "Audit the books now; it goes on behind the request", Tag: "ledger",
		Who: identity.Coordinator, Idempotent: true, Status: http.StatusAccepted}, s.postAudit)
	api.Raw(http.MethodGet, "/alliance/books", web.Op{ID: "books-export", Summary: "The books as a file that anyone can audit: JSON Lines, gzip", Tag: "ledger",
		Who: identity.Coordinator}, s.getBooks)
}

// AuditView is an audit as the coordinator sees it.
type AuditView struct {
	ID        models.ID     `json:"id"`
	State     string        `json:"state" enum:"running,passed,found,failed"`
	ByClock   bool          `json:"by_clock" doc:"the clock's nightly one; otherwise a coordinator asked for it"`
	StartedAt time.Time     `json:"started_at"`
	EndedAt   *time.Time    `json:"ended_at,omitempty"`
	TookMs    int64         `json:"took_ms"`
	Transfers int64         `json:"transfers"`
	Accounts  int64         `json:"accounts"`
	Passed    []string      `json:"passed" nullable:"false" doc:"the checks that hold, in the order they were carried out"`
	Finding   *AuditFinding `json:"finding,omitempty" doc:"the first row that does not hold"`
}

// AuditFinding names a row that does not hold.
type AuditFinding struct {
	Check   string `json:"check"`
	Table   string `json:"table"`
	Row     string `json:"row"`
	Seq     int64  `json:"seq,omitempty" doc:"number of a transfer"`
	Problem string `json:"problem" doc:"in English, as the command line says it"`
}

// Audits is the state of the books: the last audits, newest first, and every check there is.
type Audits struct {
	Street string      `json:"street" doc:"the street's slug, for the command line"`
	Checks []string    `json:"checks" nullable:"false" doc:"what an audit looks at, in its order"`
	Runs   []AuditView `json:"runs" nullable:"false"`
}

func (s *Service) getAudits(ctx context.Context, _ *struct{}) (*web.Reply[Audits], error) {
	audits, err := s.Audits(ctx, identity.From(ctx).AllianceID)
	return web.OK(audits), err
}

func (s *Service) postAudit(ctx context.Context, _ *struct{}) (*web.Reply[AuditView], error) {
	who := identity.From(ctx)
	run, err := s.AuditNow(ctx, who.AllianceID, who.AccountID)
	return web.OK(view(run)), err
}

// shown is how many of the last audits the coordinator sees.
const shown = 30

// Audits reads how a street's last audits went. Error: not_found.
func (s *Service) Audits(ctx context.Context, alliance models.ID) (Audits, error) {
	street, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return Audits{}, err
	}
	var runs []models.AuditRun
	err = s.DB.Read(ctx).Where("alliance_id = ?", alliance).Order("started_at DESC, id DESC").Limit(shown).Find(&runs).Error
	out := Audits{Street: street.Slug, Checks: s.Ledger.Audit().Names(), Runs: make([]AuditView, len(runs))}
	for i, run := range runs {
		out.Runs[i] = view(run)
	}
	return out, err
}

func view(run models.AuditRun) AuditView {
	out := AuditView{
		ID: run.ID, State: string(run.State), ByClock: run.ByAccount.IsZero(), StartedAt: run.StartedAt, EndedAt: run.EndedAt, TookMs: run.TookMs,
		Transfers: run.Transfers, Accounts: run.Accounts, Passed: strings.Fields(run.Passed),
	}
	if run.State == models.AuditFound {
		out.Finding = &AuditFinding{run.Check, run.Table, run.Row, run.Seq, run.Problem}
	}
	return out
}

// getBooks sends the export by way of a file that is gone when it is sent: so the snapshot of the database is as short as
// reading takes, however slow the line, and who gets a file at all gets a whole one.
func (s *Service) getBooks(c *fiber.Ctx) error {
	alliance := identity.From(c.UserContext()).AllianceID
	file, err := s.spool(c.UserContext(), alliance)
	if err != nil {
		return err
	}
	size, err := file.Seek(0, 1)
	if err == nil {
		_, err = file.Seek(0, 0)
	}
	street, missing := s.Pool.Alliance(c.UserContext(), alliance)
	if err = errors.Join(err, missing); err != nil {
		return errors.Join(err, file.Close())
	}
	c.Set(fiber.HeaderContentType, "application/gzip")
	c.Set(fiber.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="%s-%s.jsonl.gz"`, street.Slug, street.LocalDate(s.Clock.Now())))
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.SendStream(file, int(size))
}

// spool writes the export to a file without a name; its space is free when it is closed.
func (s *Service) spool(ctx context.Context, alliance models.ID) (*os.File, error) {
	file, err := os.CreateTemp("", "onestreet-books-")
	if err != nil {
		return nil, err
	}
	err = os.Remove(file.Name())
	if err == nil {
		zip := gzip.NewWriter(file)
		_, err = s.Export(ctx, alliance, zip)
		err = errors.Join(err, zip.Close())
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}
