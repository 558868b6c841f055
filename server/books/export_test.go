package books_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/books"
	"onestreet/server/ledger"
	"onestreet/server/testkit"
)

func TestAnExportIsAuditedWithNothingButTheFile(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		lines := r.export()
		report, err := r.auditLines(lines)
		require.NoError(t, err)
		require.Nil(t, report.Finding, "%v", report)
		want := r.audit()
		assert.Equal(t, want.Transfers, report.Transfers)
		assert.Equal(t, want.Accounts, report.Accounts)
		assert.Equal(t, r.Street.Alliance.Slug, report.Header.Slug)
		assert.Subset(t, report.Passed, []string{
			"ledger.transfers", "ledger.balances", "referral.credits", "referral.commissions", "coupon.stock", "coupon.once", "coupon.shares",
		})
		again := r.export()
		assert.Equal(t, lines[1:], again[1:], "the same books give the same lines")
	})
}

func TestAnExportTellsNothingPersonal(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		text := strings.Join(r.export(), "")
		var people []models.Account
		require.NoError(t, r.DB.Read(r.Ctx()).Find(&people).Error)
		var codes []string
		require.NoError(t, r.DB.Read(r.Ctx()).Model(&models.Coupon{}).Where("alliance_id = ?", r.id).Pluck("code", &codes).Error)
		require.NotEmpty(t, codes)
		for _, code := range codes {
			assert.NotContains(t, text, code)
		}
		for _, p := range r.Street.People {
			assert.NotContains(t, text, p.Account.ID.String())
			if p.Member.Name != "" {
				assert.NotContains(t, text, p.Member.Name)
			}
		}
		assert.NotContains(t, text, "秋冬街坊券")
	})
}

// broken is one thing changed by hand: the same in the database and in the file, and what audit must name.
type broken struct {
	name           string
	record, with   string // the first line of the record that holds the text
	table, field   string
	value          func(was string) string // as it stands in a line
	check, culprit string                  // culprit: the table that is named
	row            string                  // the field of the line with the row's id
	says           string
}

func plus(n int64) func(string) string {
	return func(was string) string {
		v, err := strconv.ParseInt(was, 10, 64)
		if err != nil {
			panic(err)
		}
		return strconv.FormatInt(v+n, 10)
	}
}

func becomes(text string) func(string) string {
	return func(string) string { return strconv.Quote(text) }
}

// flipped changes one bit of bytes.
func flipped(was string) string {
	digit := map[bool]string{true: "1", false: "0"}[was[0] == '0']
	return strconv.Quote(digit + was[1:])
}

