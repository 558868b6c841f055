package coupon

import (
	"context"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
)

// auditPage is how many redemptions the audit holds against the ledger at once.
const auditPage = 300

// audit registers what must always hold of coupons.
func (s *Service) audit() {
	s.Ledger.Checks.Add("coupon.stock", auditStock, "campaigns", "campaign_shares", "campaign_veils", "coupons")
	s.Ledger.Checks.Add("coupon.once", auditOnce, "campaigns", "coupons", "redemptions")
	s.Ledger.Checks.Add("coupon.shares", auditShares, "redemptions", "redemption_shares")
	s.Ledger.Checks.Add("coupon.bills", auditBills, "redemptions", "visits")
	s.auditLimits()
	s.Ledger.Checks.Add("coupon.voids", auditVoids, "coupon_voids", "coupons")
	s.Ledger.Checks.Add("coupon.set_aside", auditStocks, "campaign_stocks", "campaigns", "redemptions")
}

func finding(alliance models.ID, table, row, format string, args ...any) *ledger.Finding {
	return &ledger.Finding{Alliance: alliance, Table: table, Row: row, Problem: fmt.Sprintf(format, args...)}
}

// auditStock: what is left, what was claimed, what is on paper and what is held back are together what may be given out, and
// the coupons are there. One that a friend took is there as the friend's.
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
		veiled, err := veiledOf(fresh, rows)
		if err != nil {
			return err
		}
		void, err := voidOf(fresh, rows)
		if err != nil {
			return err
		}
		before, err := earlierOfAll(fresh, rows)
		if err != nil {
			return err
		}
		for _, c := range rows {
			if found == nil {
				found = stockHolds(c, shares[c.ID], out{held[c.ID], veiled[c.ID], void[c.ID]}, before[c.ID])
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

func veiledOf(r *gorm.DB, rows []models.Campaign) (map[models.ID]int64, error) {
	var counts []tally
	err := r.Model(&models.CampaignVeil{}).Select("campaign_id, SUM(n) AS n").Where("campaign_id IN ?", idsOf(rows)).Group("campaign_id").Scan(&counts).Error
	return tallied(counts), err
}

// voidOf counts the coupons of campaigns' present terms that were made void unused.
func voidOf(r *gorm.DB, rows []models.Campaign) (map[models.ID]int64, error) {
	var counts []tally
	err := r.Table("coupons AS c").Joins("JOIN campaigns AS p ON p.id = c.campaign_id AND p.version = c.version").
		Select("c.campaign_id, COUNT(*) AS n").Where("c.campaign_id IN ? AND c.state = 'void' AND c.uses = 0", idsOf(rows)).Group("c.campaign_id").Scan(&counts).Error
	return tallied(counts), err
}

// out is what the books say is out of a campaign: coupons, what private sends hold back, and how many coupons are void unused.
type out struct{ held, veiled, void int64 }

// earlierBounds is what was given out under earlier versions, with what is set aside for all of it, and for what is not void unused.
type earlierBounds struct{ all, freed models.Earlier }

// earlierOfAll adds up what was claimed of campaigns under versions before their present ones.
func earlierOfAll(r *gorm.DB, rows []models.Campaign) (map[models.ID]earlierBounds, error) {
	found := map[models.ID]earlierBounds{}
	for _, c := range rows {
		if c.Version == 1 || c.SignedAt == nil {
			continue
		}
		all, err := earlierBut(r, c, c.Version, nil)
		if err != nil {
			return nil, err
		}
		freed, err := earlier(r, c, c.Version)
		if err != nil {
			return nil, err
		}
		found[c.ID] = earlierBounds{all, freed}
	}
	return found, nil
}

func stockHolds(c models.Campaign, shares []models.CampaignShare, is out, before earlierBounds) *ledger.Finding {
	var bps int64
	for _, sh := range shares {
		bps += sh.ShareBPS
	}
	// What was made void before its money was freed still has it.
	row, given := c.ID.String(), c.Remaining+c.Out()+c.Printed
	least, most := c.IssuableAfter(shares, before.all, 0), c.IssuableAfter(shares, before.freed, is.void)
	switch {
	case bps != models.BasisPoints:
		return finding(c.AllianceID, "campaigns", row, "its shares sum to %d basis points, expected %d", bps, models.BasisPoints)
	case c.Claimed != is.held:
		return finding(c.AllianceID, "campaigns", row, "claimed says %d, there are %d coupons", c.Claimed, is.held)
	case c.Veiled != is.veiled:
		return finding(c.AllianceID, "campaigns", row, "veiled says %d, its sends hold %d back", c.Veiled, is.veiled)
	case c.SignedAt == nil && is.held > 0:
		return finding(c.AllianceID, "campaigns", row, "%d coupons of a campaign that not everyone has signed", is.held)
	case c.SignedAt != nil && (given < least || given > most):
		return finding(c.AllianceID, "campaigns", row, "%d remaining, %d claimed, %d held back and %d on paper, expected %d together", c.Remaining, c.Claimed, c.Veiled, c.Printed, most)
	}
	return nil
}

// auditOnce: a coupon has as many uses spent as redemptions of it stand, it is used exactly when the last is spent, and
// nobody has more than the limit.
func auditOnce(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	return firstOf(r, alliance, "coupons", []query{
		{"SELECT c.id FROM coupons c LEFT JOIN (SELECT coupon_id, COUNT(*) AS n FROM redemptions WHERE alliance_id = ? AND state = 'posted' GROUP BY coupon_id) r" +
			" ON r.coupon_id = c.id WHERE c.alliance_id = ? AND c.spent <> COALESCE(r.n, 0) ORDER BY c.id LIMIT 1", "the uses that it has spent are not the redemptions of it that stand"},
		{"SELECT c.id FROM coupons c LEFT JOIN redemptions r ON r.id = c.redemption_id AND r.coupon_id = c.id AND r.state = 'posted'" +
			" WHERE c.alliance_id = ? AND ((c.state = 'used') <> (r.id IS NOT NULL) OR (c.state IN ('used', 'usable') AND (c.state = 'used') <> (c.spent >= c.times))) ORDER BY c.id LIMIT 1",
			"it is used exactly when its last use is spent and names a redemption that stands: one of the two does not hold"},
		{"SELECT c.id FROM coupons c JOIN campaigns p ON p.id = c.campaign_id WHERE c.alliance_id = ? AND c.version = p.version AND c.number > p.per_member ORDER BY c.id LIMIT 1", "its member has more than the campaign allows"},
	})
}

// auditBills: the receipts of a bill follow one another, each beginning with what the one before left, all paid in the
// end what the visit says, and all stand or none.
func auditBills(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	return firstOf(r, alliance, "redemptions", []query{
		{"SELECT r.id FROM redemptions r LEFT JOIN redemptions b ON b.bill_id = r.bill_id AND b.position = r.position - 1" +
			" WHERE r.alliance_id = ? AND (r.position = 0 AND r.bill_id <> r.id OR r.position > 0 AND (b.id IS NULL OR b.to_pay <> r.bill OR b.visit_id <> r.visit_id" +
			" OR b.state <> r.state OR b.paid <> r.paid OR b.store_id <> r.store_id OR b.member_id <> r.member_id OR r.commission <> 0 OR r.points <> 0))" +
			" ORDER BY r.id LIMIT 1", "it does not follow the receipt before it on its bill"},
		{"SELECT r.id FROM redemptions r LEFT JOIN redemptions n ON n.bill_id = r.bill_id AND n.position = r.position + 1" +
			" WHERE r.alliance_id = ? AND n.id IS NULL AND r.to_pay <> r.paid ORDER BY r.id LIMIT 1", "its bill was not paid what its last receipt left"},
		{"SELECT r.id FROM redemptions r LEFT JOIN visits v ON v.id = r.visit_id WHERE r.alliance_id = ?" +
			" AND (v.id IS NULL OR v.amount <> r.paid OR (v.cancelled_at IS NOT NULL) <> (r.state = 'reversed')) ORDER BY r.id LIMIT 1", "its visit says another sum, or does not stand as it does"},
	})
}

// query finds the first row for which something does not hold, in the street that it is asked of.
type query struct{ sql, problem string }

// firstOf asks queries one by one, each with the street for every ? that it has.
func firstOf(r *gorm.DB, alliance models.ID, table string, queries []query) (*ledger.Finding, error) {
	for _, q := range queries {
		args := make([]any, strings.Count(q.sql, "?"))
		for i := range args {
			args[i] = alliance
		}
		var ids []models.ID
		if err := r.Raw(q.sql, args...).Scan(&ids).Error; err != nil {
			return nil, err
		}
		if len(ids) > 0 {
			return finding(alliance, table, ids[0].String(), "%s", q.problem), nil
		}
	}
	return nil, nil
}

// auditShares: every receipt adds up, its parts sum to its cost, and the ledger holds exactly the transfers of its bill:
// each part from its funder to the store, and the commission; all of them taken back when the bill was.
func auditShares(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	var rows []models.Redemption
	var found *ledger.Finding
	done := r.Where("alliance_id = ? AND position = 0", alliance).FindInBatches(&rows, auditPage, func(r *gorm.DB, _ int) error {
		fresh := r.Session(&gorm.Session{NewDB: true})
		bills, visits := make([]models.ID, len(rows)), make([]models.ID, len(rows))
		for i, row := range rows {
			bills[i], visits[i] = row.BillID, row.VisitID
		}
		whole, err := billsOf(fresh, bills)
		if err != nil {
			return err
		}
		posted, err := postedFor(fresh, visits)
		if err != nil {
			return err
		}
		for i := 0; i < len(whole) && found == nil; i++ {
			found = billHolds(whole[i], posted[visits[i]])
		}
		return nil
	})
	return found, done.Error
}

// postedFor reads the transfers of bills by their visits.
func postedFor(r *gorm.DB, visits []models.ID) (map[models.ID][]models.Transfer, error) {
	var transfers []models.Transfer
	err := r.Where("visit_id IN ? AND kind IN ?", visits, []string{models.KindCouponShare, models.KindCommission}).Find(&transfers).Error
	posted := map[models.ID][]models.Transfer{}
	for _, t := range transfers {
		posted[t.VisitID] = append(posted[t.VisitID], t)
	}
	return posted, err
}

// flow is what goes from one account to another, for one receipt or, as the commission, for the bill.
type flow struct {
	kind                      string
	debit, credit, redemption models.ID
}

func billHolds(b Bill, posted []models.Transfer) *ledger.Finding {
	for _, r := range b.Receipts {
		if found := receiptHolds(r); found != nil {
			return found
		}
	}
	first := b.First()
	want, got, back := wanted(b), map[flow]int64{}, map[flow]int64{}
	for _, t := range posted {
		if t.Reverses() {
			back[flow{t.Kind, t.CreditID, t.DebitID, t.RedemptionID}] += t.Amount
		} else {
			got[flow{t.Kind, t.DebitID, t.CreditID, t.RedemptionID}] += t.Amount
		}
	}
	if problem := differ(want, got); problem != "" {
		return finding(first.AllianceID, "redemptions", first.ID.String(), "the ledger has %s", problem)
	}
	if first.State == models.RedemptionStands {
		want = nil
	}
	if problem := differ(want, back); problem != "" {
		return finding(first.AllianceID, "redemptions", first.ID.String(), "taken back in the ledger: %s", problem)
	}
	return nil
}

func receiptHolds(r Receipt) *ledger.Finding {
	parts := int64(0)
	for _, sh := range r.Shares {
		parts += sh.Amount
	}
	switch {
	case r.Off+r.ToPay != r.Bill || r.Off < 0 || r.ToPay < 0:
		return finding(r.AllianceID, "redemptions", r.ID.String(), "%d off and %d left of %d", r.Off, r.ToPay, r.Bill)
	case parts != r.Cost:
		return finding(r.AllianceID, "redemptions", r.ID.String(), "its parts sum to %d, expected its cost %d", parts, r.Cost)
	}
	return nil
}

// wanted is what the ledger must hold for a bill.
func wanted(b Bill) map[flow]int64 {
	first := b.First()
	here := models.AccountID(first.AllianceID, models.StoreFen(first.StoreID))
	want := map[flow]int64{}
	_, _, entries := b.rows()
	for _, e := range entries {
		want[flow{e.Kind, models.AccountID(first.AllianceID, e.Debit), here, e.Redemption}] = e.Amount
	}
	if first.Commission > 0 {
		want[flow{models.KindCommission, here, models.AccountID(first.AllianceID, models.StoreFen(first.CommissionStore)), models.ID{}}] = first.Commission
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
