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

// countMembers sets what the visits of some members on a day come to: presences by hour, and moves.
func countMembers(tx *gorm.DB, d localDay, members []models.ID) error {
	var visits []models.Visit
	if err := standing(tx, d).Select("id", "store_id", "member_id", "at").Where("member_id IN ?", members).Find(&visits).Error; err != nil {
		return err
	}
	for _, table := range []any{&models.TrafficPresence{}, &models.TrafficMove{}} {
		if err := tx.Where("alliance_id = ? AND day = ? AND member_id IN ?", d.alliance, d.name, members).Delete(table).Error; err != nil {
			return err
		}
	}
	of := map[models.ID][]models.Visit{}
	for _, v := range visits {
		of[v.MemberID] = append(of[v.MemberID], v)
	}
	var presences []models.TrafficPresence
	var moves []models.TrafficMove
	for member, seen := range of {
		presences, moves = append(presences, d.presences(member, seen)...), append(moves, d.moves(member, seen)...)
	}
	if err := insert(tx, presences); err != nil {
		return err
	}
	return insert(tx, moves)
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

// countHours sets a store's visits in some hours of a day, and the day's. It returns what the day stood at before, and
// stands at now.
func countHours(tx *gorm.DB, d localDay, store models.ID, hours map[int]bool) (before, now int64, err error) {
	var rows []models.TrafficHour
	if err := tx.Where("alliance_id = ? AND day = ? AND store_id = ?", d.alliance, d.name, store).Find(&rows).Error; err != nil {
		return 0, 0, err
	}
	for _, row := range rows {
		before += row.Visits
		if !hours[row.Hour] {
			now += row.Visits
		}
	}
	for hour := range hours {
		n, err := countHour(tx, d, store, hour)
		if err != nil {
			return 0, 0, err
		}
		now += n
	}
	return before, now, setDay(tx, models.TrafficDay{AllianceID: d.alliance, Day: d.name, StoreID: store, Visits: now}, "visits")
}

// countHour sets a store's visits in one hour of a day.
func countHour(tx *gorm.DB, d localDay, store models.ID, hour int) (int64, error) {
	from, till := d.span(hour)
	row := models.TrafficHour{AllianceID: d.alliance, Day: d.name, StoreID: store, Hour: hour}
	err := tx.Model(&models.Visit{}).Where("store_id = ? AND at >= ? AND at < ? AND cancelled_at IS NULL", store, from, till).Count(&row.Visits).Error
	if err != nil {
		return 0, err
	}
	if row.Visits == 0 {
		return 0, tx.Where("alliance_id = ? AND day = ? AND store_id = ? AND hour = ?", d.alliance, d.name, store, hour).Delete(&models.TrafficHour{}).Error
	}
	return row.Visits, tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error
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

// till is a store's day at its till.
type till struct {
	store models.ID
	day   string
}

// countRedemptions sets the figures that redemptions are part of.
func countRedemptions(tx *gorm.DB, alliance models.ID, rows []issued) error {
	members := map[till][]models.ID{}
	for _, r := range rows {
		t := till{r.StoreID, r.LocalDate}
		members[t] = append(members[t], r.MemberID)
	}
	for t, who := range members {
		if err := countTill(tx, alliance, t, who); err != nil {
			return err
		}
	}
	return nil
}

// countTill sets a store's redemptions of a day, and those of some members by whose coupons they were.
func countTill(tx *gorm.DB, alliance models.ID, t till, members []models.ID) error {
	day := func() *gorm.DB {
		return tx.Table("redemptions AS r").Where("r.alliance_id = ? AND r.local_date = ? AND r.store_id = ? AND r.state = ?", alliance, t.day, t.store, models.RedemptionStands)
	}
	var n int64
	if err := day().Count(&n).Error; err != nil {
		return err
	}
	if err := setDay(tx, models.TrafficDay{AllianceID: alliance, Day: t.day, StoreID: t.store, Redemptions: n}, "redemptions"); err != nil {
		return err
	}
	var crossings []models.TrafficCrossing
	err := day().Joins("JOIN campaigns AS c ON c.id = r.campaign_id").Where("r.member_id IN ?", members).
		Select("c.store_id AS issuer_id, r.member_id, COUNT(*) AS redemptions").Group("c.store_id, r.member_id").Scan(&crossings).Error
	if err != nil {
		return err
	}
	for i := range crossings {
		crossings[i].AllianceID, crossings[i].Day, crossings[i].RedeemerID = alliance, t.day, t.store
	}
	err = tx.Where("alliance_id = ? AND day = ? AND redeemer_id = ? AND member_id IN ?", alliance, t.day, t.store, members).Delete(&models.TrafficCrossing{}).Error
	if err != nil {
		return err
	}
	return insert(tx, crossings)
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