var breakages = []broken{
	{"an amount", "transfer", "", "ledger_transfers", "amount", plus(1), "ledger.transfers", "ledger_transfers", "id", "the row was changed"},
	{"one letter of a reference", "transfer", "", "ledger_transfers", "reference", becomes("x"), "ledger.transfers", "ledger_transfers", "id", "the row was changed"},
	{"what a transfer is for", "transfer", `"kind":"commission"`, "ledger_transfers", "kind", becomes("coupon_share"), "ledger.transfers", "ledger_transfers", "id", "the row was changed"},
	{"why one was taken back", "transfer", `"reason":`, "ledger_transfers", "reason", becomes("不是"), "ledger.transfers", "ledger_transfers", "id", "the row was changed"},
	{"a balance", "account", `"owner":"store"`, "ledger_accounts", "credits", plus(1), "ledger.balances", "ledger_accounts", "id", "come to"},
	{"a limit", "account", `"owner":"fund"`, "ledger_accounts", "unit", becomes("point"), "ledger.transfers", "ledger_transfers", "", "unit is not"},
	{"stock out of nowhere", "campaign", "", "campaigns", "remaining", plus(1), "coupon.stock", "campaigns", "id", "remaining"},
	{"a coupon that nobody claimed", "campaign", "", "campaigns", "claimed", plus(-1), "coupon.stock", "campaigns", "id", "there are 2 coupons"},
	{"a signed share", "campaign_share", "", "campaign_shares", "share_bps", plus(-1), "coupon.stock", "campaigns", "campaign_id", "basis points"},
	{"what a store has spent", "campaign_fund", "", "campaign_funds", "spent", plus(1), "coupon.funds", "campaign_funds", "campaign_id", "its redemptions come to"},
	{"a use that was not", "coupon", `"spent":0`, "coupons", "spent", plus(1), "coupon.once", "coupons", "id", "the redemptions of it that stand"},
	{"a used coupon made usable", "coupon", `"state":"used"`, "coupons", "state", becomes("usable"), "coupon.once", "coupons", "id", "does not hold"},
	{"more coupons than allowed", "coupon", "", "coupons", "number", plus(1), "coupon.once", "coupons", "id", "more than"},
	{"what came off a bill", "redemption", "", "redemptions", "off", plus(1), "coupon.shares", "redemptions", "id", "off and"},
	{"what a receipt cost", "redemption", "", "redemptions", "cost", plus(1), "coupon.shares", "redemptions", "id", "expected its cost"},
	{"one part of a split", "redemption_share", "", "redemption_shares", "amount", plus(1), "coupon.shares", "redemptions", "redemption_id", "parts sum to"},
	{"a receipt said to stand", "redemption", `"state":"reversed"`, "redemptions", "state", becomes("posted"), "coupon.once", "coupons", "coupon_id", "the redemptions of it that stand"},
	{"a credit", "referral", "", "referrals", "amount", plus(1), "referral.credits", "referrals", "id", "but the ledger has"},
	{"a credit said to wait", "referral", `"state":"posted"`, "referrals", "state", becomes("pending"), "referral.credits", "referrals", "id", "is pending"},
	{"a commission", "commission", "", "commissions", "amount", plus(1), "referral.commissions", "commissions", "id", "but the ledger has"},
	{"a seal's root", "checkpoint", "", "ledger_checkpoints", "root", flipped, "ledger.checkpoints", "ledger_checkpoints", "id", "root"},
	{"a seal's length", "checkpoint", "", "ledger_checkpoints", "size", plus(-1), "ledger.checkpoints", "ledger_checkpoints", "id", ""},
	{"where a month ends", "settlement", "", "settlements", "to_seq", plus(-1), "settlement.statements", "", "", ""},
	{"the points of a statement", "statement", "", "statements", "points_issued", plus(1), "settlement.statements", "statements", "id", "its transfers come to"},
	{"a line of a statement", "statement_line", "", "statement_lines", "amount", plus(1), "settlement.statements", "statement_lines", "id", "its transfers are"},
	{"a payment", "payment", "", "settlement_payments", "amount", plus(1), "settlement.statements", "settlement_payments", "id", "are to be paid"},
	{"an answer", "answer", "", "statement_answers", "step", plus(1), "settlement.records", "statement_answers", "id", "is answer 2"},
	{"a mark", "mark", "", "payment_marks", "step", plus(1), "settlement.records", "payment_marks", "id", "is mark 2"},
	{"a correction", "correction", "", "corrections", "amount", plus(1), "settlement.records", "corrections", "id", "not in the ledger as it says"},
	{"a month's cap", "commission_month", "", "commission_months", "amount", plus(1), "referral.commissions", "commission_months", "member_id", "come to"},
}

var errRollBack = errors.New("roll back")

// TestAuditNamesExactlyTheRowThatWasChanged, in the database and in an exported file alike.
func TestAuditNamesExactlyTheRowThatWasChanged(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		r.settled()
		r.letHandsIn()
		lines := r.export()
		for _, b := range breakages {
			at := first(t, lines, b.record, b.with)
			row := field(lines[at], b.row)
			found := r.brokenInTheDatabase(b, lines[at])
			b.named(t, found, row, "in the database: ")

			changed := append([]string(nil), lines...)
			changed[at] = replaced(lines[at], b.field, b.value(field(lines[at], b.field)))
			report, err := r.auditLines(changed)
			require.NoError(t, err, b.name)
			b.named(t, report.Finding, row, "in the file: ")
			if b.culprit == b.table {
				assert.EqualValues(t, at+1, report.Line, b.name)
				assert.Equal(t, b.record, report.Record, b.name)
			}
			assert.Contains(t, report.String(), fmt.Sprintf("line %d, ", report.Line), b.name)
		}
		require.Nil(t, r.audit().Finding)
	})
}

func (b broken) named(t *testing.T, found *ledger.Finding, row, where string) {
	t.Helper()
	if !assert.NotNil(t, found, where+b.name) {
		return
	}
	assert.Equal(t, b.check, found.Check, where+b.name)
	if b.culprit != "" {
		assert.Equal(t, b.culprit, found.Table, where+b.name)
	}
	assert.Contains(t, found.Row, row, where+b.name)
	assert.Contains(t, found.Problem, b.says, where+b.name)
}

