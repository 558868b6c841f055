package pool_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/web"
	"onestreet/server/pool"
	"onestreet/server/testkit"
)

func shoeShopsBook(t *testing.T) []byte {
	t.Helper()
	data, err := os.ReadFile("notebook/testdata/customers-shoe-shop.gbk.csv")
	require.NoError(t, err)
	return data
}

// upload judges a file as a store's manager.
func upload(app *testkit.App, slug, name string, data []byte) pool.ImportView {
	var view pool.ImportView
	app.As(testkit.ManagerOf(slug)).Upload(store("/imports", app, slug), name, data).Must(http.StatusCreated).Into(&view)
	return view
}

// write runs an import to its end.
func write(t *testing.T, app *testkit.App, slug string, imp pool.ImportView) pool.ImportView {
	t.Helper()
	path := store("/imports/"+imp.ID.String(), app, slug)
	app.As(testkit.ManagerOf(slug)).Post(path+"/run", nil).Must(http.StatusAccepted)
	require.NoError(t, app.Pool.ResumeImports(app.Ctx()))
	var view pool.ImportView
	app.As(testkit.ManagerOf(slug)).Get(path).Must(http.StatusOK).Into(&view)
	return view
}

func customers(app *testkit.App, slug, query string) web.Page[pool.CustomerView] {
	var page web.Page[pool.CustomerView]
	app.As(testkit.ClerkOf(slug)).Get(store("/customers"+query, app, slug)).Must(http.StatusOK).Into(&page)
	return page
}

func TestTheShoeShopImportsItsBookAndASecondTimeChangesNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		preview := upload(app, "shoes", "顾客.csv", shoeShopsBook(t))
		require.Equal(t, models.ImportPreview, preview.State)
		require.Equal(t, "GB18030", preview.Encoding)
		require.Equal(t, models.ImportCounts{Rows: 420, Valid: 400, New: 400, Duplicate: 14, Invalid: 6}, preview.Counts)
		require.Zero(t, countOf(t, app, &models.Customer{}, "alliance_id = ?", app.Street.Alliance.ID), "a preview writes nothing")

		done := write(t, app, "shoes", preview)
		require.Equal(t, models.ImportDone, done.State)
		require.Equal(t, 400, done.Done)
		require.Equal(t, &models.ImportResult{Invited: 400}, done.Result)
		before := book(t, app, "shoes")
		require.Len(t, before, 400)

		again := upload(app, "shoes", "顾客.csv", shoeShopsBook(t))
		require.Equal(t, models.ImportCounts{Rows: 420, Valid: 400, Known: 400, Duplicate: 14, Invalid: 6}, again.Counts)
		require.Equal(t, &models.ImportResult{Unchanged: 400}, write(t, app, "shoes", again).Result)
		require.Equal(t, before, book(t, app, "shoes"))
		require.EqualValues(t, 400, countOf(t, app, &models.JoinLink{}, "alliance_id = ? AND kind = ?", app.Street.Alliance.ID, models.TouchImport))
	})
}

func book(t *testing.T, app *testkit.App, slug string) []models.Customer {
	t.Helper()
	var lines []models.Customer
	require.NoError(t, app.DB.Read(app.Ctx()).Where("store_id = ?", app.Street.Stores[slug].ID).Order("id").Find(&lines).Error)
	return lines
}

