package referral

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
)

// doubt is a question whose every answer is a row that does not hold.
type doubt struct {
	table, problem string
	ask            func(r *gorm.DB) *gorm.DB // names the rows r
}

// openOf are the open objections of the referral r.
const openOf = "SELECT 1 FROM objections o WHERE o.referral_id = r.id AND o.state = 'open'"

// doubts are what may be wrong with objections, and with who has the credit because of them.
var doubts = []doubt{
	{"referrals", "is objected to, but no objection is open", func(r *gorm.DB) *gorm.DB {
		return r.Table("referrals r").Where("r.state = ? AND NOT EXISTS ("+openOf+")", models.ReferralObjected)
	}},
	{"referrals", "is not objected to, but an objection is open", func(r *gorm.DB) *gorm.DB {
		return r.Table("referrals r").Where("r.state <> ? AND EXISTS ("+openOf+")", models.ReferralObjected)
	}},
	{"referrals", "says another origin store than the member", func(r *gorm.DB) *gorm.DB {
		return r.Table("referrals r").Joins("JOIN members m ON m.id = r.member_id").Where("m.origin_store_id IS NULL OR m.origin_store_id <> r.store_id")
	}},
	{"objections", "is closed without a word of when", func(r *gorm.DB) *gorm.DB {
		return r.Table("objections r").Where("r.state <> 'open' AND r.decided_at IS NULL")
	}},
	{"objections", "is decided, but not for the one whom its state says", func(r *gorm.DB) *gorm.DB {
		return r.Table("objections r").Where("r.state IN ('upheld', 'rejected') AND (r.decided_for IS NULL OR (r.state = 'upheld') <> (r.decided_for = r.store_id))")
	}},
	{"objections", "was decided before the answer, or its seven days", func(r *gorm.DB) *gorm.DB {
		return r.Table("objections r").Where("r.state IN ('upheld', 'rejected') AND r.decided_at < r.answer_by AND (r.answered_at IS NULL OR r.answered_at > r.decided_at)")
	}},
	{"ledger_transfers", "holds a credit for another store than the referral says", func(r *gorm.DB) *gorm.DB {
		return r.Table("referrals AS r0").
			Joins("JOIN ledger_transfers r ON r.referral_id = r0.id AND r.kind = ? AND r.step = 'pending'", models.KindReferral).
			Joins("JOIN ledger_accounts a ON a.id = r.credit_id").
			Where("r0.state IN ('pending', 'objected') AND a.owner_id <> r0.store_id AND NOT EXISTS (SELECT 1 FROM ledger_transfers f WHERE f.settles_id = r.id)")
	}},
}

// checkObjections compares the objections with the referrals, these with the pool and with whom the ledger holds the
// credits for.
func checkObjections(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	for _, d := range doubts {
		var wrong []models.ID
		if err := d.ask(r).Select("r.id").Where("r.alliance_id = ?", alliance).Order("r.id").Limit(1).Scan(&wrong).Error; err != nil {
			return nil, err
		}
		if len(wrong) > 0 {
			return &ledger.Finding{Alliance: alliance, Table: d.table, Row: wrong[0].String(), Problem: d.problem}, nil
		}
	}
	return nil, nil
}
