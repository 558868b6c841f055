package coupon

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
	"onestreet/server/platform/web"
)

// claim is one member asking for one coupon of a campaign; ask is nil when the request has no key.
type claim struct {
	alliance, campaign, member models.ID
	ask                        *web.Ask
}

// codeTries is how often claims are tried again when a fresh code was taken: one in billions, by chance.
const codeTries = 3

// Claim takes a coupon of a public campaign for a member of the street. Claims that come at the same time share one
// commit; each gets its own answer.
// Errors: not_found, too_early, too_late, not_live, sold_out, claim_limit, not_invited, household_limit, day_full, budget_spent.
func (s *Service) Claim(ctx context.Context, alliance, campaign, member models.ID) (models.Coupon, error) {
	got, err := s.claim(ctx, claim{alliance: alliance, campaign: campaign, member: member})
	if err != nil {
		return models.Coupon{}, err
	}
	return got.coupon, nil
}

func (s *Service) claim(ctx context.Context, c claim) (*handed, error) {
	for try := 1; ; try++ {
		got, err := s.claims.Do(ctx, c)
		if !db.IsDuplicate(err) || try == codeTries {
			return got, err
		}
	}
}

// claimAll answers a batch of claims in one transaction, campaign by campaign.
func (s *Service) claimAll(tx *gorm.DB, batch []claim) ([]db.Answer[*handed], error) {
	answers := make([]db.Answer[*handed], len(batch))
	for _, group := range byCampaign(batch) {
		if err := s.claimGroup(tx, batch, group, answers); err != nil {
			return nil, err
		}
	}
	return answers, nil
}

// byCampaign groups the places in a batch by campaign, in the order of the campaigns' ids, so that two nodes lock rows
// in the same order.
func byCampaign(batch []claim) [][]int {
	groups := map[models.ID][]int{}
	for i, c := range batch {
		groups[c.campaign] = append(groups[c.campaign], i)
	}
	return inOrder(groups)
}

// claimGroup gives out one campaign's coupons. While there are any its row is locked first: whoever holds it knows what is
// left, who has how many and what was answered before, on every node.
func (s *Service) claimGroup(tx *gorm.DB, batch []claim, group []int, answers []db.Answer[*handed]) error {
	first := batch[group[0]]
	c, err := toClaim(tx, first.campaign)
	if errors.Is(err, models.ErrNotFound) {
		refuseAll(answers, group, err)
		return nil
	}
	if err != nil {
		return err
	}
	g, err := s.giving(tx, c, membersOf(batch, group))
	if err != nil {
		return err
	}
	if c.Remaining > 0 { // else there is nothing to show, and most of a rush comes then
		if g.pocket, err = s.pocketOf(tx, g.street, c); err != nil {
			return err
		}
	}
	if g.answered, err = web.AnswersTo(tx, g.asksOf(batch, group)); err != nil {
		return err
	}
	for _, i := range group {
		if answers[i].Err = models.ErrNotFound; batch[i].alliance == c.AllianceID {
			answers[i].Value, answers[i].Err = g.hand(batch[i])
		}
	}
	if err := numbered(tx, batch, group, answers); err != nil {
		return err
	}
	return s.store(tx, g)
}

// toClaim reads a campaign that anyone may claim from. With nothing left its row is not locked: who is refused takes
// nothing, and the batches of those who came too late need not follow one another, on however many nodes.
func toClaim(tx *gorm.DB, campaign models.ID) (models.Campaign, error) {
	const open = "id = ? AND given = ? AND signed_at IS NOT NULL"
	c, err := db.Find[models.Campaign](tx, open, campaign, models.GivenPublic)
	if err != nil || c.Remaining == 0 {
		return c, err
	}
	return db.Find[models.Campaign](db.Lock(tx), open, campaign, models.GivenPublic)
}

func refuseAll(answers []db.Answer[*handed], group []int, err error) {
	for _, i := range group {
		answers[i].Err = err
	}
}

// asksOf are the requests of a group that may have been answered before. A refusal is not kept, so when nothing is left
// only who holds a coupon has an answer to hear again; of a rush most come then.
func (g *giving) asksOf(batch []claim, group []int) []*web.Ask {
	asks := make([]*web.Ask, 0, len(group))
	for _, i := range group {
		if g.campaign.Remaining > 0 || g.mine[batch[i].member] > 0 {
			asks = append(asks, batch[i].ask)
		}
	}
	return asks
}

func membersOf(batch []claim, group []int) []models.ID {
	members := make([]models.ID, len(group))
	for i, at := range group {
		members[i] = batch[at].member
	}
	return members
}

// store writes what a giving gave: the stock by a conditional update, the coupons, and who is told.
func (s *Service) store(tx *gorm.DB, g *giving) error {
	n := int64(len(g.given))
	if n == 0 {
		return nil
	}
	from := "remaining"
	if g.paper {
		from = "printed"
	}
	taken := tx.Model(&models.Campaign{}).Where("id = ? AND "+from+" >= ?", g.campaign.ID, n).
		Updates(map[string]any{from: gorm.Expr(from+" - ?", n), "claimed": gorm.Expr("claimed + ?", n)})
	if taken.Error != nil {
		return taken.Error
	}
	if taken.RowsAffected == 0 {
		return ErrSoldOut // cannot be while the row is locked; if it ever is, nobody gets what is not there
	}
	if err := g.count(tx); err != nil {
		return err
	}
	if err := writeCoupons(tx, g.given); err != nil {
		return err
	}
	if err := g.answered.Keep(tx, g.now); err != nil {
		return err
	}
	return s.tell(tx, g)
}

// insertCoupons writes coupons as they are given out.
var insertCoupons = db.Insert{
	Into: "coupons (id, alliance_id, campaign_id, version, member_id, number, code, state, valid_from, valid_until, claimed_at, uses," +
		" household_id, times, spent, redemption_id, used_at)",
	Width: 17,
}

func writeCoupons(tx *gorm.DB, coupons []models.Coupon) error {
	rows := make([]any, 0, len(coupons)*insertCoupons.Width)
	for _, c := range coupons {
		rows = append(rows, c.ID, c.AllianceID, c.CampaignID, c.Version, c.MemberID, c.Number, c.Code, string(c.State), c.ValidFrom, c.ValidUntil,
			c.ClaimedAt, c.Uses, c.HouseholdID, c.Times, c.Spent, c.RedemptionID, c.UsedAt)
	}
	return insertCoupons.Exec(tx, rows)
}

func (s *Service) tell(tx *gorm.DB, g *giving) error {
	claimed := make([]models.CouponClaimed, len(g.given))
	for i, c := range g.given {
		claimed[i] = models.CouponClaimed{CouponID: c.ID, MemberID: c.MemberID, CampaignID: c.CampaignID}
	}
	db.AfterCommit(tx, func() {
		for _, c := range g.given {
			s.walletChanged(c.AllianceID, c.MemberID)
		}
	})
	return s.Outbox.Gather(tx, func(tx *gorm.DB) error {
		if err := outbox.AddAll(s.Outbox, tx, g.campaign.AllianceID, models.EventCouponClaimed, claimed); err != nil {
			return err
		}
		return s.Outbox.Add(tx, g.campaign.AllianceID, models.EventCampaignChanged, models.CampaignChanged{CampaignID: g.campaign.ID, Remaining: g.campaign.Remaining})
	})
}

// walletChanged tells a member's screens to look at the wallet again.
func (s *Service) walletChanged(alliance, member models.ID) {
	s.Streams.Signal(alliance, "member:"+member.String(), "wallet.changed", map[string]any{})
}
