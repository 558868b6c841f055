package traffic

import (
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// hold keeps everyone else from changing the street's rollups until the transaction ends. On SQLite the transaction does.
func hold(tx *gorm.DB, alliance models.ID) error {
	if tx.Name() == "sqlite" {
		return nil
	}
	var row models.TrafficStreet
	find := func() error { return db.Lock(tx).Where("alliance_id = ?", alliance).Take(&row).Error }
	err := find()
	if !db.IsNotFound(err) {
		return err
	}
	if err := db.OnConflictSkip(tx).Create(&models.TrafficStreet{AllianceID: alliance}).Error; err != nil {
		return err
	}
	return find()
}

// standing are the visits of a day that count.
func standing(tx *gorm.DB, d localDay) *gorm.DB {
	return tx.Model(&models.Visit{}).Where("at >= ? AND at < ? AND cancelled_at IS NULL", d.from, d.till)
}

// countMember sets what a member's visits of a day come to: presences by hour, and moves.
func countMember(tx *gorm.DB, d localDay, member models.ID) error {
	var visits []models.Visit
	if err := standing(tx, d).Select("id", "store_id", "at").Where("member_id = ?", member).Find(&visits).Error; err != nil {
		return err
	}
	for _, table := range []any{&models.TrafficPresence{}, &models.TrafficMove{}} {
		if err := tx.Where("alliance_id = ? AND day = ? AND member_id = ?", d.alliance, d.name, member).Delete(table).Error; err != nil {
			return err
		}
	}
	if err := insert(tx, d.presences(member, visits)); err != nil {
		return err
	}
	return insert(tx, d.moves(member, visits))
}

func (d localDay) presences(member models.ID, visits []models.Visit) []models.TrafficPresence {
	byHour := map[int]int64{}
	for _, v := range visits {
		byHour[d.hour(v.At)]++
	}
	rows := make([]models.TrafficPresence, 0, len(byHour))
	for hour, n := range byHour {
		rows = append(rows, models.TrafficPresence{AllianceID: d.alliance, Day: d.name, Hour: hour, MemberID: member, Weekday: int(d.weekday()), Visits: n})
	}
	return rows
}

func (d localDay) moves(member models.ID, visits []models.Visit) []models.TrafficMove {
	var rows []models.TrafficMove
	for m, n := range models.Moves(visits) {
		rows = append(rows, models.TrafficMove{AllianceID: d.alliance, Day: d.name, FromID: m.From, ToID: m.To, MemberID: member, Moves: n})
	}
	return rows
}

// countStore sets a store's visits of a day and by hour, and returns the day's.
func countStore(tx *gorm.DB, d localDay, store models.ID) (int64, error) {
	var visits []models.Visit
	if err := standing(tx, d).Select("at").Where("store_id = ?", store).Find(&visits).Error; err != nil {
		return 0, err
	}
	err := tx.Where("alliance_id = ? AND day = ? AND store_id = ?", d.alliance, d.name, store).Delete(&models.TrafficHour{}).Error
	if err != nil {
		return 0, err
	}
	if err := insert(tx, d.hours(store, visits)); err != nil {
		return 0, err
	}
	total := int64(len(visits))
	return total, setDay(tx, models.TrafficDay{AllianceID: d.alliance, Day: d.name, StoreID: store, Visits: total}, "visits")
}

func (d localDay) hours(store models.ID, visits []models.Visit) []models.TrafficHour {
	byHour := map[int]int64{}
	for _, v := range visits {
		byHour[d.hour(v.At)]++
	}
	rows := make([]models.TrafficHour, 0, len(byHour))
	for hour, n := range byHour {
		rows = append(rows, models.TrafficHour{AllianceID: d.alliance, Day: d.name, StoreID: store, Hour: hour, Visits: n})
	}
	return rows
}

// countJoined sets how many members a store brought in on a day; the alliance's own id stands for no store.
func countJoined(tx *gorm.DB, d localDay, origin models.ID) error {
	q := tx.Model(&models.Member{}).Where("alliance_id = ? AND joined_at >= ? AND joined_at < ?", d.alliance, d.from, d.till)
	if origin.IsZero() || origin == d.alliance {
		origin, q = d.alliance, q.Where("origin_store_id IS NULL")
	} else {
		q = q.Where("origin_store_id = ?", origin)
	}
	var n int64
	if err := q.Count(&n).Error; err != nil {
		return err
	}
	return setDay(tx, models.TrafficDay{AllianceID: d.alliance, Day: d.name, StoreID: origin, Joined: n}, "joined")
}

// countRedemption sets the figures that a redemption is part of.
func countRedemption(tx *gorm.DB, alliance models.ID, r models.Redemption, issuer models.ID) error {
	day := func() *gorm.DB {
		return tx.Table("redemptions AS r").Where("r.alliance_id = ? AND r.local_date = ? AND r.store_id = ? AND r.state = ?", alliance, r.LocalDate, r.StoreID, models.RedemptionStands)
	}
	var n, crossed int64
	if err := day().Count(&n).Error; err != nil {
		return err
	}
	if err := setDay(tx, models.TrafficDay{AllianceID: alliance, Day: r.LocalDate, StoreID: r.StoreID, Redemptions: n}, "redemptions"); err != nil {
		return err
	}
	err := day().Joins("JOIN campaigns AS c ON c.id = r.campaign_id").Where("r.member_id = ? AND c.store_id = ?", r.MemberID, issuer).Count(&crossed).Error
	if err != nil {
		return err
	}
	row := models.TrafficCrossing{AllianceID: alliance, Day: r.LocalDate, IssuerID: issuer, RedeemerID: r.StoreID, MemberID: r.MemberID, Redemptions: crossed}
	if err := tx.Delete(&row).Error; err != nil || crossed == 0 {
		return err
	}
	return tx.Create(&row).Error
}

// setDay sets one figure of a store's day; a day of zeros does not stand.
func setDay(tx *gorm.DB, row models.TrafficDay, figure string) error {
	err := tx.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "alliance_id"}, {Name: "day"}, {Name: "store_id"}},
		DoUpdates: clause.AssignmentColumns([]string{figure}),
	}).Create(&row).Error
	if err != nil || row.Visits+row.Joined+row.Redemptions > 0 {
		return err
	}
	return tx.Where("alliance_id = ? AND day = ? AND store_id = ?", row.AllianceID, row.Day, row.StoreID).
		Where("visits = 0 AND joined = 0 AND redemptions = 0").Delete(&models.TrafficDay{}).Error
}

func insert[T any](tx *gorm.DB, rows []T) error {
	if len(rows) == 0 {
		return nil
	}
	return tx.CreateInBatches(rows, 200).Error
}
