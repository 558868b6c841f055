package settlement_test

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"onestreet/models"
	"onestreet/server/settlement"
	"onestreet/server/testkit"
)

// TestAMonthIsConfirmedAndPaidByHand tells the story of a month through the API.
func TestAMonthIsConfirmedAndPaidByHand(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		b.post(b.entry(models.KindPrize, "tea", "shoes", 1250))
		b.at("2026-11-01 00:10")
		boss, tea, fang := testkit.OwnerOf("shoes"), testkit.ManagerOf("tea"), testkit.Coordinator
		shoes, teahouse := "/stores/"+b.store("shoes").String()+"/settlements", "/stores/"+b.store("tea").String()+"/settlements"

		var o settlement.SettlementsView
		app.As(fang).Get("/alliance/settlements").Must(http.StatusOK).Into(&o)
		assert.Empty(t, o.Items)
		assert.Equal(t, "2026-10", o.Next.Month)
		assert.True(t, o.Next.Over)
		app.As(fang).Post("/alliance/settlements/2026-11", nil).Refused(http.StatusConflict, "settlement_not_over")
		app.As(fang).Post("/alliance/settlements/october", nil).Refused(http.StatusUnprocessableEntity, "month")
		app.As(fang).Post("/alliance/settlements/2026-10", nil).Must(http.StatusOK)

		var st settlement.Statement
		app.As(boss).Get(shoes + "/2026-10").Must(http.StatusOK).Into(&st)
		assert.EqualValues(t, 1250, st.Net.Amount)
		require.Len(t, st.Due, 1)
		assert.Equal(t, models.SidePayee, st.Due[0].Ours)
		pay := "/2026-10/payments/" + st.Due[0].ID.String()

		said := map[string]any{"text": "第三笔奖品不是我们的，少算了"}
		first := app.As(boss).With("Idempotency-Key", "d1").Post(shoes+"/2026-10/dispute", said).Must(http.StatusOK)
		again := app.As(boss).With("Idempotency-Key", "d1").Post(shoes+"/2026-10/dispute", said).Must(http.StatusOK)
		assert.Equal(t, first.Body, again.Body, "a repeated tap disputes once")
		app.As(boss).Post(shoes+"/2026-10/dispute", said).Refused(http.StatusConflict, "statement_disputed")
		reply := "/alliance/statements/" + st.ID.String() + "/reply"
		app.As(fang).Post(reply, map[string]any{"text": "查过了，少算的补在十一月"}).Must(http.StatusOK)
		app.As(fang).Post(reply, map[string]any{"text": "查过了，少算的补在十一月"}).Refused(http.StatusConflict, "statement_no_dispute")
		app.As(fang).Post("/alliance/corrections", map[string]any{
			"from": b.store("tea"), "to": b.store("shoes"), "amount": map[string]any{"amount": 30}, "reason": "第三笔奖品少算了", "statement": st.ID,
		}).Must(http.StatusOK)
		app.As(boss).Post(shoes+"/2026-10/confirm", nil).Must(http.StatusOK).Into(&st)
		assert.Equal(t, models.StatementConfirmed, st.State)
		assert.Len(t, st.Corrections, 1)
		app.As(boss).Post(shoes+"/2026-10/dispute", said).Refused(http.StatusConflict, "statement_confirmed")

		app.As(tea).Post(teahouse+pay, map[string]any{"given": true, "note": "微信"}).Must(http.StatusOK)
		app.As(boss).Post(shoes+pay, map[string]any{"given": true}).Must(http.StatusOK).Into(&st)
		assert.Equal(t, models.PaymentSettled, st.Due[0].State)
		assert.Equal(t, "微信", st.Due[0].Paid.Note)
		app.As(tea).Post(teahouse+pay, map[string]any{"given": false}).Refused(http.StatusConflict, "payment_settled")

		var v settlement.Settlement
		app.As(fang).Get("/alliance/settlements/2026-10").Must(http.StatusOK).Into(&v)
		assert.Equal(t, [4]int{2, 1, 1, 1}, [4]int{len(v.Statements) - 1, v.Progress.Confirmed, v.Progress.Payments, v.Progress.Settled})
		b.mustHold()
	})
}

