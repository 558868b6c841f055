package coupon

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
)

// See notes that a member has opened a campaign that the street may see; a member counts once. Error: not_found.
func (s *Service) See(ctx context.Context, reader *identity.Principal, id models.ID) error {
	if _, err := s.One(ctx, reader, id); err != nil {
		return err
	}
	_, err := s.sights.Do(ctx, place{reader.AllianceID, id, reader.MemberID})
	return err
}

var insertSeen = db.Insert{Into: "campaign_seen (campaign_id, member_id, alliance_id, at)", Width: 4, Key: "campaign_id, member_id"}

// seeAll notes who has opened what; who did before stays as noted.
func (s *Service) seeAll(tx *gorm.DB, batch []place) ([]db.Answer[struct{}], error) {
	values, now := make([]any, 0, len(batch)*insertSeen.Width), s.Clock.Now()
	for _, p := range batch {
		values = append(values, p.campaign, p.member, p.alliance, now)
	}
	return make([]db.Answer[struct{}], len(batch)), insertSeen.Exec(tx, values)
}

// Tally is how far coupons went: counts, and fen.
type Tally struct {
	Redeemed int64
	Cost     int64 // what the funders bore together
	Sales    int64 // what was paid on those bills
}

// DayResult is one day of the street.
type DayResult struct {
	Day     string
	Seen    int64
	Claimed int64
	Tally
}

// Results is what a campaign has come to, for one of those who fund it: its own part, and the totals as far as they are told.
type Results struct {
	Title      string
	Seen       int64 // members who opened or claimed it
	Claimed    int64
	NewMembers int64
	Total      Tally
	Own        Tally // redeemed in the store; Cost is what the store bore wherever it was redeemed
	Days       []DayResult

	// SalesWithheld says why Total.Sales is not told: what other stores sold is theirs. The sales of Days are the store's own.
	SalesWithheld models.Withheld
}

// ResultsOfStreet reads a campaign's results for a coordinator, whether or not the fund has a part in it. Error: not_found.
func (s *Service) ResultsOfStreet(ctx context.Context, alliance, id models.ID) (Results, error) {
	c, err := db.Find[models.Campaign](s.DB.Read(ctx), "id = ? AND alliance_id = ? AND signed_at IS NOT NULL", id, alliance)
	if err != nil {
		return Results{}, err
	}
	return s.results(ctx, c, alliance)
}

// Results reads a campaign's results for a store that has or had a part in it.
// Error: not_found.
func (s *Service) Results(ctx context.Context, alliance, store, id models.ID) (Results, error) {
	r := s.DB.Read(ctx)
	c, err := db.Find[models.Campaign](r, "id = ? AND alliance_id = ?", id, alliance)
	if err != nil {
		return Results{}, err
	}
	if err := hasPart(r, c, store); err != nil {
		return Results{}, err
	}
	out, err := s.results(ctx, c, store)
	if err == nil {
		err = s.keepSales(ctx, c, store, &out)
	}
	return out, err
}

func (s *Service) results(ctx context.Context, c models.Campaign, store models.ID) (Results, error) {
	r, id := s.DB.Read(ctx), c.ID
	st, err := s.street(ctx, c.AllianceID)
	if err != nil {
		return Results{}, err
	}
	out := Results{Title: c.Title, Claimed: c.Out()}
	for _, read := range []func() error{
		func() error { return r.Table(seenSQL, id, id).Count(&out.Seen).Error },
		func() error { return r.Raw(totalSQL+byBill, id).Scan(&out.Total).Error },
		func() error { return r.Raw(totalSQL+" AND store_id = ?"+byBill, id, store).Scan(&out.Own).Error },
		func() error { return r.Raw(borneSQL, id, store).Scan(&out.Own.Cost).Error },
		func() (err error) {
			out.Days, err = daysOf(r, c, store, st)
			return err
		},
		func() error {
			brought, err := s.Pool.Brought(ctx, []models.ID{id})
			out.NewMembers = brought[id]
			return err
		},
	} {
		if err := read(); err != nil {
			return out, err
		}
	}
	return out, nil
}

