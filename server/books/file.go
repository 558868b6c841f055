package books

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/db"
)

// FileReport is what an audit of an export saw. Where there is a finding, Record and Line say which line it is about.
type FileReport struct {
	Header Header
	ledger.Report
	Record string
	Line   int64
	Key    string // what the checkpoints' signatures were checked with; empty where there are none
	Given  bool   // whoever audited gave the key; otherwise it is the file's own
}

// AuditFile audits an export with nothing but the file: no server, no secret. key is the one that the street publishes, by
// which its checkpoints are verified; without it, the file's own is used, which whoever made the file chose. The lines are brought into a scratch
// database in the folder dir, and the same checks go over it as over the server's. Error: *LineError where the file is
// not an export, or not a whole one.
func AuditFile(ctx context.Context, dir string, file io.Reader, key string, checks *ledger.Checks) (report FileReport, err error) {
	d, err := scratch(ctx, dir)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if report.Header, err = load(ctx, d, file); err != nil {
		return report, err
	}
	if report.Key, report.Given = report.Header.Verifier, key != ""; report.Given {
		report.Key = key
	}
	within := checks.Within(tables()...)
	audit := ledger.NewAudit(d, &within)
	audit.Bare, audit.VerifierKey = true, func(models.Alliance) (string, error) { return report.Key, nil }
	if report.Report, err = audit.Street(ctx, report.Header.Alliance); err != nil || report.Finding == nil {
		return report, err
	}
	report.Record, report.Line, err = place(ctx, d, report.Finding)
	return report, err
}

// place finds the line of the row that a finding names; 0 where it names none.
func place(ctx context.Context, d *db.DB, found *ledger.Finding) (string, int64, error) {
	if found.Table == headTable || found.Table == streetTable {
		return headName, 1, nil
	}
	at := slices.IndexFunc(records, func(rec record) bool { return rec.table == found.Table })
	if at < 0 {
		return found.Table, 0, nil
	}
	rec, key := records[at], []string{found.Row}
	columns := rec.key
	switch {
	case slices.Contains(rec.columns(), "id"):
		columns = []string{"id"}
	case len(columns) > 1:
		key = strings.Fields(found.Row)
	}
	if len(key) != len(columns) {
		return rec.name, 0, nil
	}
	asked := d.Read(ctx).Table(rec.table).Select("COALESCE(MIN(" + lineColumn + "), 0)")
	for i, column := range columns {
		asked = asked.Where(column+" = ?", keyValue(key[i]))
	}
	var line int64
	err := asked.Scan(&line).Error
	return rec.name, line, err
}

func keyValue(text string) any {
	if id, err := models.ParseID(text); err == nil {
		return id
	}
	return text
}

// String is the finding with the line it is about, as the command line prints it.
func (r FileReport) String() string {
	if r.Finding == nil {
		return "everything holds"
	}
	if r.Line == 0 {
		return r.Finding.String()
	}
	return fmt.Sprintf("line %d, %s: %s", r.Line, r.Record, r.Finding)
}
