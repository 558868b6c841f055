package traffic

import (
	"slices"

	"onestreet/models"
)

type pair struct{ issuer, redeemer models.ID }

// crossTable is the coupons redeemed, by who issued them and where.
type crossTable struct {
	issuers, redeemers []models.StoreRef
	models.Figures
}

// crossings shows whose coupons are redeemed where. The sums by store stand beside the pairs, and what a store redeemed
// of its own coupons, though not listed, could be subtracted; so all of it is judged as one table. Where no campaign allows
// a pair there is nothing to withhold, and nothing is listed.
func crossings(v *view, o *Overview) error {
	t, err := v.crossTable()
	if err != nil {
		return err
	}
	models.Suppress(&t.Figures, v.k())
	o.RedemptionsByStore, o.Crossing = make([]StoreCount, len(t.redeemers)), []CrossingCount{}
	for j, store := range t.redeemers {
		o.RedemptionsByStore[j] = StoreCount{Store: store, Count: value(t.ColTotals[j]), Withheld: t.ColTotals[j].Withheld}
	}
	for i, issuer := range t.issuers {
		for j, redeemer := range t.redeemers {
			if c := t.Cells[i][j]; issuer.ID != redeemer.ID && !c.Impossible {
				o.Crossing = append(o.Crossing, CrossingCount{Issuer: issuer, Redeemer: redeemer, Count: value(c), Withheld: c.Withheld})
			}
		}
	}
	return nil
}

func (v *view) crossTable() (crossTable, error) {
	cells, err := v.crossCells()
	if err != nil {
		return crossTable{}, err
	}
	members, all, err := v.redeemersMembers()
	if err != nil {
		return crossTable{}, err
	}
	t := crossTable{Figures: models.Figures{Measure: models.OfEvents, Total: &models.Cell{Members: all, Public: true}}}
	for _, ref := range v.stores {
		if slices.ContainsFunc(v.stores, func(r models.StoreRef) bool { _, ok := cells[pair{ref.ID, r.ID}]; return ok }) {
			t.issuers = append(t.issuers, ref)
		}
		if slices.ContainsFunc(v.stores, func(i models.StoreRef) bool { _, ok := cells[pair{i.ID, ref.ID}]; return ok }) {
			t.redeemers = append(t.redeemers, ref)
			t.ColTotals = append(t.ColTotals, models.Cell{Members: members[ref.ID]})
		}
	}
	for _, issuer := range t.issuers {
		row := make([]models.Cell, len(t.redeemers))
		for j, redeemer := range t.redeemers {
			c, possible := cells[pair{issuer.ID, redeemer.ID}]
			c.Impossible = !possible
			row[j] = c
			t.ColTotals[j].Value += c.Value
			t.Total.Value += c.Value
		}
		t.Cells = append(t.Cells, row)
	}
	return t, nil
}

// crossCells are the pairs that a campaign allows, and those that happened.
func (v *view) crossCells() (map[pair]models.Cell, error) {
	var allowed []struct{ IssuerID, RedeemerID models.ID }
	err := v.r.Table("campaigns AS c").Joins("JOIN campaign_shares AS s ON s.campaign_id = c.id AND s.version = c.version").
		Distinct("c.store_id AS issuer_id", "s.store_id AS redeemer_id").
		Where("c.alliance_id = ? AND c.signed_at IS NOT NULL AND s.store_id <> c.alliance_id", v.street.ID).
		Scan(&allowed).Error
	if err != nil {
		return nil, err
	}
	cells := map[pair]models.Cell{}
	for _, a := range allowed {
		cells[pair{a.IssuerID, a.RedeemerID}] = models.Cell{}
	}
	var happened []struct {
		IssuerID, RedeemerID models.ID
		Redemptions, Members int64
	}
	err = v.span().Model(&models.TrafficCrossing{}).Group("issuer_id, redeemer_id").
		Select("issuer_id, redeemer_id, SUM(redemptions) AS redemptions, COUNT(DISTINCT member_id) AS members").Scan(&happened).Error
	for _, h := range happened {
		cells[pair{h.IssuerID, h.RedeemerID}] = models.Cell{Value: h.Redemptions, Members: h.Members}
	}
	return cells, err
}

// redeemersMembers counts the different members who redeemed in each store, and on the street.
func (v *view) redeemersMembers() (map[models.ID]int64, int64, error) {
	var stores []struct {
		RedeemerID models.ID
		Members    int64
	}
	err := v.span().Model(&models.TrafficCrossing{}).Select("redeemer_id, COUNT(DISTINCT member_id) AS members").Group("redeemer_id").Scan(&stores).Error
	if err != nil {
		return nil, 0, err
	}
	members := map[models.ID]int64{}
	for _, s := range stores {
		members[s.RedeemerID] = s.Members
	}
	var all int64
	err = v.span().Model(&models.TrafficCrossing{}).Select("COUNT(DISTINCT member_id)").Scan(&all).Error
	return members, all, err
}
