package coupon

import (
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/db"
	"onestreet/server/referral"
)

// AtBill is coupons of a member held against a bill in a store.
type AtBill struct {
	Staff
	Member  models.ID
	Coupons []models.ID
	models.Basket
}

// Receipt is what came of one coupon on a bill, with each funder's part in their order.
type Receipt struct {
	models.Redemption
	Shares []models.RedemptionShare
}

// Bill is what came of a bill: a receipt for each coupon, in the order in which they took off. It has the id of its first
// receipt, and that one has what concerns the whole bill.
type Bill struct {
	ID       models.ID
	Receipts []Receipt
}

// First is the receipt of the coupon that took off first.
func (b Bill) First() *Receipt { return &b.Receipts[0] }

// Before is the bill without any coupon, in fen.
func (b Bill) Before() int64 { return b.Receipts[0].Bill }

// Paid is what the bill comes to in the end, in fen.
func (b Bill) Paid() int64 { return b.Receipts[len(b.Receipts)-1].ToPay }

// sum adds a figure of the receipts up.
func (b Bill) sum(figure func(Receipt) int64) (total int64) {
	for _, r := range b.Receipts {
		total += figure(r)
	}
	return total
}

// bill lays coupons on a bill and splits what each costs by its signed shares. Errors: lines_above_bill, and whatever
// keeps one of them from it.
func (p *pocket) bill(coupons []models.Coupon, at AtBill) (Bill, error) {
	if at.Rest() < 0 {
		return Bill{}, ErrLinesAboveBill
	}
	byID, held := map[models.ID]models.Coupon{}, make([]models.Held, len(coupons))
	for i, c := range coupons {
		if refused := p.judge(c, at.Store); refused != nil {
			return Bill{}, p.named(refused, c, len(coupons) > 1)
		}
		byID[c.ID], held[i] = c, p.held(c)
	}
	slip := at.Lay(held...)
	if len(slip.LeftOut) > 0 {
		out := slip.LeftOut[0]
		return Bill{}, p.named(p.leftOut(out), byID[out.Coupon], len(coupons) > 1)
	}
	var b Bill
	for _, step := range slip.Steps {
		if why := p.covers(byID[step.Coupon], step.Cost); why != "" {
			return Bill{}, p.named(p.refused(why, byID[step.Coupon]), byID[step.Coupon], len(coupons) > 1)
		}
		b.add(p, byID[step.Coupon], step, at.Staff)
	}
	for i := range b.Receipts {
		b.Receipts[i].Paid = slip.ToPay
	}
	return b, nil
}

// held is a coupon as a bill sees it.
func (p *pocket) held(c models.Coupon) models.Held {
	campaign := p.campaign(c)
	return models.Held{Coupon: c.ID, Campaign: c.CampaignID, Offer: campaign.Offer, Stacking: campaign.Stacking, Until: c.ValidUntil}
}

// add writes the receipt of the next step.
func (b *Bill) add(p *pocket, c models.Coupon, step models.Step, by Staff) {
	now := p.street.now
	out := Receipt{Redemption: models.Redemption{
		ID: models.NewID(), AllianceID: by.Alliance, Position: int64(len(b.Receipts)), CouponID: c.ID, UseNumber: c.Uses + 1, CampaignID: c.CampaignID,
		StoreID: by.Store, MemberID: c.MemberID, ByAccount: by.Account, At: now, LocalDate: p.street.LocalDate(now), State: models.RedemptionStands,
		Bill: step.Bill, Off: step.Off, Cost: step.Cost, ToPay: step.ToPay,
	}}
	signed := p.shares[termsOfCoupon(c)]
	for i, amount := range models.SplitCost(step.Cost, signed) {
		out.Shares = append(out.Shares, models.RedemptionShare{
			RedemptionID: out.ID, StoreID: signed[i].StoreID, AllianceID: by.Alliance, Position: int64(i), ShareBPS: signed[i].ShareBPS, Amount: amount,
		})
	}
	if len(b.Receipts) == 0 {
		b.ID = out.ID
	}
	out.BillID = b.ID
	b.Receipts = append(b.Receipts, out)
}

