package coupon

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// gallery is what is read once to show several campaigns to one reader.
type gallery struct {
	posters
	reader   *identity.Principal
	locale   string
	redeemed map[models.ID]int64
	mine     map[models.ID]int64
	cannot   map[models.ID]models.Claimability // beside what the campaign's row says
}

// View shows campaigns of the reader's street to them, in the language of ctx: what a feed's cards need. Those that are
// not there, or not to be seen by them yet, are left out.
func (s *Service) View(ctx context.Context, reader *identity.Principal, ids []models.ID) (map[models.ID]CampaignView, error) {
	var rows []models.Campaign
	if err := s.DB.Read(ctx).Where("+alliance_id = ? AND id IN ?", reader.AllianceID, ids).Find(&rows).Error; err != nil {
		return nil, err
	}
	views, err := s.campaignViews(ctx, reader, rows)
	found := make(map[models.ID]CampaignView, len(views))
	for _, v := range views {
		found[v.ID] = v
	}
	return found, err
}

// campaignViews shows campaigns in their order, without those that the reader may not see.
func (s *Service) campaignViews(ctx context.Context, reader *identity.Principal, rows []models.Campaign) ([]CampaignView, error) {
	g, err := s.gallery(ctx, reader, rows)
	if err != nil {
		return nil, err
	}
	views := make([]CampaignView, 0, len(rows))
	for _, c := range rows {
		if c.SignedAt != nil || g.takesPart(c) {
			views = append(views, g.view(c))
		}
	}
	return views, nil
}

func (s *Service) gallery(ctx context.Context, reader *identity.Principal, rows []models.Campaign) (*gallery, error) {
	posters, err := s.posters(ctx, reader.AllianceID, rows)
	if err != nil {
		return nil, err
	}
	mine, err := heldBy(s.DB.Read(ctx), reader.MemberID, idsOf(rows))
	if err != nil {
		return nil, err
	}
	return s.hang(ctx, reader, posters, mine, rows)
}

// hang shows to one reader, who may be nobody's member, what campaigns tell everybody.
func (s *Service) hang(ctx context.Context, reader *identity.Principal, all posters, mine map[models.ID]int64, rows []models.Campaign) (*gallery, error) {
	r, g := s.DB.Read(ctx), &gallery{posters: all, reader: reader, locale: web.Locale(ctx), mine: mine, cannot: map[models.ID]models.Claimability{}}
	var err error
	if g.redeemed, err = redeemedOf(r, g.ownAmong(rows)); err != nil {
		return nil, err
	}
	for _, c := range rows {
		if g.cannot[c.ID], err = s.cannot(r, g, c); err != nil {
			return nil, err
		}
	}
	return g, nil
}

func idsOf(rows []models.Campaign) []models.ID {
	ids := make([]models.ID, len(rows))
	for i, c := range rows {
		ids[i] = c.ID
	}
	return ids
}

type tally struct {
	CampaignID models.ID
	N          int64
}

func tallied(rows []tally) map[models.ID]int64 {
	counts := make(map[models.ID]int64, len(rows))
	for _, t := range rows {
		counts[t.CampaignID] = t.N
	}
	return counts
}

// redeemedOf counts the redemptions of campaigns that were not taken back.
func redeemedOf(r *gorm.DB, ids []models.ID) (map[models.ID]int64, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var rows []tally
	err := r.Model(&models.Redemption{}).Select("campaign_id, COUNT(*) AS n").
		Where("campaign_id IN ? AND state = ?", ids, models.RedemptionStands).Group("campaign_id").Scan(&rows).Error
	return tallied(rows), err
}

// heldBy counts what one member has had of campaigns.
func heldBy(r *gorm.DB, member models.ID, ids []models.ID) (map[models.ID]int64, error) {
	if member.IsZero() || len(ids) == 0 {
		return nil, nil
	}
	var rows []tally
	err := r.Model(&models.Coupon{}).Select("campaign_id, MAX(number) AS n").
		Where("campaign_id IN ? AND member_id = ?", ids, member).Group("campaign_id").Scan(&rows).Error
	return tallied(rows), err
}

