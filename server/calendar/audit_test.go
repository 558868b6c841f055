package calendar_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/testkit"
)

// TestTheAuditSeesPlacesThatDoNotAddUp spoils one street and mends it again: the tests of the package share a database.
func TestTheAuditSeesPlacesThatDoNotAddUp(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		o := tasting(app, 5).Occurrences[0]
		me := app.Street.People[testkit.Shopper].Member
		app.As(testkit.ClerkOf("tea")).Post(checkIns(app, o), body{"member_id": me.ID}).Must(http.StatusCreated)
		app.As(testkit.OtherShopper).Post(signUps(o), nil).Must(http.StatusCreated)
		finding := func() string {
			report, err := app.Ledger.Audit().Street(app.Ctx(), app.Street.Alliance.ID)
			require.NoError(t, err)
			if report.Finding == nil {
				return ""
			}
			return report.Finding.String()
		}
		spoil := func(model any, where string, id models.ID, column string, value any) {
			require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
				return tx.Model(model).Where(where, id).UpdateColumn(column, value).Error
			}))
		}
		require.Empty(t, finding())
		paying := tasting(app, 5)
		asks(app, paying, body{"fee": "points", "points": 3})
		earns(t, app, testkit.ThirdShopper, 10)
		app.As(testkit.ThirdShopper).Post(signUps(paying.Occurrences[0]), nil).Must(http.StatusCreated)
		require.Empty(t, finding())
		third := app.Street.People[testkit.ThirdShopper].Member.ID
		spoil(&models.SignUp{}, "member_id = ?", third, "paid", 2)
		assert.Contains(t, finding(), "calendar.paid: sign_ups row")
		assert.Contains(t, finding(), "says that 2 points were paid, the ledger has 3")
		spoil(&models.SignUp{}, "member_id = ?", third, "paid", 0)
		assert.Contains(t, finding(), "took 3 points for places, and no sign-up says so")
		spoil(&models.SignUp{}, "member_id = ?", third, "paid", 3)
		require.Empty(t, finding())
		spoil(&models.Occurrence{}, "id = ?", o.ID, "taken", 3)
		assert.Contains(t, finding(), "calendar.places: occurrences row "+o.ID.String())
		assert.Contains(t, finding(), "says that 3 places are taken, has 2 guests")
		spoil(&models.Occurrence{}, "id = ?", o.ID, "taken", 2)
		spoil(&models.Visit{}, "member_id = ?", me.ID, "kind", models.VisitScan)
		assert.Contains(t, finding(), "calendar.check_ins: sign_ups row")
		spoil(&models.Visit{}, "member_id = ?", me.ID, "kind", models.VisitCheckIn)
		app.Time.Set(Sunday)
		d := openDoor(t, app, o, testkit.ClerkOf("tea"), 0)
		require.Equal(t, 1, d.pack.Door.Open)
		spoil(&models.Door{}, "id = ?", d.pack.Door.ID, "room", 0)
		assert.Contains(t, finding(), "says that 1 places are held for offers and doors, which come to 0")
		spoil(&models.Door{}, "id = ?", d.pack.Door.ID, "room", 1)
		require.Empty(t, finding())
	})
}
