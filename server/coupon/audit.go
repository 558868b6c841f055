package coupon

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
)

// auditPage is how many redemptions the audit holds against the ledger at once.
const auditPage = 300

// audit registers what must always hold of coupons.
func (s *Service) audit() {
	s.Ledger.Checks.Add("coupon.stock", auditStock, "campaigns", "campaign_shares", "coupons")
	s.Ledger.Checks.Add("coupon.once", auditOnce, "campaigns", "coupons", "redemptions")
	s.Ledger.Checks.Add("coupon.shares", auditShares, "redemptions", "redemption_shares")
	s.auditLimits()
	s.Ledger.Checks.Add("coupon.voids", auditVoids, "coupon_voids", "coupons")
	s.Ledger.Checks.Add("coupon.set_aside", auditStocks, "campaign_stocks", "campaigns", "redemptions")
}

func finding(alliance models.ID, table, row, format string, args ...any) *ledger.Finding {
	return &ledger.Finding{Alliance: alliance, Table: table, Row: row, Problem: fmt.Sprintf(format, args...)}
}

// auditStock: what is left, what was claimed and what is on paper are together what may be given out, and the coupons are
// there. One that a friend took is there as the friend's.
func auditStock(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	var rows []models.Campaign
	var found *ledger.Finding
	done := r.Where("alliance_id = ?", alliance).FindInBatches(&rows, auditPage, func(r *gorm.DB, _ int) error {
		fresh := r.Session(&gorm.Session{NewDB: true})
		shares, err := sharesOfAll(fresh, rows)
		if err != nil {
			return err
		}
		held, err := claimedOf(fresh, rows)
		if err != nil {
			return err
		}
		for _, c := range rows {
			if found == nil {
				found = stockHolds(c, shares[c.ID], held[c.ID])
			}
		}
		return nil
	})
	return found, done.Error
}

func claimedOf(r *gorm.DB, rows []models.Campaign) (map[models.ID]int64, error) {
	var counts []tally
	err := r.Model(&models.Coupon{}).Select("campaign_id, COUNT(*) AS n").
		Where("campaign_id IN ? AND state <> ?", idsOf(rows), models.CouponGiven).Group("campaign_id").Scan(&counts).Error
	return tallied(counts), err
}

func stockHolds(c models.Campaign, shares []models.CampaignShare, held int64) *ledger.Finding {
	var bps int64
	for _, sh := range shares {
		bps += sh.ShareBPS
	}
	row := c.ID.String()
	switch {
	case bps != models.BasisPoints:
		return finding(c.AllianceID, "campaigns", row, "its shares sum to %d basis points, expected %d", bps, models.BasisPoints)
	case c.Claimed != held:
		return finding(c.AllianceID, "campaigns", row, "claimed says %d, there are %d coupons", c.Claimed, held)
	case c.SignedAt == nil && held > 0:
		return finding(c.AllianceID, "campaigns", row, "%d coupons of a campaign that not everyone has signed", held)
	case c.SignedAt != nil && c.Remaining+c.Claimed+c.Printed != c.Issuable(shares):
		return finding(c.AllianceID, "campaigns", row, "%d remaining, %d claimed and %d on paper, expected %d together", c.Remaining, c.Claimed, c.Printed, c.Issuable(shares))
	}
	return nil
}

// auditOnce: a coupon is used exactly when one redemption of it stands, and nobody has more than the limit.
func auditOnce(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	for _, q := range []struct{ sql, problem string }{
		{"SELECT c.id, c.alliance_id FROM coupons c LEFT JOIN redemptions r ON r.id = c.redemption_id AND r.coupon_id = c.id AND r.state = 'posted'" +
			" WHERE c.alliance_id = ? AND (c.state = 'used') <> (r.id IS NOT NULL) ORDER BY c.id LIMIT 1", "it is used exactly when a redemption of it stands: one of the two does not hold"},
		{"SELECT c.id, c.alliance_id FROM redemptions r JOIN coupons c ON c.id = r.coupon_id WHERE r.alliance_id = ? AND r.state = 'posted'" +
			" AND (c.redemption_id IS NULL OR c.redemption_id <> r.id) ORDER BY c.id LIMIT 1", "a redemption of it stands that it does not name"},
		{"SELECT c.id, c.alliance_id FROM coupons c JOIN campaigns p ON p.id = c.campaign_id WHERE c.alliance_id = ? AND c.number > p.per_member ORDER BY c.id LIMIT 1", "its member has more than the campaign allows"},
	} {
		var rows []models.Coupon
		if err := r.Raw(q.sql, alliance).Scan(&rows).Error; err != nil {
			return nil, err
		}
		if len(rows) > 0 {
			return finding(rows[0].AllianceID, "coupons", rows[0].ID.String(), "%s", q.problem), nil
		}
	}
	return nil, nil
}

