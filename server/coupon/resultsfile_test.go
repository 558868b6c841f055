package coupon_test

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"onestreet/server/testkit"
)

func TestResultsAsAFileAreWhatTheScreenShows(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(testkit.With(r.tenOff(), body{"title": "=1+1"}))
		r.redeemed("noodles", testkit.Shopper, r.Claimed(testkit.Shopper, c), 6800)
		r.redeemed("tea", testkit.OtherShopper, r.Claimed(testkit.OtherShopper, c), 10000)
		path := "/campaigns/" + c.ID.String() + "/results"
		file := func(p testkit.Persona, path string) []byte { return r.As(p).Get(path).Must(http.StatusOK).Body }

		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(file(testkit.ClerkOf("tea"), r.At("tea", path+".csv"))), "\ufeff"))).ReadAll()
		require.NoError(t, err)
		assert.Equal(t, []string{"店", r.Street.Stores["tea"].Name, "", "", "1", "", "3.00", "90.00"}, rows[1])
		assert.Equal(t, []string{"店", "别家合计", "", "", "1", "", "17.00", ""}, rows[2], "what one other store sold is its own")
		assert.Equal(t, []string{"一共", "一共", "2", "2", "2", "0", "20.00", ""}, rows[3], "nor is it to be had by taking one's own from the total")
		assert.Equal(t, []string{"天（买卖是本店的）", "2026-10-17", "2", "2", "2", "", "20.00", "90.00"}, rows[4])

		book, err := excelize.OpenReader(bytes.NewReader(file(testkit.ClerkOf("tea"), r.At("tea", path+".xlsx"))), excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		require.Equal(t, []string{"各家", "每天"}, book.GetSheetList())
		for sheet, total := range map[string][]string{"各家": {"一共", "2", "2", "2", "0", "20.00"}, "每天": {"一共", "2", "2", "2", "0", "20.00", "90.00"}} {
			lines, err := book.GetRows(sheet)
			require.NoError(t, err)
			assert.Equal(t, "'=1+1", lines[0][0], "a title is no formula")
			assert.Equal(t, total, lines[len(lines)-1])
		}

		fund := string(file(testkit.Coordinator, "/alliance"+path+".csv"))
		assert.Contains(t, fund, "联盟基金,,,0,,0.00,0.00")
		r.As(testkit.ClerkOf("books")).Get(r.At("books", path+".csv")).Refused(http.StatusNotFound, "not_found")
		r.As(testkit.OtherCoordinator).Get("/alliance"+path+".xlsx").Refused(http.StatusNotFound, "not_found")
	})
}