const (
	// When each first saw it. Who was sent one has not seen it by that: else what a private send reached could be read off.
	seenSQL = "(SELECT member_id, MIN(at) AS at FROM (SELECT member_id, at FROM campaign_seen WHERE campaign_id = ?" +
		" UNION ALL SELECT c.member_id, c.claimed_at FROM coupons c LEFT JOIN coupon_handouts h ON h.coupon_id = c.id AND h.way = 'sent'" +
		" WHERE c.campaign_id = ? AND h.coupon_id IS NULL) AS looks GROUP BY member_id) AS seen"
	// Several coupons on one bill are redeemed each for itself; what was paid counts once.
	billsSQL = "FROM (SELECT local_date AS day, MAX(store_id) AS store_id, COUNT(*) AS n, SUM(cost) AS cost, MAX(paid) AS paid FROM redemptions" +
		" WHERE campaign_id = ? AND state = 'posted'"
	totalSQL = "SELECT COALESCE(SUM(n), 0) AS redeemed, COALESCE(SUM(cost), 0) AS cost, COALESCE(SUM(paid), 0) AS sales " + billsSQL
	daysSQL  = "SELECT day, SUM(n) AS redeemed, SUM(cost) AS cost, SUM(CASE WHEN store_id = ? OR ? THEN paid ELSE 0 END) AS sales "
	byBill   = " GROUP BY bill_id, local_date) AS bills"
	borneSQL = "SELECT COALESCE(SUM(s.amount), 0) FROM redemptions r JOIN redemption_shares s ON s.redemption_id = r.id" +
		" WHERE r.campaign_id = ? AND r.state = 'posted' AND s.store_id = ?"
)

// hasPart: the issuer, and whoever was asked to carry a share of a version that was sent out. Error: not_found.
func hasPart(r *gorm.DB, c models.Campaign, store models.ID) error {
	if c.StoreID == store {
		return nil
	}
	_, err := db.Find[models.CampaignShare](r, "campaign_id = ? AND store_id = ? AND state = ?", c.ID, store, models.ShareSigned)
	return err
}

// daysOf lists the days on which something happened, in order.
func daysOf(r *gorm.DB, c models.Campaign, reader models.ID, st street) ([]DayResult, error) {
	_, offset := st.now.In(st.zone).Zone()
	campaign := c.ID
	byDay := map[string]*DayResult{}
	day := func(name string) *DayResult {
		if byDay[name] == nil {
			byDay[name] = &DayResult{Day: name}
		}
		return byDay[name]
	}
	counted := func(of *gorm.DB, column string, into func(*DayResult) *int64) error {
		var rows []struct{ Day, N int64 }
		err := of.Select(dayNumber(r, column)+" AS day, COUNT(*) AS n", offset).Group("day").Scan(&rows).Error
		for _, row := range rows {
			*into(day(time.Unix(row.Day*86400, 0).UTC().Format(time.DateOnly))) = row.N
		}
		return err
	}
	var redeemed []struct {
		Day string
		Tally
	}
	var veiled []struct {
		Day string
		N   int64
	}
	err := errors.Join(
		counted(r.Table(seenSQL, campaign, campaign), "at", func(d *DayResult) *int64 { return &d.Seen }),
		counted(r.Model(&models.Coupon{}).Where("campaign_id = ? AND state <> ?", campaign, models.CouponGiven), "claimed_at", func(d *DayResult) *int64 { return &d.Claimed }),
		r.Model(&models.CampaignVeil{}).Select("day, SUM(n) AS n").Where("campaign_id = ?", campaign).Group("day").Scan(&veiled).Error,
		r.Raw(daysSQL+billsSQL+byBill+" GROUP BY day", reader, reader == c.AllianceID, campaign).Scan(&redeemed).Error,
	)
	for _, row := range redeemed {
		day(row.Day).Tally = row.Tally
	}
	for _, row := range veiled {
		day(row.Day).Claimed += row.N
	}
	return inDays(byDay), err
}

// dayNumber is SQL for the number of the street's day, counted from 1970, that a moment falls on.
func dayNumber(r *gorm.DB, column string) string {
	if r.Name() == string(db.SQLite) {
		return "(CAST(strftime('%s', " + column + ") AS INTEGER) + ?) / 86400"
	}
	return "FLOOR((UNIX_TIMESTAMP(" + column + ") + ?) / 86400)"
}

func inDays(byDay map[string]*DayResult) []DayResult {
	days := make([]DayResult, 0, len(byDay))
	for _, name := range slices.Sorted(maps.Keys(byDay)) {
		days = append(days, *byDay[name])
	}
	return days
}
