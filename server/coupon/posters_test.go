package coupon_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/identity"
	"onestreet/server/testkit"
)

// Who opens a page in a crowd shares what is read for it, and is told their own.
func TestACrowdBeforeAPageIsToldEachTheirOwn(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c, secret := r.live(testkit.With(r.tenOff(), body{"per_member": 3})), r.draft(r.tenOff())
		people := r.Join(60, "tea")
		for i, p := range people {
			for range i % 3 {
				_, err := r.Coupon.Claim(r.Ctx(), r.Street.Alliance.ID, c.ID, p.Member.ID)
				require.NoError(t, err)
			}
		}
		issuer := identity.Principal{AllianceID: r.Street.Alliance.ID, Staff: map[models.ID]models.Role{r.Street.Stores["shoes"].ID: models.RoleOwner}}
		seen := make([]coupon.CampaignView, 240)
		errs := testkit.Crowd(len(seen), func(i int) (err error) {
			reader := identity.Principal{AllianceID: r.Street.Alliance.ID, MemberID: people[i/4].Member.ID}
			switch i % 4 {
			case 0:
				seen[i], err = r.Coupon.One(r.Ctx(), &reader, c.ID)
			case 1:
				seen[i], err = r.Coupon.One(r.Ctx(), &issuer, secret.ID)
			case 2:
				_, err = r.Coupon.One(r.Ctx(), &reader, secret.ID)
			case 3:
				reader.AllianceID = models.NewID()
				_, err = r.Coupon.One(r.Ctx(), &reader, c.ID)
			}
			return err
		})
		for i, v := range seen {
			switch i % 4 {
			case 0:
				require.NoError(t, errs[i])
				assert.EqualValues(t, i/4%3, *v.Mine)
				assert.Empty(t, v.Shares, "no part in it")
			case 1:
				require.NoError(t, errs[i])
				assert.Len(t, v.Shares, 3, "the issuer beside those who may not see it")
			default:
				assert.ErrorIs(t, errs[i], models.ErrNotFound, "a draft, and another street's")
			}
		}
	})
}

// However often and from however many phones they look, each member counts once, and none is lost.
func TestACrowdThatLooksCountsEachOnce(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(r.alone(nil))
		people := r.Join(100, "tea")
		errs := testkit.Crowd(300, func(i int) error {
			reader := identity.Principal{AllianceID: r.Street.Alliance.ID, MemberID: people[i/3].Member.ID}
			return r.Coupon.See(r.Ctx(), &reader, c.ID)
		})
		for _, err := range errs {
			require.NoError(t, err)
		}
		var seen []models.CampaignSeen
		require.NoError(t, r.DB.Read(r.Ctx()).Where("campaign_id = ?", c.ID).Find(&seen).Error)
		assert.Len(t, seen, 100)
		assert.ErrorIs(t, r.Coupon.See(r.Ctx(), &identity.Principal{AllianceID: models.NewID(), MemberID: people[0].Member.ID}, c.ID), models.ErrNotFound)
	})
}