// TestNobodyReachesAnothersStatement asks for what is there, as those who may not.
func TestNobodyReachesAnothersStatement(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		p := b.full()
		shoes := "/stores/" + b.store("shoes").String() + "/settlements"
		mark, st := "/payments/"+p.ID.String(), b.statement("shoes", "2026-10")
		text := map[string]any{"text": "这不是我们店的单子"}
		for _, s := range []testkit.Scenario{
			{Name: "a clerk", As: testkit.ClerkOf("shoes"), Path: shoes, Status: 403},
			{Name: "a clerk's file", As: testkit.ClerkOf("shoes"), Path: shoes + "/2026-10/statement.xlsx", Status: 403},
			{Name: "another store", As: testkit.OwnerOf("noodles"), Path: shoes + "/2026-10", Status: 403},
			{Name: "another store's file", As: testkit.OwnerOf("noodles"), Path: shoes + "/2026-10/statement.xlsx", Status: 403},
			{Name: "another store disputes", As: testkit.OwnerOf("noodles"), Method: "POST", Path: shoes + "/2026-10/dispute", Body: text, Status: 403},
			{Name: "another street", As: testkit.OtherOwner, Path: shoes + "/2026-10", Status: 403},
			{Name: "another street's payment", As: testkit.OtherCoordinator, Method: "POST", Path: "/alliance/settlements/2026-10" + mark, Body: map[string]any{"given": true}, Status: 404, Code: "not_found"},
			{Name: "another street's dispute", As: testkit.OtherCoordinator, Method: "POST", Path: "/alliance/statements/" + st.ID.String() + "/reply", Body: text, Status: 404, Code: "not_found"},
			{Name: "another street's month", As: testkit.OtherCoordinator, Path: "/alliance/settlements/2026-10", Status: 404},
			{Name: "a store asks for the street's", As: testkit.OwnerOf("shoes"), Path: "/alliance/settlements", Status: 403},
			{Name: "a payment between others", As: testkit.OwnerOf("shoes"), Method: "POST", Path: shoes + "/2026-10/payments/" + b.between("noodles", "books"), Body: map[string]any{"given": true}, Status: 404},
			{Name: "a month that is not there", As: testkit.OwnerOf("shoes"), Path: shoes + "/2025-01", Status: 404},
			{Name: "a dispute without a word", As: testkit.OwnerOf("noodles"), Method: "POST", Path: "/stores/" + b.store("noodles").String() + "/settlements/2026-10/dispute", Body: map[string]any{"text": "        "}, Status: 422, Code: "statement_text"},
			{Name: "a correction of nothing", As: testkit.Coordinator, Method: "POST", Path: "/alliance/corrections", Body: b.asked(func(c map[string]any) { c["amount"] = map[string]any{"amount": 0} }), Status: 422, Code: "correction_amount"},
			{Name: "a correction of less", As: testkit.Coordinator, Method: "POST", Path: "/alliance/corrections", Body: b.asked(func(c map[string]any) { c["amount"] = map[string]any{"amount": -5} }), Status: 422},
			{Name: "a correction to oneself", As: testkit.Coordinator, Method: "POST", Path: "/alliance/corrections", Body: b.asked(func(c map[string]any) { c["to"] = c["from"] }), Status: 422, Code: "correction_same"},
			{Name: "a correction with a stranger", As: testkit.Coordinator, Method: "POST", Path: "/alliance/corrections", Body: b.asked(func(c map[string]any) { c["to"] = app.Other.Stores["shoes"].ID }), Status: 422, Code: "correction_party", Says: []string{`"/to"`}},
			{Name: "a correction without a reason", As: testkit.Coordinator, Method: "POST", Path: "/alliance/corrections", Body: b.asked(func(c map[string]any) { c["reason"] = "          " }), Status: 422, Code: "correction_reason"},
			{Name: "in English", As: testkit.Coordinator, Method: "POST", Language: "en", Path: "/alliance/settlements/2026-12", Status: 409, Code: "settlement_not_over", Says: []string{"The month is not over yet"}},
		} {
			t.Run(s.Name, func(t *testing.T) { s.Run(t, app) })
		}
		assert.Zero(t, b.transfers(models.KindPayment))
		assert.EqualValues(t, 1, b.transfers(models.KindCorrection))
	})
}

// between is the id of October's payment from one store to another.
func (b books) between(from, to string) string {
	b.t.Helper()
	for _, p := range b.payments(b.settlements()[0]) {
		if p.FromID == b.store(from) && p.ToID == b.store(to) {
			return p.ID.String()
		}
	}
	b.t.Fatalf("%s pays %s nothing", from, to)
	return ""
}

// asked is a good correction, bent.
func (b books) asked(bend func(map[string]any)) map[string]any {
	c := map[string]any{"from": b.store("tea").String(), "to": b.store("shoes").String(), "amount": map[string]any{"amount": 30}, "reason": "第三笔奖品少算了"}
	bend(c)
	return c
}

