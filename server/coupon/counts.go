package coupon

import (
	"errors"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// counter names one row that a limit counts in, and how the books count the same.
type counter struct {
	campaign models.Campaign
	kind     models.CountKind
	bucket   string
	books    func(tx *gorm.DB) *gorm.DB // the rows that it counts
}

func dayCounter(c models.Campaign, now time.Time, zone *time.Location) counter {
	local := now.In(zone)
	from := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, zone)
	until := time.Date(local.Year(), local.Month(), local.Day()+1, 0, 0, 0, 0, zone)
	return counter{c, models.CountDay, models.Day(now, zone), func(tx *gorm.DB) *gorm.DB {
		return tx.Model(&models.Coupon{}).
			Where("campaign_id = ? AND claimed_at >= ? AND claimed_at < ? AND state <> ?", c.ID, from.UTC(), until.UTC(), models.CouponGiven)
	}}
}

func householdCounter(c models.Campaign, household models.ID) counter {
	return counter{c, models.CountHousehold, household.String(), func(tx *gorm.DB) *gorm.DB {
		return tx.Model(&models.Coupon{}).Where("campaign_id = ? AND household_id = ?", c.ID, household)
	}}
}

func storeCounter(c models.Campaign, store models.ID) counter {
	return counter{c, models.CountStore, store.String(), func(tx *gorm.DB) *gorm.DB {
		return tx.Model(&models.Redemption{}).Where("campaign_id = ? AND store_id = ? AND state = ?", c.ID, store, models.RedemptionStands)
	}}
}

func storeDayCounter(c models.Campaign, store models.ID, day string) counter {
	return counter{c, models.CountStoreDay, models.StoreDay(store, day), func(tx *gorm.DB) *gorm.DB {
		return tx.Model(&models.Redemption{}).
			Where("campaign_id = ? AND store_id = ? AND local_date = ? AND state = ?", c.ID, store, day, models.RedemptionStands)
	}}
}

func (k counter) row(tx *gorm.DB) *gorm.DB {
	return tx.Model(&models.CampaignCount{}).Where("campaign_id = ? AND kind = ? AND bucket = ?", k.campaign.ID, k.kind, k.bucket)
}

// take counts n more, if that keeps within most. full is true when it does not. The first who needs a counter makes it, by
// counting the books; whoever takes holds what the books are made under: the campaign's row for coupons, the ledger's head
// for redemptions.
func (k counter) take(tx *gorm.DB, n, most int64) (full bool, err error) {
	took, err := k.add(tx, n, most)
	if err != nil || took {
		return false, err
	}
	if _, found, err := k.read(tx); found || err != nil {
		return true, err
	}
	if err := k.begin(tx); err != nil {
		return false, err
	}
	took, err = k.add(tx, n, most)
	return !took, err
}

func (k counter) add(tx *gorm.DB, n, most int64) (bool, error) {
	done := k.row(tx).Where("n + ? <= ?", n, most).Update("n", gorm.Expr("n + ?", n))
	return done.RowsAffected > 0, done.Error
}

// begin makes the row from the books; of two who do, one row stays.
func (k counter) begin(tx *gorm.DB) error {
	n, err := k.counted(tx)
	if err != nil {
		return err
	}
	return db.OnConflictSkip(tx).Create(&models.CampaignCount{
		CampaignID: k.campaign.ID, Kind: k.kind, Bucket: k.bucket, AllianceID: k.campaign.AllianceID, N: n,
	}).Error
}

func (k counter) counted(tx *gorm.DB) (n int64, err error) {
	if err = k.books(tx).Count(&n).Error; err != nil || k.kind != models.CountDay {
		return n, err
	}
	var veiled int64
	err = tx.Model(&models.CampaignVeil{}).Select("COALESCE(SUM(n), 0)").Where("campaign_id = ? AND day = ?", k.campaign.ID, k.bucket).Scan(&veiled).Error
	return n + veiled, err
}

func (k counter) read(tx *gorm.DB) (n int64, found bool, err error) {
	row, err := db.Find[models.CampaignCount](tx, "campaign_id = ? AND kind = ? AND bucket = ?", k.campaign.ID, k.kind, k.bucket)
	if errors.Is(err, models.ErrNotFound) {
		return 0, false, nil
	}
	return row.N, err == nil, err
}

// now is what the counter stands at, or would if it were there.
func (k counter) now(tx *gorm.DB) (int64, error) {
	if n, found, err := k.read(tx); found || err != nil {
		return n, err
	}
	return k.counted(tx)
}

// giveBack counts n less, where the counter is there.
func (k counter) giveBack(tx *gorm.DB, n int64) error {
	return k.row(tx).Where("n >= ?", n).Update("n", gorm.Expr("n - ?", n)).Error
}
