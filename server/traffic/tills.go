package traffic

import (
	"maps"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// issued is a redemption and who issued its coupon.
type issued struct {
	models.Redemption
	Issuer models.ID
	Title  string
}

// askIssued asks for redemptions with their campaigns, by id.
func askIssued(tx *gorm.DB, alliance models.ID, ids []models.ID, into map[models.ID]issued) db.Query {
	var rows []issued
	of := tx.Table("redemptions AS r").Joins("JOIN campaigns AS c ON c.id = r.campaign_id").
		Select("r.id, r.store_id, r.member_id, r.local_date, r.off, c.store_id AS issuer, c.title").
		Where("r.id IN ? AND +r.alliance_id = ?", ids, alliance)
	return db.Query{Of: of, Into: &rows, Then: func() {
		for _, r := range rows {
			into[r.ID] = r
		}
	}}
}

// tills are redemptions of a day, by what is counted anew because of them: their stores' days, and whose coupons their
// members used there.
type tills struct {
	alliance  models.ID
	day       string
	stores    map[models.ID]int64
	members   []models.ID
	crossings []models.TrafficCrossing
}

// countRedemptions sets the figures that redemptions are part of.
func countRedemptions(tx *gorm.DB, alliance models.ID, rows map[models.ID]issued) error {
	days := map[string]*tills{}
	for _, r := range rows {
		of := days[r.LocalDate]
		if of == nil {
			of = &tills{alliance: alliance, day: r.LocalDate, stores: map[models.ID]int64{}}
			days[r.LocalDate] = of
		}
		of.stores[r.StoreID], of.members = 0, append(of.members, r.MemberID)
	}
	var queries []db.Query
	for _, of := range days {
		queries = append(queries, of.askCounts(tx), of.askCrossings(tx))
	}
	err := db.FindAll(tx, queries...)
	for _, of := range days {
		if err == nil {
			err = of.set(tx)
		}
	}
	return err
}

func (of *tills) standing(tx *gorm.DB) *gorm.DB {
	return tx.Table("redemptions AS r").Where("r.alliance_id = ? AND r.local_date = ? AND r.store_id IN ? AND r.state = ?",
		of.alliance, of.day, slices.Collect(maps.Keys(of.stores)), models.RedemptionStands)
}

// storeCount is a figure of a store.
type storeCount struct {
	StoreID models.ID
	N       int64
}

func (of *tills) askCounts(tx *gorm.DB) db.Query {
	var rows []storeCount
	return db.Query{Of: of.standing(tx).Select("r.store_id, COUNT(*) AS n").Group("r.store_id"), Into: &rows, Then: func() {
		for _, row := range rows {
			of.stores[row.StoreID] = row.N
		}
	}}
}

func (of *tills) askCrossings(tx *gorm.DB) db.Query {
	return db.Query{Of: of.standing(tx).Joins("JOIN campaigns AS c ON c.id = r.campaign_id").Where("r.member_id IN ?", of.members).
		Select("c.store_id AS issuer_id, r.store_id AS redeemer_id, r.member_id, COUNT(*) AS redemptions").
		Group("c.store_id, r.store_id, r.member_id"), Into: &of.crossings}
}

func (of *tills) set(tx *gorm.DB) error {
	if err := setDay(tx, of.alliance, of.day, "redemptions", of.stores); err != nil {
		return err
	}
	before := tx.Where("alliance_id = ? AND day = ? AND redeemer_id IN ? AND member_id IN ?", of.alliance, of.day, slices.Collect(maps.Keys(of.stores)), of.members)
	if err := db.Delete(before, &models.TrafficCrossing{}); err != nil {
		return err
	}
	for i := range of.crossings {
		of.crossings[i].AllianceID, of.crossings[i].Day = of.alliance, of.day
	}
	return insertCrossings(tx, of.crossings)
}
