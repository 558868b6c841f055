package press_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/testkit"
)

// TestTheAuditSeesAPartThatIsMissing spoils one series and mends it again: the tests of the package share a database.
func TestTheAuditSeesAPartThatIsMissing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := lessons(t, app)
		tell(app, s, "葱油面").Must(http.StatusCreated)
		tell(app, s, "红烧肉").Must(http.StatusCreated)
		finding := func() string {
			report, err := app.Ledger.Audit().Street(app.Ctx(), app.Street.Alliance.ID)
			require.NoError(t, err)
			if report.Finding == nil {
				return ""
			}
			return report.Finding.String()
		}
		renumber := func(from, to int64) {
			require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
				return tx.Model(&models.TalkPart{}).Where("series_id = ? AND number = ?", s.ID, from).UpdateColumn("number", to).Error
			}))
		}
		require.Empty(t, finding())
		renumber(2, 7)
		require.Contains(t, finding(), "press.series: talk_series row "+s.ID.String())
		require.Contains(t, finding(), "says that it has 2 parts, has 2, the last of them number 7")
		renumber(7, 2)
		require.Empty(t, finding())
	})
}
