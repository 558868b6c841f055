package pool_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/testkit"
)

// TestTheAuditSeesANumberThatIsMissing spoils one street and mends it again: the tests of the package share a database.
func TestTheAuditSeesANumberThatIsMissing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		finding := func() string {
			report, err := app.Ledger.Audit().Street(app.Ctx(), app.Street.Alliance.ID)
			require.NoError(t, err)
			if report.Finding == nil {
				return ""
			}
			return report.Finding.String()
		}
		spoil := func(model any, id models.ID, column string, value any) {
			require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
				return tx.Model(model).Where("id = ?", id).Update(column, value).Error
			}))
		}
		shopper := app.Street.People[testkit.Shopper].Member
		require.Empty(t, finding())
		spoil(&models.Member{}, shopper.ID, "number", 9)
		require.Contains(t, finding(), "the highest number is 9")
		spoil(&models.Member{}, shopper.ID, "number", 1)
		spoil(&models.Member{}, shopper.ID, "origin_store_id", app.Other.Stores["tea"].ID)
		require.True(t, strings.HasPrefix(finding(), "pool.origins: members row "+shopper.ID.String()))
		spoil(&models.Member{}, shopper.ID, "origin_store_id", shopper.OriginStoreID)
		require.Empty(t, finding())
	})
}
