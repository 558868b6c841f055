package traffic

import (
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// How the rollups' rows are written: many at once.
var (
	newHours     = db.Insert{Into: "traffic_hours (alliance_id, day, store_id, hour, visits)", Width: 5, Key: "alliance_id, day, store_id, hour", Update: []string{"visits"}}
	newPresences = db.Insert{Into: "traffic_presences (alliance_id, day, hour, member_id, weekday, visits)", Width: 6}
	newMoves     = db.Insert{Into: "traffic_moves (alliance_id, day, from_id, to_id, member_id, moves)", Width: 6}
	newCrossings = db.Insert{Into: "traffic_crossings (alliance_id, day, issuer_id, redeemer_id, member_id, redemptions)", Width: 6}
	newDays      = db.Insert{Into: "traffic_days (alliance_id, day, store_id, visits, joined, redemptions)", Width: 6}
	newNews      = db.Insert{
		Into:  "traffic_news (id, alliance_id, kind, reference, store_id, other_id, amount, number, title, at)",
		Width: 10, Key: "alliance_id, reference",
	}
)

func insertHours(tx *gorm.DB, rows []models.TrafficHour) error {
	var values []any
	for _, r := range rows {
		values = append(values, r.AllianceID, r.Day, r.StoreID, r.Hour, r.Visits)
	}
	return newHours.Exec(tx, values)
}

func insertPresences(tx *gorm.DB, rows []models.TrafficPresence) error {
	var values []any
	for _, r := range rows {
		values = append(values, r.AllianceID, r.Day, r.Hour, r.MemberID, r.Weekday, r.Visits)
	}
	return newPresences.Exec(tx, values)
}

func insertMoves(tx *gorm.DB, rows []models.TrafficMove) error {
	var values []any
	for _, r := range rows {
		values = append(values, r.AllianceID, r.Day, r.FromID, r.ToID, r.MemberID, r.Moves)
	}
	return newMoves.Exec(tx, values)
}

func insertCrossings(tx *gorm.DB, rows []models.TrafficCrossing) error {
	var values []any
	for _, r := range rows {
		values = append(values, r.AllianceID, r.Day, r.IssuerID, r.RedeemerID, r.MemberID, r.Redemptions)
	}
	return newCrossings.Exec(tx, values)
}

func insertDays(tx *gorm.DB, days map[models.ID]*models.TrafficDay) error {
	var values []any
	for _, r := range days {
		values = append(values, r.AllianceID, r.Day, r.StoreID, r.Visits, r.Joined, r.Redemptions)
	}
	return newDays.Exec(tx, values)
}

// tell puts lines on the ticker, each once.
func tell(tx *gorm.DB, news ...models.TrafficNews) error {
	var values []any
	for _, n := range news {
		values = append(values, models.NewID(), n.AllianceID, n.Kind, n.Reference, n.StoreID, n.OtherID, n.Amount, n.Number, n.Title, n.At)
	}
	return newNews.Exec(tx, values)
}