func TestAnImportTellsEveryRowAndWhy(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		imp := upload(app, "shoes", "a.csv", shoeShopsBook(t))
		path := store("/imports/"+imp.ID.String()+"/rows", app, "shoes")
		var wrong, repeated, first web.Page[pool.ImportRowView]
		app.As(testkit.ManagerOf("shoes")).In("en").Get(path + "?state=invalid").Must(http.StatusOK).Into(&wrong)
		require.Len(t, wrong.Items, 6)
		require.Equal(t, pool.ImportRowView{
			Line: 35, State: models.RowInvalid, Name: "电话不对418",
			Problem: &pool.RowProblem{Code: "phone_length", Text: "“+86 12345” has the wrong length; a mobile number has 11 digits"},
		}, wrong.Items[0])
		app.As(testkit.ManagerOf("shoes")).Get(path + "?state=duplicate").Must(http.StatusOK).Into(&repeated)
		require.Len(t, repeated.Items, 14)
		require.Equal(t, 29, repeated.Items[0].SameAsLine)
		require.Equal(t, "和第 29 行是同一个号码", repeated.Items[0].Problem.Text)

		lines := 0
		for cursor := ""; ; cursor = first.NextCursor {
			first = web.Page[pool.ImportRowView]{}
			app.As(testkit.ManagerOf("shoes")).Get(path + "?limit=150&cursor=" + cursor).Must(http.StatusOK).Into(&first)
			lines += len(first.Items)
			if first.NextCursor == "" {
				break
			}
		}
		require.Equal(t, 420, lines)
		require.NotContains(t, string(app.As(testkit.ManagerOf("shoes")).Get(path+"?limit=200").Body), "17087523188", "phones are masked")
	})
}

func TestAWorkbookGivesWhatTheTextGives(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(shoeShopsBook(t))
		require.NoError(t, err)
		rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
		require.NoError(t, err)
		file := excelize.NewFile()
		for i, row := range rows {
			require.NoError(t, file.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row))
		}
		var out bytes.Buffer
		require.NoError(t, file.Write(&out))

		imp := upload(app, "shoes", "顾客.xlsx", out.Bytes())
		require.Equal(t, "XLSX", imp.Encoding)
		require.Equal(t, models.ImportCounts{Rows: 420, Valid: 400, New: 400, Duplicate: 14, Invalid: 6}, imp.Counts)
		require.Equal(t, &models.ImportResult{Invited: 400}, write(t, app, "shoes", imp).Result)
		csvImport := upload(app, "shoes", "顾客.csv", shoeShopsBook(t))
		require.Equal(t, &models.ImportResult{Unchanged: 400}, write(t, app, "shoes", csvImport).Result)
	})
}

func TestTwoRunsOfOneImportWriteEachRowOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		imp := upload(app, "shoes", "a.csv", shoeShopsBook(t))
		path := store("/imports/"+imp.ID.String(), app, "shoes")
		answers := atOnce(4, func(int) string {
			r := app.As(testkit.ManagerOf("shoes")).Post(path+"/run", nil)
			if err := app.Pool.ResumeImports(app.Ctx()); err != nil {
				return err.Error()
			}
			return answer(r)
		})
		require.Equal(t, map[string]int{"202 ": 4}, answers)
		var done pool.ImportView
		app.As(testkit.ManagerOf("shoes")).Get(path).Must(http.StatusOK).Into(&done)
		require.Equal(t, models.ImportDone, done.State)
		require.Equal(t, 400, done.Done)
		require.Equal(t, &models.ImportResult{Invited: 400}, done.Result)
		require.Len(t, book(t, app, "shoes"), 400)
	})
}

func TestAnImportGoesOnAfterACrash(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		imp := upload(app, "shoes", "a.csv", shoeShopsBook(t))
		path := store("/imports/"+imp.ID.String(), app, "shoes")
		app.As(testkit.ManagerOf("shoes")).Post(path+"/run", nil).Must(http.StatusAccepted)
		ctx, crash := context.WithCancel(app.Ctx())
		written := 0
		app.Pool.Signal = func(models.ID, string, string, any) { // called after each batch
			if written++; written == 3 {
				crash()
			}
		}
		require.ErrorIs(t, app.Pool.ResumeImports(ctx), context.Canceled)
		var half pool.ImportView
		app.As(testkit.ManagerOf("shoes")).Get(path).Must(http.StatusOK).Into(&half)
		require.Equal(t, models.ImportRunning, half.State)
		require.Equal(t, 150, half.Done)

		require.NoError(t, app.Pool.ResumeImports(app.Ctx()))
		app.As(testkit.ManagerOf("shoes")).Get(path).Must(http.StatusOK).Into(&half)
		require.Equal(t, models.ImportDone, half.State)
		require.Equal(t, &models.ImportResult{Invited: 400}, half.Result)
	})
}

