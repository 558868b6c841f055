package coupon

import (
	"context"

	"onestreet/models"
)

// keepSales keeps from a store what the others have sold. What is redeemed and what it costs stands in the ledger of whoever
// bears a part (decision 50); what a guest paid at another till does not. The total of the sales is told once the bills elsewhere are of
// two stores at least and of as many members as the street shows figures of; and then up to the last bill that made them a
// whole number of those, so that no bill more is read off the difference.
func (s *Service) keepSales(ctx context.Context, c models.Campaign, store models.ID, out *Results) error {
	street, err := s.Pool.Alliance(ctx, c.AllianceID)
	if err != nil {
		return err
	}
	bills, err := s.billsElsewhere(ctx, c, store)
	if err != nil || len(bills) == 0 {
		return err
	}
	sales, told := toldOf(bills, street.K)
	if !told {
		out.Total.Sales, out.SalesWithheld = 0, models.Few
		return nil
	}
	out.Total.Sales = out.Own.Sales + sales
	return nil
}

// billElsewhere is what a member paid at a till of another store.
type billElsewhere struct {
	MemberID, StoreID models.ID
	Paid              int64
}

func (s *Service) billsElsewhere(ctx context.Context, c models.Campaign, store models.ID) (bills []billElsewhere, err error) {
	err = s.DB.Read(ctx).Model(&models.Redemption{}).Select("member_id, store_id, MAX(paid) AS paid").
		Where("campaign_id = ? AND state = ? AND store_id <> ?", c.ID, models.RedemptionStands, store).
		Group("bill_id, member_id, store_id").Order("bill_id").Scan(&bills).Error
	return bills, err
}

// toldOf sums bills up to the last that brought their members to a whole number of ks, at two stores or more.
func toldOf(bills []billElsewhere, k int) (sales int64, told bool) {
	members, stores, sum := map[models.ID]bool{}, map[models.ID]bool{}, int64(0)
	for _, b := range bills {
		fresh := !members[b.MemberID]
		members[b.MemberID], stores[b.StoreID], sum = true, true, sum+b.Paid
		if fresh && len(members)%max(k, 1) == 0 && len(stores) > 1 {
			sales, told = sum, true
		}
	}
	return sales, told
}