// auditShares: every receipt adds up, its parts sum to its cost, and the ledger holds exactly its transfers: each part
// from its funder to the store, and the commission; all of them taken back when the receipt was.
func auditShares(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	var rows []models.Redemption
	var found *ledger.Finding
	done := r.Where("alliance_id = ?", alliance).FindInBatches(&rows, auditPage, func(r *gorm.DB, _ int) error {
		fresh := r.Session(&gorm.Session{NewDB: true})
		receipts, err := withShares(fresh, rows)
		if err != nil {
			return err
		}
		posted, err := postedFor(fresh, rows)
		if err != nil {
			return err
		}
		for _, out := range receipts {
			if found == nil {
				found = receiptHolds(out, posted[out.VisitID])
			}
		}
		return nil
	})
	return found, done.Error
}

// postedFor reads the transfers of receipts by their visits.
func postedFor(r *gorm.DB, rows []models.Redemption) (map[models.ID][]models.Transfer, error) {
	visits := make([]models.ID, len(rows))
	for i, row := range rows {
		visits[i] = row.VisitID
	}
	var transfers []models.Transfer
	err := r.Where("visit_id IN ? AND kind IN ?", visits, []string{models.KindCouponShare, models.KindCommission}).Find(&transfers).Error
	posted := map[models.ID][]models.Transfer{}
	for _, t := range transfers {
		posted[t.VisitID] = append(posted[t.VisitID], t)
	}
	return posted, err
}

// flow is what goes from one account to another.
type flow struct {
	kind          string
	debit, credit models.ID
}

func receiptHolds(out Receipt, posted []models.Transfer) *ledger.Finding {
	row, parts := out.ID.String(), int64(0)
	for _, sh := range out.Shares {
		parts += sh.Amount
	}
	switch {
	case out.Off+out.ToPay != out.Bill || out.Off < 0 || out.ToPay < 0:
		return finding(out.AllianceID, "redemptions", row, "%d off and %d paid of a bill of %d", out.Off, out.ToPay, out.Bill)
	case parts != out.Cost:
		return finding(out.AllianceID, "redemptions", row, "its parts sum to %d, expected its cost %d", parts, out.Cost)
	}
	want, got, back := wanted(out), map[flow]int64{}, map[flow]int64{}
	for _, t := range posted {
		if t.Reverses() {
			back[flow{t.Kind, t.CreditID, t.DebitID}] += t.Amount
		} else {
			got[flow{t.Kind, t.DebitID, t.CreditID}] += t.Amount
		}
	}
	if problem := differ(want, got); problem != "" {
		return finding(out.AllianceID, "redemptions", row, "the ledger has %s", problem)
	}
	if out.State == models.RedemptionStands {
		want = nil
	}
	if problem := differ(want, back); problem != "" {
		return finding(out.AllianceID, "redemptions", row, "taken back in the ledger: %s", problem)
	}
	return nil
}

// wanted is what the ledger must hold for a receipt.
func wanted(out Receipt) map[flow]int64 {
	here := models.AccountID(out.AllianceID, models.StoreFen(out.StoreID))
	want := map[flow]int64{}
	for _, e := range out.entries() {
		want[flow{e.Kind, models.AccountID(out.AllianceID, e.Debit), here}] = e.Amount
	}
	if out.Commission > 0 {
		want[flow{models.KindCommission, here, models.AccountID(out.AllianceID, models.StoreFen(out.CommissionStore))}] = out.Commission
	}
	return want
}

func differ(want, got map[flow]int64) string {
	for f, amount := range want {
		if got[f] != amount {
			return fmt.Sprintf("%d fen of %s, expected %d", got[f], f.kind, amount)
		}
	}
	for f, amount := range got {
		if want[f] != amount {
			return fmt.Sprintf("%d fen of %s, expected %d", amount, f.kind, want[f])
		}
	}
	return ""
}