// fenOf reads a cell's yuan as whole fen, by its text alone.
func fenOf(t *testing.T, cell string) int64 {
	t.Helper()
	whole, rest, _ := strings.Cut(strings.ReplaceAll(cell, ",", ""), ".")
	if len(rest) == 1 {
		rest += "0"
	}
	if rest == "" {
		rest = "00"
	}
	fen, err := strconv.ParseInt(whole+rest, 10, 64)
	require.NoError(t, err, cell)
	return fen
}

func TestTheWorkbookAddsUpToTheFen(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		for i := range 40 { // sums of tenths and hundredths that floats do not hold
			b.post(b.entry(models.KindPrize, "tea", "shoes", int64(11+i*7)), b.entry(models.KindCouponShare, "shoes", "books", int64(i+1)))
		}
		b.post(b.gives("shoes", 53))
		b.at("2026-11-01 09:00")
		b.close("2026-10")
		shoes := "/stores/" + b.store("shoes").String() + "/settlements/2026-10/statement.xlsx"
		for locale, sheets := range map[string][]string{"zh-CN": {"对账单", "账目"}, "en": {"Statement", "Lines"}} {
			r := app.As(testkit.OwnerOf("shoes")).In(locale).Get(shoes).Must(http.StatusOK)
			assert.Contains(t, r.Header.Get("Content-Disposition"), "shoes-2026-10.xlsx")
			book, err := excelize.OpenReader(bytes.NewReader(r.Body), excelize.Options{RawCellValue: true})
			require.NoError(t, err)
			assert.Equal(t, sheets, book.GetSheetList())
			b.readStatement(t, book, sheets[0])
			b.readLines(t, book, sheets[1])
			require.NoError(t, book.Close())
		}
	})
}

// readStatement compares the first sheet with the statement: what stands there, and what its formulas come to.
func (b books) readStatement(t *testing.T, book *excelize.File, sheet string) {
	t.Helper()
	st := b.statement("shoes", "2026-10")
	rows, err := book.GetRows(sheet)
	require.NoError(t, err)
	found := map[string]int64{}
	for i := range rows {
		for _, column := range []string{"C", "D"} {
			cell := column + strconv.Itoa(i+1)
			formula, err := book.GetCellFormula(sheet, cell)
			require.NoError(t, err)
			if formula == "" {
				continue
			}
			shown, err := book.GetCellValue(sheet, cell)
			require.NoError(t, err)
			computed, err := book.CalcCellValue(sheet, cell)
			require.NoError(t, err)
			assert.Equal(t, fenOf(t, shown), fenOf(t, computed), "%s %s: what stands there is what %s comes to", sheet, cell, formula)
			found[cell] = fenOf(t, shown)
		}
	}
	var values []int64
	for _, v := range found {
		values = append(values, v)
	}
	assert.ElementsMatch(t, []int64{st.Earned.Amount, st.Owed.Amount, st.Net.Amount}, values)
}

func (b books) readLines(t *testing.T, book *excelize.File, sheet string) {
	t.Helper()
	rows, err := book.GetRows(sheet)
	require.NoError(t, err)
	var sum int64
	for _, row := range rows[1 : len(rows)-1] {
		if row[5] != "" {
			sum += fenOf(t, row[5])
		}
	}
	assert.Equal(t, b.statement("shoes", "2026-10").Net.Amount, sum)
	assert.Len(t, rows, 1+80+2+1, "the head, every line, the points and their money, the sum")
	total, err := book.CalcCellValue(sheet, "F"+strconv.Itoa(len(rows)))
	require.NoError(t, err)
	assert.Equal(t, sum, fenOf(t, total))
}

func TestTheStreetsWorkbookHoldsEveryStatement(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		b.post(b.entry(models.KindPrize, "tea", "shoes", 1250), b.entry(models.KindPrize, "noodles", "shoes", 999))
		b.at("2026-11-01 09:00")
		b.close("2026-10")
		r := app.As(testkit.Coordinator).Get("/alliance/settlements/2026-10/settlement.xlsx").Must(http.StatusOK)
		book, err := excelize.OpenReader(bytes.NewReader(r.Body), excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		assert.Equal(t, []string{"对账单", "明细", "付款"}, book.GetSheetList())
		rows, err := book.GetRows("对账单")
		require.NoError(t, err)
		last := rows[len(rows)-1]
		assert.Equal(t, []int64{2249, 2249, 0}, []int64{fenOf(t, last[1]), fenOf(t, last[2]), fenOf(t, last[3])})
		require.NoError(t, book.Close())
	})
}

func TestATextThatLooksLikeAFormulaIsNone(t *testing.T) {
	for text, want := range map[string]string{"=1+1": "'=1+1", "+86": "'+86", "@sum": "'@sum", "-2": "'-2", "布鞋": "布鞋", "": ""} {
		assert.Equal(t, want, models.Harmless(text))
	}
}
