package coupon

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/web"
)

const walletPage = 50

// WalletCounts says how many coupons a member has of each state.
type WalletCounts struct {
	Usable  int64 `json:"usable"`
	Used    int64 `json:"used"`
	Expired int64 `json:"expired"`
	Given   int64 `json:"given" doc:"handed to friends"`
}

// Wallet is one page of a member's coupons of one state.
type Wallet struct {
	Items      []CouponView `json:"items" nullable:"false"`
	NextCursor string       `json:"next_cursor,omitempty" doc:"send it as ?cursor= for the next page; absent at the end"`
	Counts     WalletCounts `json:"counts"`
}

// walletPlace is the last coupon of a page: when it ends (usable, expired) or was used, in microseconds, and its id.
type walletPlace struct {
	At int64     `json:"t"`
	ID models.ID `json:"i"`
}

// shelf is how the coupons of one state are read: usable ones that end first come first, the others newest first.
type shelf struct {
	where  string
	args   []any
	column string
	order  string
	past   string // the comparison that follows a place
}

func shelfOf(state models.CouponState, now time.Time) shelf {
	switch state {
	case models.CouponUsed:
		return shelf{"state = ?", []any{models.CouponUsed}, "used_at", "used_at DESC, id DESC", "<"}
	case models.CouponGiven:
		return shelf{"state = ?", []any{models.CouponGiven}, "valid_until", "valid_until DESC, id DESC", "<"}
	case models.CouponExpired:
		return shelf{"state = ? AND valid_until < ?", []any{models.CouponUsable, now}, "valid_until", "valid_until DESC, id DESC", "<"}
	}
	return shelf{"state = ? AND valid_until >= ?", []any{models.CouponUsable, now}, "valid_until", "valid_until, id", ">"}
}

func (sh shelf) after(tx *gorm.DB, p walletPlace) *gorm.DB {
	if p.ID.IsZero() {
		return tx
	}
	at := time.UnixMicro(p.At).UTC()
	return tx.Where("("+sh.column+" "+sh.past+" ? OR ("+sh.column+" = ? AND id "+sh.past+" ?))", at, at, p.ID)
}

func (sh shelf) place(c models.Coupon) walletPlace {
	at := c.ValidUntil
	if sh.column == "used_at" && c.UsedAt != nil {
		at = *c.UsedAt
	}
	return walletPlace{at.UnixMicro(), c.ID}
}

// Wallet lists a member's coupons of one state (usable, used, expired or given) with the counts of all. Error: cursor.
func (s *Service) Wallet(ctx context.Context, alliance, member models.ID, state models.CouponState, cursor string) (Wallet, error) {
	var place walletPlace
	if err := web.DecodeCursor(cursor, &place); err != nil {
		return Wallet{}, err
	}
	st, err := s.street(ctx, alliance)
	if err != nil {
		return Wallet{}, err
	}
	r, sh := s.DB.Read(ctx), shelfOf(state, st.now)
	var rows []models.Coupon
	err = sh.after(r.Where("alliance_id = ? AND member_id = ?", alliance, member).Where(sh.where, sh.args...), place).
		Order(sh.order).Limit(walletPage + 1).Find(&rows).Error
	if err != nil {
		return Wallet{}, err
	}
	var w Wallet
	if len(rows) > walletPage {
		rows = rows[:walletPage]
		w.NextCursor = web.EncodeCursor(sh.place(rows[walletPage-1]))
	}
	if w.Items, err = s.ownViews(r, st, rows); err != nil {
		return Wallet{}, err
	}
	w.Counts, err = countWallet(r, alliance, member, st.now)
	return w, err
}

func countWallet(r *gorm.DB, alliance, member models.ID, now time.Time) (WalletCounts, error) {
	var rows []struct {
		State models.CouponState
		Past  bool
		N     int64
	}
	err := r.Model(&models.Coupon{}).Select("state, valid_until < ? AS past, COUNT(*) AS n", now).
		Where("alliance_id = ? AND member_id = ?", alliance, member).Group("state, past").Scan(&rows).Error
	var counts WalletCounts
	for _, row := range rows {
		switch {
		case row.State == models.CouponUsed:
			counts.Used += row.N
		case row.State == models.CouponGiven:
			counts.Given += row.N
		case row.State == models.CouponUsable && row.Past:
			counts.Expired += row.N
		case row.State == models.CouponUsable:
			counts.Usable += row.N
		}
	}
	return counts, err
}