// letHandsIn takes the triggers away that guard what is written once, in this package's database.
func (r rig) letHandsIn() {
	triggers := []string{}
	for _, table := range []string{
		"ledger_transfers", "ledger_checkpoints", "settlements", "statements", "statement_lines", "settlement_payments", "statement_answers",
		"payment_marks", "corrections",
	} {
		triggers = append(triggers, table+"_no_update")
	}
	for _, trigger := range triggers {
		require.NoError(r.t, r.DB.Tx(r.Ctx(), func(tx *gorm.DB) error { return tx.Exec("DROP TRIGGER IF EXISTS " + trigger).Error }))
	}
}

// brokenInTheDatabase audits with the change in, and takes it back.
func (r rig) brokenInTheDatabase(b broken, line string) (found *ledger.Finding) {
	r.t.Helper()
	err := r.DB.Tx(r.Ctx(), func(tx *gorm.DB) error {
		done := keyed(tx.Table(b.table), line, b.record).UpdateColumn(b.field, gorm.Expr(b.sql(field(line, b.field))))
		require.NoError(r.t, done.Error, b.name)
		require.EqualValues(r.t, 1, done.RowsAffected, b.name)
		report, err := r.Ledger.Audit().Street(tx.Statement.Context, r.id)
		require.NoError(r.t, err)
		found = report.Finding
		return errRollBack
	})
	require.ErrorIs(r.t, err, errRollBack)
	return found
}

// sql is the new value as the database reads it.
func (b broken) sql(was string) string {
	text := strings.ReplaceAll(b.value(was), `"`, "'")
	if b.field == "root" {
		return "x" + text
	}
	return text
}

var keys = map[string][]string{
	"campaign_share": {"campaign_id", "version", "store_id"}, "campaign_fund": {"campaign_id", "owner_id"}, "redemption_share": {"redemption_id", "store_id"}, "commission_month": {"member_id", "month"},
}

// keyed narrows to the row of a line.
func keyed(tx *gorm.DB, line, record string) *gorm.DB {
	columns, special := keys[record]
	if !special {
		columns = []string{"id"}
	}
	for _, column := range columns {
		var value any = field(line, column)
		if id, err := models.ParseID(field(line, column)); err == nil {
			value = id
		}
		tx = tx.Where(column+" = ?", value)
	}
	return tx
}

