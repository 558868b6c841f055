package db

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/testkit/services"
)

// TestTheClaimsOfOldReferralsBecomeRows fills a database as it was before claims had rows of their own, and migrates it.
func TestTheClaimsOfOldReferralsBecomeRows(t *testing.T) {
	for name, url := range map[string]func(*testing.T) string{
		"sqlite": func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "x.db") },
		"mysql":  func(t *testing.T) string { return "mysql:" + services.NewDatabase(t) },
	} {
		t.Run(name, func(t *testing.T) {
			d, err := Open(url(t), Options{Volatile: true})
			require.NoError(t, err)
			t.Cleanup(func() { require.NoError(t, d.Close()) })
			require.NoError(t, d.migrating(func(p *goose.Provider) error {
				_, err := p.UpTo(t.Context(), 13)
				return err
			}))
			old := oldReferrals()
			require.NoError(t, d.Tx(t.Context(), func(tx *gorm.DB) error { return tx.Omit("SettledWhy").Create(&old).Error }))
			require.NoError(t, d.Migrate(t.Context()))
			for _, r := range old {
				var rows []models.ReferralClaim
				require.NoError(t, d.Read(t.Context()).Where("referral_id = ?", r.ID).Order("position").Find(&rows).Error)
				require.Len(t, rows, len(r.Evidence.Claims))
				for i, want := range r.ClaimRows() {
					require.Equal(t, want, rows[i])
				}
			}
			var found int64
			require.NoError(t, d.Read(t.Context()).Model(&models.ReferralClaim{}).Where("at = ?", old[0].Evidence.Claims[1].At).Count(&found).Error)
			require.EqualValues(t, 1, found, "a time is written as the program writes it")
			var void models.Referral
			require.NoError(t, d.Read(t.Context()).Where("id = ?", old[1].ID).Take(&void).Error)
			require.Equal(t, models.SettledLate, void.SettledWhy)
		})
	}
}

// oldReferrals are one with claims of every form, and one that was opened before its news came.
func oldReferrals() []models.Referral {
	now := time.Date(2026, 10, 17, 2, 30, 0, 0, time.UTC)
	shoes, tea, link, inviter := models.NewID(), models.NewID(), models.NewID(), models.NewID()
	row := models.Referral{
		ID: models.NewID(), AllianceID: models.NewID(), MemberID: models.NewID(), StoreID: shoes, State: models.ReferralPending, Amount: 200,
		JoinedAt: now, VestsBy: now.Add(time.Hour), Round: 1, CreatedAt: now,
	}
	row.Evidence = models.Attribute(models.Joining{At: now, Touches: []models.Touch{
		{Kind: models.TouchCounter, Store: shoes, Link: link, At: now},
		{Kind: models.TouchMember, Store: tea, Link: link, Inviter: inviter, At: now.Add(-time.Hour - 1500*time.Microsecond)},
		{Kind: models.TouchImport, Store: tea, At: now.Add(time.Microsecond)},
	}})
	bare := row
	bare.ID, bare.MemberID, bare.State, bare.Evidence = models.NewID(), models.NewID(), models.ReferralVoided, models.Attribution{}
	return []models.Referral{row, bare}
}
