package traffic

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
)

const newsKept = 30 * 24 * time.Hour

// Rebuild computes every day of a street's rollups anew from visits, members and redemptions, a transaction a day. It may
// run while the street is open. Error: not_found.
func (s *Service) Rebuild(ctx context.Context, alliance models.ID) error {
	street, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return err
	}
	first, err := s.firstDay(ctx, street)
	if err != nil {
		return err
	}
	for d := dayOf(street, first); !d.from.After(s.Clock.Now()); d = d.plus(1) {
		if err := s.rebuildDay(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

// Renew computes yesterday and today of every street anew and forgets old news: what a night does.
func (s *Service) Renew(ctx context.Context) error {
	var streets []models.Alliance
	if err := s.DB.Read(ctx).Find(&streets).Error; err != nil {
		return err
	}
	for _, street := range streets {
		today := dayOf(street, s.Clock.Now())
		for _, d := range []localDay{today.plus(-1), today} {
			if err := s.rebuildDay(ctx, d); err != nil {
				return err
			}
		}
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Where("at < ?", s.Clock.Now().Add(-newsKept)).Delete(&models.TrafficNews{}).Error
	})
}

// firstDay is when anything of a street happened first: a rollup, a visit, a joining or a redemption.
func (s *Service) firstDay(ctx context.Context, street models.Alliance) (time.Time, error) {
	first := s.Clock.Now()
	for table, column := range map[string]string{"visits": "at", "members": "joined_at", "redemptions": "at"} {
		var rows []struct{ At time.Time }
		err := s.DB.Read(ctx).Table(table).Select(column+" AS at").Where("alliance_id = ?", street.ID).Order(column).Limit(1).Scan(&rows).Error
		if err != nil {
			return first, err
		}
		if len(rows) > 0 && rows[0].At.Before(first) {
			first = rows[0].At
		}
	}
	var days []models.TrafficDay
	err := s.DB.Read(ctx).Where("alliance_id = ?", street.ID).Order("day").Limit(1).Find(&days).Error
	if err != nil || len(days) == 0 {
		return first, err
	}
	if noted, err := time.ParseInLocation(time.DateOnly, days[0].Day, street.Location()); err == nil && noted.Before(first) {
		first = noted
	}
	return first, nil
}

func (s *Service) rebuildDay(ctx context.Context, d localDay) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if err := hold(tx, d.alliance); err != nil {
			return err
		}
		for _, table := range []any{&models.TrafficDay{}, &models.TrafficHour{}, &models.TrafficPresence{}, &models.TrafficMove{}, &models.TrafficCrossing{}} {
			if err := tx.Where("alliance_id = ? AND day = ?", d.alliance, d.name).Delete(table).Error; err != nil {
				return err
			}
		}
		days := map[models.ID]*models.TrafficDay{}
		for _, count := range []func(*gorm.DB, localDay, map[models.ID]*models.TrafficDay) error{dayVisits, dayJoined, dayRedemptions} {
			if err := count(tx, d, days); err != nil {
				return err
			}
		}
		return insertDays(tx, days)
	})
}

func storeDay(days map[models.ID]*models.TrafficDay, d localDay, store models.ID) *models.TrafficDay {
	if days[store] == nil {
		days[store] = &models.TrafficDay{AllianceID: d.alliance, Day: d.name, StoreID: store}
	}
	return days[store]
}

func dayVisits(tx *gorm.DB, d localDay, days map[models.ID]*models.TrafficDay) error {
	var visits []models.Visit
	err := standing(tx, d).Select("id", "store_id", "member_id", "at").Where("alliance_id = ?", d.alliance).Find(&visits).Error
	if err != nil {
		return err
	}
	byStore, byMember := map[models.ID][]models.Visit{}, map[models.ID][]models.Visit{}
	for _, v := range visits {
		byStore[v.StoreID], byMember[v.MemberID] = append(byStore[v.StoreID], v), append(byMember[v.MemberID], v)
		storeDay(days, d, v.StoreID).Visits++
	}
	var hours []models.TrafficHour
	for store, seen := range byStore {
		hours = append(hours, d.hours(store, seen)...)
	}
	var presences []models.TrafficPresence
	var moves []models.TrafficMove
	for member, seen := range byMember {
		presences, moves = append(presences, d.presences(member, seen)...), append(moves, d.moves(member, seen)...)
	}
	if err := insertHours(tx, hours); err != nil {
		return err
	}
	if err := insertPresences(tx, presences); err != nil {
		return err
	}
	return insertMoves(tx, moves)
}

func dayJoined(tx *gorm.DB, d localDay, days map[models.ID]*models.TrafficDay) error {
	var members []models.Member
	err := tx.Select("origin_store_id").Where("alliance_id = ? AND joined_at >= ? AND joined_at < ?", d.alliance, d.from, d.till).Find(&members).Error
	for _, m := range members {
		origin := m.OriginStoreID
		if origin.IsZero() {
			origin = d.alliance
		}
		storeDay(days, d, origin).Joined++
	}
	return err
}

func dayRedemptions(tx *gorm.DB, d localDay, days map[models.ID]*models.TrafficDay) error {
	var rows []models.TrafficCrossing
	err := tx.Table("redemptions AS r").Joins("JOIN campaigns AS c ON c.id = r.campaign_id").
		Select("c.store_id AS issuer_id, r.store_id AS redeemer_id, r.member_id, COUNT(*) AS redemptions").
		Where("r.alliance_id = ? AND r.local_date = ? AND r.state = ?", d.alliance, d.name, models.RedemptionStands).
		Group("c.store_id, r.store_id, r.member_id").Scan(&rows).Error
	for i := range rows {
		rows[i].AllianceID, rows[i].Day = d.alliance, d.name
		storeDay(days, d, rows[i].RedeemerID).Redemptions += rows[i].Redemptions
	}
	if err != nil {
		return err
	}
	return insertCrossings(tx, rows)
}