// takesPart tells whether the reader works for the issuer, or, once the issuer has sent it out by signing, for a store
// that carries a share or for the alliance.
func (g *gallery) takesPart(c models.Campaign) bool {
	return g.reader.RoleIn(c.StoreID) != "" || g.isAsked(g.shares[c.ID])
}

// isAsked: they were sent out, and the reader is one of those who carry a share.
func (g *gallery) isAsked(shares []models.CampaignShare) bool {
	if len(shares) == 0 || shares[0].State == models.ShareWaiting {
		return false
	}
	return g.reader.Coordinator || slices.ContainsFunc(shares, func(sh models.CampaignShare) bool { return g.reader.RoleIn(sh.StoreID) != "" })
}

func (g *gallery) ownAmong(rows []models.Campaign) []models.ID {
	var ids []models.ID
	for _, c := range rows {
		if g.takesPart(c) {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

func (g *gallery) view(c models.Campaign) CampaignView {
	v := CampaignView{
		ID: c.ID, Store: g.street.stores[c.StoreID], Title: c.Title, Description: c.Description, OfferView: offerView(c.Offer), StackingView: stackingView(c.Stacking),
		Given: c.Given, HandingView: g.handingView(c), Printed: c.Printed, Stock: c.Stock, Remaining: c.Remaining, PerMember: c.PerMember, ClaimFrom: c.ClaimFrom, ClaimUntil: c.ClaimUntil,
		ValidFrom: c.ValidFrom, ValidUntil: c.ValidUntil, ValidDays: c.ValidDays, Weekdays: c.Weekdays.List(), Hours: hoursView(c.Validity),
		State: c.StateAt(g.street.now), Version: c.Version, Claimed: c.Out(), Shares: []ShareView{},
		Stores: g.storesFor(c), Claimable: g.claimable(c), LimitsView: limitsView(c), Leaving: g.leaving(c),
		BudgetState: c.BudgetAfter(g.shares[c.ID], g.left[c.ID]), Proposed: c.Proposed,
	}
	if g.takesPart(c) {
		v.Budget, v.Audience = g.budget(c), audienceView(c.Audience)
		v.Shares, v.Redeemed = g.shareViews(c), ptr(g.redeemed[c.ID])
	}
	if !g.reader.MemberID.IsZero() {
		v.Mine = ptr(g.mine[c.ID])
	}
	return v
}

func ptr[T any](v T) *T { return &v }

func (g *gallery) claimable(c models.Campaign) Verdict {
	if c.Given != models.GivenPublic {
		return Verdict{Why: givenOtherwise(c).Text.In(g.locale)}
	}
	why := c.Claimable(g.mine[c.ID], g.street.now)
	if other := g.cannot[c.ID]; other != "" && (why == "" || why == models.ClaimSoldOut && other == models.ClaimNotInvited) {
		why = other
	}
	if why != "" {
		return Verdict{Why: claimRefused(why, c, g.street.zone).Text.In(g.locale)}
	}
	return Verdict{OK: true}
}

func (g *gallery) shareViews(c models.Campaign) []ShareView { return g.sharesShown(c, g.shares[c.ID]) }

func (g *gallery) sharesShown(c models.Campaign, shares []models.CampaignShare) []ShareView {
	views := make([]ShareView, 0, len(shares))
	for _, sh := range shares {
		views = append(views, ShareView{
			Store: g.street.funder(sh.StoreID), Fund: sh.StoreID == c.AllianceID, ShareBPS: sh.ShareBPS, WorstCase: models.Fen(sh.WorstCase), Cap: models.Fen(sh.Cap),
			State: sh.State, SignedBy: g.names[sh.SignedBy], SignedAt: sh.SignedAt,
		})
	}
	return views
}
