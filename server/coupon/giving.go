package coupon

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
	"onestreet/server/pool"
)

// giving hands out coupons of one campaign whose row is locked: it keeps count of what is left and who has how many.
type giving struct {
	street    street
	campaign  models.Campaign
	mine      map[models.ID]int64
	rules     rules
	suspended bool
	paper     bool // the stock was set aside when the codes were printed
	now       time.Time
	given     []models.Coupon
	pocket    *pocket // shows what is given
	answered  *web.Answers
}

// giving begins to hand out coupons of a campaign, whose row the caller has locked, to some members.
func (s *Service) giving(tx *gorm.DB, c models.Campaign, members []models.ID) (*giving, error) {
	g := &giving{campaign: c, now: s.Clock.Now()}
	var err error
	if g.street, err = s.street(tx.Statement.Context, c.AllianceID); err != nil {
		return nil, err
	}
	issuer, err := s.Pool.Store(tx.Statement.Context, c.AllianceID, c.StoreID)
	if err != nil {
		return nil, err
	}
	g.suspended = !issuer.Active()
	g.answered = &web.Answers{}
	if g.mine, err = held(tx, c.ID, members); err != nil {
		return nil, err
	}
	g.rules, err = s.rules(tx, g, members)
	return g, err
}

// held counts the coupons of a campaign that members have had.
func held(tx *gorm.DB, campaign models.ID, members []models.ID) (map[models.ID]int64, error) {
	var rows []struct {
		MemberID models.ID
		N        int64
	}
	err := tx.Model(&models.Coupon{}).Select("member_id, MAX(number) AS n").
		Where("campaign_id = ? AND member_id IN ?", campaign, members).Group("member_id").Scan(&rows).Error
	counts := make(map[models.ID]int64, len(rows))
	for _, r := range rows {
		counts[r.MemberID] = r.N
	}
	return counts, err
}

// give judges one claim and makes the coupon.
func (g *giving) give(q claim) (models.Coupon, error) {
	if why := g.judge(q.member); why != "" {
		return models.Coupon{}, claimRefused(why, g.campaign, g.street.zone)
	}
	if g.suspended {
		return models.Coupon{}, ErrNotLive
	}
	g.campaign.Remaining--
	return g.make(q.member), nil
}

// make makes a member's next coupon.
func (g *giving) make(member models.ID) models.Coupon {
	g.mine[member]++
	g.campaign.Claimed++
	c := newCoupon(g.campaign, member, g.mine[member], g.now, g.street.zone)
	g.took(&c)
	g.given = append(g.given, c)
	return c
}

func newCoupon(c models.Campaign, member models.ID, number int64, now time.Time, zone *time.Location) models.Coupon {
	from, until := c.Span(now, zone)
	return models.Coupon{
		ID: models.NewID(), AllianceID: c.AllianceID, CampaignID: c.ID, Version: c.Version, MemberID: member, Number: number,
		Code: models.NewCouponCode(), State: models.CouponUsable, ValidFrom: from, ValidUntil: until, ClaimedAt: now, Times: c.Uses(),
	}
}

// claimRefused puts a refusal in words.
func claimRefused(why models.Claimability, c models.Campaign, zone *time.Location) *models.Error {
	switch why {
	case models.ClaimTooEarly:
		return ErrTooEarly.Fill(moment(c.ClaimFrom, zone))
	case models.ClaimTooLate:
		return ErrTooLate.Fill(moment(c.ClaimUntil, zone))
	case models.ClaimSoldOut:
		return ErrSoldOut
	case models.ClaimLimit:
		return ErrClaimLimit.With(c.PerMember)
	case models.ClaimNotInvited:
		return ErrNotInvited
	case models.ClaimDayFull:
		return ErrDayFull
	case models.ClaimHousehold:
		return ErrHousehold.With(c.PerHousehold)
	case models.ClaimNoBudget:
		return ErrBudgetSpent.Say("给这张券备的钱用完了，先不发了", "What was set aside for this coupon is used up: no more are given out.")
	}
	return ErrNotLive
}

// inOrder lists the groups of a map in the order of their keys.
func inOrder(groups map[models.ID][]int) [][]int {
	keys := make([]models.ID, 0, len(groups))
	for k := range groups {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b models.ID) int { return bytes.Compare(a[:], b[:]) })
	ordered := make([][]int, len(keys))
	for i, k := range keys {
		ordered[i] = groups[k]
	}
	return ordered
}

// welcomeCampaign is what new members are given now: of several, the one that began last.
func welcomeCampaign(tx *gorm.DB, alliance models.ID, now time.Time) (models.Campaign, error) {
	return db.Find[models.Campaign](tx.Order("started_at DESC, id DESC"),
		"alliance_id = ? AND given = ? AND state = ? AND remaining > 0 AND claim_from <= ? AND claim_until >= ?",
		alliance, models.GivenNewMembers, models.CampaignLive, now, now)
}

// offerWelcome tells the join page what a new member gets, or nil.
func (s *Service) offerWelcome(ctx context.Context, alliance models.ID) (*pool.Welcome, error) {
	c, err := welcomeCampaign(s.DB.Read(ctx), alliance, s.Clock.Now())
	if errors.Is(err, models.ErrNotFound) {
		return nil, nil
	}
	return &pool.Welcome{Title: c.Title, Off: models.Fen(c.Off), MinSpend: models.Fen(c.MinSpend)}, err
}

// giveWelcome hands a new member the welcome in the transaction that makes them one. When the last one goes while they
// join, or its store is suspended, they join without.
func (s *Service) giveWelcome(tx *gorm.DB, m models.Member) (any, error) {
	c, err := welcomeCampaign(db.Lock(tx), m.AllianceID, s.Clock.Now())
	if errors.Is(err, models.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	g, err := s.giving(tx, c, []models.ID{m.ID})
	if err != nil {
		return nil, err
	}
	coupon, refused := g.give(claim{alliance: m.AllianceID, campaign: c.ID, member: m.ID})
	if refused != nil {
		return nil, nil
	}
	if err := s.store(tx, g); err != nil {
		return nil, err
	}
	views, err := s.ownViews(tx, g.street, []models.Coupon{coupon})
	if err != nil {
		return nil, err
	}
	return views[0], nil
}