func TestTheWorkerWritesWhatIsStartedAndTellsTheDesk(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		progress := make(chan map[string]any, 100)
		app.Pool.Signal = func(_ models.ID, stream, kind string, data any) {
			if stream == "desk:"+app.Street.Stores["shoes"].ID.String() && kind == "import.progress" {
				progress <- data.(map[string]any)
			}
		}
		ctx, stop := context.WithCancel(app.Ctx())
		stopped := make(chan struct{})
		go func() {
			defer close(stopped)
			app.Pool.Work(ctx)
		}()
		imp := upload(app, "shoes", "a.csv", shoeShopsBook(t))
		app.As(testkit.ManagerOf("shoes")).Post(store("/imports/"+imp.ID.String()+"/run", app, "shoes"), nil).Must(http.StatusAccepted)
		for done := 50; done <= 400; done += 50 {
			require.Equal(t, done, (<-progress)["done"])
		}
		require.Equal(t, models.ImportDone, (<-progress)["state"])
		stop()
		<-stopped
	})
}

func TestAnImportThatKeepsFailingIsGivenUp(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		imp := upload(app, "shoes", "a.csv", []byte("姓名,手机号\n沈梅,"+testkit.Phone()+"\n"))
		path := store("/imports/"+imp.ID.String(), app, "shoes")
		app.As(testkit.ManagerOf("shoes")).Post(path+"/run", nil).Must(http.StatusAccepted)
		require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
			return tx.Model(&models.ImportRow{}).Where("import_id = ?", imp.ID).Update("person", "broken").Error
		}))
		for range 5 {
			require.Error(t, app.Pool.ResumeImports(app.Ctx()))
		}
		require.NoError(t, app.Pool.ResumeImports(app.Ctx()))
		var view pool.ImportView
		app.As(testkit.ManagerOf("shoes")).Get(path).Must(http.StatusOK).Into(&view)
		require.Equal(t, models.ImportFailed, view.State)
		app.As(testkit.ManagerOf("shoes")).Post(path+"/run", nil).Refused(http.StatusConflict, "import_failed")
	})
}

func TestANewerBookAddsAndReplaces(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		phone := testkit.Phone()
		write(t, app, "tea", upload(app, "tea", "a.csv", []byte("姓名,手机号,最近购买,累计消费,标签,备注\n沈姐,"+phone+",2026-03-01,100,花茶,怕烫\n")))
		again := upload(app, "tea", "b.csv", []byte("姓名,手机号,最近购买,累计消费,标签\n沈阿姨,"+phone+",2026-01-01,180,绿茶\n"))
		require.Equal(t, &models.ImportResult{Updated: 1}, write(t, app, "tea", again).Result)
		line := book(t, app, "tea")[0]
		require.Equal(t, "沈阿姨", line.Name)
		require.Equal(t, "2026-03-01", line.LastPurchase)
		require.EqualValues(t, 18000, line.Spent)
		require.Equal(t, []string{"花茶", "绿茶"}, line.Tags)
		require.Equal(t, "怕烫", line.Note)
	})
}

func TestFilesThatCannotBeImportedAreRefused(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		path := store("/imports", app, "shoes")
		manager := app.As(testkit.ManagerOf("shoes"))
		for _, c := range []struct {
			data   []byte
			status int
			code   string
			zh, en string
		}{
			{nil, 422, "import_empty", "没有顾客", "no customers"},
			{[]byte("\x89PNG\r\n\x1a\n\x00\x00"), 422, "import_file", "不是能读的表格", "no table"},
			{[]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1}, 422, "import_old_excel", ".xls", ".xls"},
			{[]byte("姓名,生日\n沈梅,三月\n"), 422, "import_header", "手机号那一列", "column of phone numbers"},
			{bytes.Repeat([]byte("x"), pool.MaxImport+1), 413, "import_too_large", "8 MB", "8 MB"},
		} {
			require.Contains(t, string(manager.Upload(path, "a.csv", c.data).Refused(c.status, c.code).Body), c.zh)
			require.Contains(t, string(manager.In("en").Upload(path, "a.csv", c.data).Refused(c.status, c.code).Body), c.en)
		}
		manager.Post(path, map[string]any{"file": "no multipart"}).Refused(http.StatusUnprocessableEntity, "import_missing")
		require.Zero(t, countOf(t, app, &models.Import{}, "alliance_id = ?", app.Street.Alliance.ID))
	})
}