// TestAFileThatIsNoExportIsToldByLine: what was expected, and where.
func TestAFileThatIsNoExportIsToldByLine(t *testing.T) {
	app := testkit.New(t, "sqlite")
	r := rig{App: app, t: t, id: app.Street.Alliance.ID}
	r.live()
	lines := r.export()
	last := len(lines)
	transfer := first(t, lines, "transfer", "")
	for _, test := range []struct {
		name string
		bend func(l []string) []string
		line int
		says string
	}{
		{"nothing", func([]string) []string { return nil }, 1, "begins with"},
		{"a picture", func([]string) []string { return []string{"\x89PNG\r\n"} }, 1, "begins with"},
		{"without a header", func(l []string) []string { return l[1:] }, 1, `expected the record "books"`},
		{"of a later format", func(l []string) []string { l[0] = replaced(l[0], "format", "2"); return l }, 1, "format is 2, expected 1"},
		{"of no street", func(l []string) []string {
			l[0] = replaced(l[0], "alliance", `"00000000-0000-0000-0000-000000000000"`)
			return l
		}, 1, "alliance"},
		{"cut off between lines", func(l []string) []string { return l[:last-1] }, last, "was cut off"},
		{"an unknown record", func(l []string) []string { l[3] = `{"record":"rumour","id":"1"}` + "\n"; return l }, 4, `"rumour" is not known`},
		{"records out of their order", func(l []string) []string {
			l[transfer] = l[1]
			return append(l[:transfer+1], append([]string{l[1]}, l[transfer+1:]...)...)
		},
			transfer + 1, "greater id"},
		{"an account after the transfers", func(l []string) []string { l[transfer+1] = l[1]; return l }, transfer + 2, "in their order"},
		{"an account twice", func(l []string) []string { l[2] = l[1]; return l }, 3, "greater id"},
		{"a text for a number", func(l []string) []string { l[transfer] = replaced(l[transfer], "amount", `"many"`); return l }, transfer + 1, "amount is a string, expected a whole number"},
		{"a fraction", func(l []string) []string { l[transfer] = replaced(l[transfer], "amount", "1.5"); return l }, transfer + 1, "expected a whole number"},
		{"more than 64 bits", func(l []string) []string {
			l[transfer] = replaced(l[transfer], "amount", "9223372036854775808")
			return l
		}, transfer + 1, "at most 64 bits"},
		{"a number in another form", func(l []string) []string { l[transfer] = replaced(l[transfer], "amount", "1e2"); return l }, transfer + 1, "expected"},
		{"no id", func(l []string) []string { l[transfer] = replaced(l[transfer], "debit_id", `"shoes"`); return l }, transfer + 1, "expected"},
		{"no time", func(l []string) []string { l[transfer] = replaced(l[transfer], "at", `"yesterday"`); return l }, transfer + 1, "expected"},
		{"a field more", func(l []string) []string { l[1] = strings.Replace(l[1], "}", `,"note":"x"}`, 1); return l }, 2, "and no others"},
		{"a field twice", func(l []string) []string { l[1] = strings.Replace(l[1], "}", `,"debits":5}`, 1); return l }, 2, "and no others"},
		{"a field less", func(l []string) []string {
			l[1] = strings.Replace(l[1], `,"debits":`+field(l[1], "debits"), "", 1)
			return l
		}, 2, "and no others"},
		{"a blank", func(l []string) []string { l[1] = strings.Replace(l[1], ":", ": ", 1); return l }, 2, "begins with"},
		{"no JSON", func(l []string) []string { l[1] = `{"record":"account","id` + "\n"; return l }, 2, "expected a JSON object"},
		{"a record and no more", func(l []string) []string { l[1] = `{"record":"account"` + "\n"; return l }, 2, "more fields"},
		{"a line too long", func(l []string) []string { l[1] = `{"record":"account","id":"` + strings.Repeat("x", 70_000); return l }, 2, "at most 65536 bytes"},
		{"a line gone", func(l []string) []string { return append(l[:transfer], l[transfer+1:]...) }, last - 1, "counts"},
		{"something after the end", func(l []string) []string { return append(l, "\nx") }, last + 1, "nothing after"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := r.auditLines(test.bend(append([]string(nil), lines...)))
			var bad *books.LineError
			require.ErrorAs(t, err, &bad)
			assert.EqualValues(t, test.line, bad.Line, "%v", err)
			assert.Contains(t, err.Error(), test.says)
		})
	}
	t.Run("cut off within a line", func(t *testing.T) {
		whole := strings.Join(lines, "")
		_, err := r.auditFile([]byte(whole[:len(whole)/2]))
		require.ErrorContains(t, err, "was cut off")
	})
	t.Run("a packed file cut off", func(t *testing.T) {
		var packed bytes.Buffer
		zip := gzip.NewWriter(&packed)
		_, err := io.WriteString(zip, strings.Join(lines, "")+"\n")
		require.NoError(t, errors.Join(err, zip.Close()))
		_, err = r.auditFile(packed.Bytes())
		require.NoError(t, err)
		_, err = r.auditFile(packed.Bytes()[:packed.Len()/2])
		require.ErrorContains(t, err, "was cut off")
	})
}

// TestALineTakenOutAndCountedOutIsMissed: who mends the counts too has the numbers against them.
func TestALineTakenOutAndCountedOutIsMissed(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		lines := r.export()
		at := first(t, lines, "transfer", "") + 1
		lines = append(lines[:at], lines[at+1:]...)
		n, err := strconv.Atoi(field(lines[0], "transfer"))
		require.NoError(t, err)
		for _, i := range []int{0, len(lines) - 1} {
			lines[i] = replaced(lines[i], "transfer", strconv.Itoa(n-1))
		}
		report, err := r.auditLines(lines)
		require.NoError(t, err)
		require.NotNil(t, report.Finding)
		assert.EqualValues(t, 3, report.Finding.Seq)
		assert.EqualValues(t, at+1, report.Line)
		assert.Contains(t, report.Finding.Problem, "comes after seq 1")
	})
}

func TestTheCoordinatorTakesTheBooksAlong(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		got := r.As(testkit.Coordinator).Get("/alliance/books").Must(http.StatusOK)
		assert.Contains(t, got.Header.Get("Content-Disposition"), r.Street.Alliance.Slug+"-2026-10-17.jsonl.gz")
		report, err := r.auditFile(got.Body)
		require.NoError(t, err)
		require.Nil(t, report.Finding)
		assert.Equal(t, r.id, report.Header.Alliance)

		other := r.As(testkit.OtherCoordinator).Get("/alliance/books").Must(http.StatusOK)
		report, err = r.auditFile(other.Body)
		require.NoError(t, err)
		assert.Equal(t, r.Other.Alliance.ID, report.Header.Alliance, "everyone gets their own street's")
		assert.Zero(t, report.Transfers)
		for _, p := range []testkit.Persona{testkit.Visitor, testkit.Shopper, testkit.OwnerOf("shoes")} {
			assert.Contains(t, []int{http.StatusUnauthorized, http.StatusForbidden}, r.As(p).Get("/alliance/books").Status, string(p))
		}
	})
}
