package coupon

import (
	"errors"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// The count of a campaign's redemptions against its stock. It is kept from the first allotment on (models.CampaignStock):
// before, a coupon is one piece of the stock and there is nothing else to count. Whoever counts holds the ledger's lock.

// capacity is how many redemptions all coupons of a campaign allow together, those given out and those that still can be,
// each with all its uses. What is held back counts as if it could be: what is free for a till must not say how much it is.
func capacity(c models.Campaign) int64 { return (c.Remaining + c.Out() + c.Printed) * c.Uses() }

// SetAside takes n redemptions of a campaign out of what is free, for a till that may lose its network; a negative n
// gives them back. It returns what is free after that. Error: nothing_free.
func (s *Service) SetAside(tx *gorm.DB, campaign models.ID, n int64) (free int64, err error) {
	c, err := db.Find[models.Campaign](tx, "id = ?", campaign)
	if err != nil {
		return 0, err
	}
	if err := openStock(tx, c); err != nil {
		return 0, err
	}
	if err := move(tx, c, n); err != nil {
		return 0, err
	}
	stock, err := db.Find[models.CampaignStock](tx, "campaign_id = ?", c.ID)
	stock.Capacity = capacity(c)
	return stock.Free(), err
}

// move is one conditional update; the database's CHECK stands behind it.
func move(tx *gorm.DB, c models.Campaign, n int64) error {
	to := tx.Model(&models.CampaignStock{}).Where("campaign_id = ?", c.ID)
	var moved *gorm.DB
	switch {
	case n == 0:
		return nil
	case n > 0:
		moved = to.Where("redeemed + allotted + ? <= ?", n, capacity(c)).Updates(map[string]any{"capacity": capacity(c), "allotted": gorm.Expr("allotted + ?", n)})
	default:
		moved = to.Where("allotted >= ?", -n).Update("allotted", gorm.Expr("allotted - ?", -n))
	}
	if moved.Error == nil && moved.RowsAffected == 0 {
		return ErrNothingFree
	}
	return moved.Error
}

// openStock begins to count a campaign's redemptions.
func openStock(tx *gorm.DB, c models.Campaign) error {
	_, err := db.Find[models.CampaignStock](tx, "campaign_id = ?", c.ID)
	if !errors.Is(err, models.ErrNotFound) {
		return err
	}
	stock := models.CampaignStock{CampaignID: c.ID, AllianceID: c.AllianceID, Capacity: capacity(c)}
	err = tx.Model(&models.Redemption{}).Where("campaign_id = ? AND state = ?", c.ID, models.RedemptionStands).Count(&stock.Redeemed).Error
	if err != nil {
		return err
	}
	return db.OnConflictSkip(tx).Create(&stock).Error
}

// stockKey names a campaign's count where a batch reads it once: whether there is one does not change under the ledger's lock.
type stockKey models.ID

// askStocks asks for what countIn would read of campaigns.
func askStocks(tx *gorm.DB, campaigns []models.ID) db.Query {
	var rows []models.CampaignStock
	return db.Query{Of: tx.Where("campaign_id IN ?", campaigns), Into: &rows, Then: func() {
		of := map[models.ID][]models.CampaignStock{}
		for _, stock := range rows {
			of[stock.CampaignID] = append(of[stock.CampaignID], stock)
		}
		for _, id := range campaigns {
			db.Know(tx.Statement.Context, stockKey(id), of[id])
		}
	}}
}

// countIn counts n redemptions: out of what is free, or out of what was set aside. A stock that was made smaller meanwhile
// does not take back what tills were promised before. Error: set_aside.
func countIn(tx *gorm.DB, c models.Campaign, n int64, allotted bool) error {
	stocks, err := db.Once(tx.Statement.Context, stockKey(c.ID), func() (stocks []models.CampaignStock, err error) {
		return stocks, tx.Where("campaign_id = ?", c.ID).Find(&stocks).Error
	})
	if err != nil || len(stocks) == 0 {
		return err
	}
	stock := stocks[0]
	most := max(capacity(c), stock.Capacity)
	taken, fits := int64(0), "redeemed + allotted + ? <= ?"
	if allotted {
		taken, fits = n, "allotted >= ? AND redeemed + allotted <= ?"
	}
	return db.Counted(tx, func(counted int64) error {
		if counted == 0 {
			return ErrSetAside
		}
		return nil
	}, "UPDATE campaign_stocks SET capacity = ?, redeemed = redeemed + ?, allotted = allotted - ? WHERE campaign_id = ? AND "+fits,
		most, n, taken, stock.CampaignID, n, most)
}

// countOut takes a reversed redemption out of the count.
func countOut(tx *gorm.DB, campaign models.ID) error {
	return tx.Model(&models.CampaignStock{}).Where("campaign_id = ?", campaign).Update("redeemed", gorm.Expr("redeemed - 1")).Error
}

// setAside says before a till takes a bill that what is left is set aside for others.
func setAside(r *gorm.DB, c models.Campaign) error {
	stock, err := db.Find[models.CampaignStock](r, "campaign_id = ?", c.ID)
	if errors.Is(err, models.ErrNotFound) {
		return nil
	}
	if stock.Capacity = max(stock.Capacity, capacity(c)); err == nil && stock.Free() <= 0 {
		return ErrSetAside
	}
	return err
}
