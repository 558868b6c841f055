package coupon

import (
	"errors"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
)

// RedemptionFilter narrows a store's list of receipts; zero fields narrow nothing. Days are the street's.
type RedemptionFilter struct {
	From, Until string    // YYYY-MM-DD, both included
	Code        string    // the coupon's own code, as people type it, or its QR text
	Number      int64     // the member's
	By          models.ID // the account of who took it
}

// narrow adds a filter to a query of receipts. A code that no coupon has finds nothing. Error: filter_date.
func (s *Service) narrow(query *gorm.DB, r *gorm.DB, alliance models.ID, f RedemptionFilter) (*gorm.DB, error) {
	for _, day := range []struct{ date, column, at string }{{f.From, "local_date >= ?", "/from"}, {f.Until, "local_date <= ?", "/until"}} {
		if day.date == "" {
			continue
		}
		if _, err := time.Parse(time.DateOnly, day.date); err != nil {
			return nil, ErrFilterDate.At(day.at)
		}
		query = query.Where(day.column, day.date)
	}
	if f.Number > 0 {
		query = query.Where("member_id IN (?)", r.Model(&models.Member{}).Select("id").Where("alliance_id = ? AND number = ?", alliance, f.Number))
	}
	if !f.By.IsZero() {
		query = query.Where("by_account = ?", f.By)
	}
	if f.Code == "" {
		return query, nil
	}
	c, _, err := s.couponOfCode(r, alliance, f.Code)
	if err != nil && !errors.Is(err, models.ErrNotFound) {
		return nil, err
	}
	return query.Where("coupon_id = ?", c.ID[:]), nil
}
