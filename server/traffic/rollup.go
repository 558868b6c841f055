package traffic

import (
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// hold keeps everyone else from changing the street's rollups until the transaction ends, and asks what is needed besides:
// nothing that others change in the rollups, for the very first to come finds nothing to hold yet. On SQLite the
// transaction holds them.
func hold(tx *gorm.DB, alliance models.ID, besides ...db.Query) error {
	if tx.Name() == string(db.SQLite) {
		return db.FindAll(tx, besides...)
	}
	var rows []models.TrafficStreet
	lock := db.Query{Of: db.Lock(tx).Where("alliance_id = ?", alliance), Into: &rows}
	if err := db.FindAll(tx, append([]db.Query{lock}, besides...)...); err != nil || len(rows) > 0 {
		return err
	}
	if err := db.OnConflictSkip(tx).Create(&models.TrafficStreet{AllianceID: alliance}).Error; err != nil {
		return err
	}
	return db.FindAll(tx, lock)
}

// standing are the visits of a day that count.
func standing(tx *gorm.DB, d localDay) *gorm.DB {
	return tx.Model(&models.Visit{}).Where("at >= ? AND at < ? AND cancelled_at IS NULL", d.from, d.till)
}

// setMembers sets what the visits of some members on a day come to: presences by hour, and moves.
func setMembers(tx *gorm.DB, d localDay, members []models.ID, visits []models.Visit) error {
	for _, table := range []any{&models.TrafficPresence{}, &models.TrafficMove{}} {
		if err := db.Delete(tx.Where("alliance_id = ? AND day = ? AND member_id IN ?", d.alliance, d.name, members), table); err != nil {
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
	if err := insertPresences(tx, presences); err != nil {
		return err
	}
	return insertMoves(tx, moves)
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
	return setDay(tx, d.alliance, d.name, "joined", map[models.ID]int64{origin: n})
}

// setDay sets one figure of stores' day; a day of zeros does not stand.
func setDay(tx *gorm.DB, alliance models.ID, day, figure string, of map[models.ID]int64) error {
	put := db.Insert{Into: "traffic_days (alliance_id, day, store_id, " + figure + ")", Width: 4, Key: "alliance_id, day, store_id", Update: []string{figure}}
	var values []any
	var none []models.ID
	for store, n := range of {
		if values = append(values, alliance, day, store, n); n == 0 {
			none = append(none, store)
		}
	}
	if err := put.Exec(tx, values); err != nil || len(none) == 0 {
		return err
	}
	return db.Delete(tx.Where("alliance_id = ? AND day = ? AND store_id IN ?", alliance, day, none).
		Where("visits = 0 AND joined = 0 AND redemptions = 0"), &models.TrafficDay{})
}