// settle completes a bill: its visit and points, what goes to the store that brought the member in, and what stays here.
func (b *Bill) settle(visit models.ID, points int64, commission referral.Commission) {
	for i := range b.Receipts {
		r := &b.Receipts[i]
		r.VisitID, r.Keeps = visit, 0
		for _, sh := range r.Shares {
			if sh.StoreID != r.StoreID {
				r.Keeps += sh.Amount
			}
		}
	}
	first := b.First()
	first.Points, first.CommissionStore, first.Commission, first.CommissionBPS = points, commission.Store, commission.Amount, commission.BPS
	first.Keeps += first.Paid - commission.Amount
}

// rows is all that is written of a bill.
func (b *Bill) rows() (rows []models.Redemption, shares []models.RedemptionShare, entries []ledger.Entry) {
	for _, r := range b.Receipts {
		rows, shares, entries = append(rows, r.Redemption), append(shares, r.Shares...), append(entries, r.entries()...)
	}
	return rows, shares, entries
}

// entries are the transfers of a receipt: every funder but the store itself owes the store its part.
func (r *Receipt) entries() []ledger.Entry {
	var entries []ledger.Entry
	for _, sh := range r.Shares {
		if sh.Amount == 0 || sh.StoreID == r.StoreID {
			continue
		}
		entries = append(entries, ledger.Entry{
			Debit: r.payer(sh.StoreID), Credit: models.StoreFen(r.StoreID), Amount: sh.Amount, Kind: models.KindCouponShare,
			Reference: shareReference(r.ID, sh.StoreID), New: true, Member: r.MemberID, Store: r.StoreID, Visit: r.VisitID,
			Campaign: r.CampaignID, Coupon: r.CouponID, Redemption: r.ID, At: r.At,
		})
	}
	return entries
}

// shareReference names the transfer by which a funder pays its part of a redemption.
func shareReference(redemption, funder models.ID) string {
	return "redemption:" + redemption.String() + ":" + funder.String()
}

// payer is the account of a funder: a store's, or the alliance's fund.
func (r *Receipt) payer(funder models.ID) models.AccountKey {
	if funder == r.AllianceID {
		return models.FundFen()
	}
	return models.StoreFen(funder)
}

// billOf reads the bill of a store that a receipt is on, with all its receipts. Error: not_found.
func billOf(r *gorm.DB, alliance, store, redemption models.ID) (Bill, error) {
	row, err := db.Find[models.Redemption](r, "id = ? AND alliance_id = ? AND store_id = ?", redemption, alliance, store)
	if err != nil {
		return Bill{}, err
	}
	bills, err := billsOf(r, []models.ID{row.BillID})
	if err != nil {
		return Bill{}, err
	}
	return bills[0], nil
}

// billsOf reads bills in the order of their ids as given.
func billsOf(r *gorm.DB, ids []models.ID) ([]Bill, error) {
	var rows []models.Redemption
	if err := r.Where("bill_id IN ?", ids).Order("bill_id, position").Find(&rows).Error; err != nil {
		return nil, err
	}
	receipts, err := withShares(r, rows)
	if err != nil {
		return nil, err
	}
	byID := map[models.ID][]Receipt{}
	for _, out := range receipts {
		byID[out.BillID] = append(byID[out.BillID], out)
	}
	bills := make([]Bill, len(ids))
	for i, id := range ids {
		bills[i] = Bill{ID: id, Receipts: byID[id]}
	}
	return bills, nil
}

// withShares adds to receipts what each funder bore.
func withShares(r *gorm.DB, rows []models.Redemption) ([]Receipt, error) {
	receipts, place, ids := make([]Receipt, len(rows)), map[models.ID]int{}, make([]models.ID, len(rows))
	for i, row := range rows {
		receipts[i].Redemption, place[row.ID], ids[i] = row, i, row.ID
	}
	var shares []models.RedemptionShare
	err := r.Where("redemption_id IN ?", ids).Order("position").Find(&shares).Error
	for _, sh := range shares {
		i := place[sh.RedemptionID]
		receipts[i].Shares = append(receipts[i].Shares, sh)
	}
	return receipts, err
}