func TestABookIsItsStoresAlone(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		imp := upload(app, "shoes", "a.csv", shoeShopsBook(t))
		write(t, app, "shoes", imp)
		shoes := store("", app, "shoes")
		for _, p := range []testkit.Persona{testkit.OwnerOf("tea"), testkit.Shopper, testkit.Coordinator, testkit.OtherOwner, testkit.OtherCoordinator} {
			for _, path := range []string{"/customers", "/imports/" + imp.ID.String(), "/imports/" + imp.ID.String() + "/rows"} {
				r := app.As(p).Get(shoes + path)
				require.Contains(t, []int{http.StatusForbidden, http.StatusNotFound}, r.Status, "%s %s", p, path)
				require.NotContains(t, string(r.Body), "小阎嫂")
			}
		}
		app.As(testkit.ClerkOf("shoes")).Get(shoes+"/imports/"+imp.ID.String()).Refused(http.StatusForbidden, "forbidden")
		tea := store("/imports/"+imp.ID.String(), app, "tea")
		app.As(testkit.ManagerOf("tea")).Get(tea).Refused(http.StatusNotFound, "not_found")
		app.As(testkit.ManagerOf("tea")).Get(tea+"/rows").Refused(http.StatusNotFound, "not_found")
		app.As(testkit.ManagerOf("tea")).Post(tea+"/run", nil).Refused(http.StatusNotFound, "not_found")
		require.Empty(t, customers(app, "tea", "").Items)
	})
}

func TestTheBookIsSearchedByNameTagAndDigits(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		write(t, app, "shoes", upload(app, "shoes", "a.csv", shoeShopsBook(t)))
		require.Equal(t, "小阎嫂", customers(app, "shoes", "?q=170875231").Items[0].Name)
		require.Len(t, customers(app, "shoes", "?q=%E9%98%8E").Items, 5, "阎")
		require.Empty(t, customers(app, "shoes", "?q=%25").Items, "a percent sign is a percent sign")
		require.NotEmpty(t, customers(app, "shoes", "?q=%E5%AE%BD%E8%84%9A").Items, "宽脚")
		seen := map[models.ID]bool{}
		for cursor := ""; ; {
			page := customers(app, "shoes", "?limit=90&cursor="+cursor)
			for _, c := range page.Items {
				seen[c.ID] = true
			}
			if cursor = page.NextCursor; cursor == "" {
				break
			}
		}
		require.Len(t, seen, 400)
		app.As(testkit.ClerkOf("shoes")).Get(store("/customers?cursor=nonsense", app, "shoes")).Refused(http.StatusUnprocessableEntity, "cursor")
	})
}

func TestAPreviewIsDroppedByTheNext(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		first := upload(app, "shoes", "a.csv", shoeShopsBook(t))
		upload(app, "shoes", `C:\Documents\b.csv`, []byte("phone\n"+testkit.Phone()+"\n"))
		app.As(testkit.ManagerOf("shoes")).Get(store("/imports/"+first.ID.String(), app, "shoes")).Refused(http.StatusNotFound, "not_found")
		var left models.Import
		require.NoError(t, app.DB.Read(app.Ctx()).Where("alliance_id = ?", app.Street.Alliance.ID).Take(&left).Error)
		require.Equal(t, "b.csv", left.FileName)
		require.EqualValues(t, 1, countOf(t, app, &models.ImportRow{}, "alliance_id = ?", app.Street.Alliance.ID))
	})
}
