package coupon

import (
	"cmp"
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
)

// posters is what campaigns of a street tell everybody. Read it only: many readers may stand before it.
type posters struct {
	street  street
	shares  map[models.ID][]models.CampaignShare
	names   map[models.ID]string // of who signed
	notices map[models.ID][]models.CampaignNotice
	left    map[models.ID]map[models.ID]int64 // of budgets and caps in fen, by campaign and owner
	funds   map[models.ID]models.CampaignFund // of the whole budget, by campaign
	today   map[models.ID]int64               // given out today, of those with a limit a day that run
}

func (s *Service) posters(ctx context.Context, alliance models.ID, rows []models.Campaign) (p posters, err error) {
	r := s.DB.Read(ctx)
	if p.street, err = s.street(ctx, alliance); err != nil {
		return p, err
	}
	if p.shares, err = sharesOfAll(r, rows); err != nil {
		return p, err
	}
	if p.notices, err = noticesOf(r, idsOf(rows)); err != nil {
		return p, err
	}
	if p.left, p.funds, err = fundsOf(r, idsOf(rows)); err != nil {
		return p, err
	}
	if p.today, err = givenToday(r, p.street, rows); err != nil {
		return p, err
	}
	p.names, err = s.Identity.Names(r, signers(p.shares))
	return p, err
}

func givenToday(r *gorm.DB, st street, rows []models.Campaign) (map[models.ID]int64, error) {
	today := map[models.ID]int64{}
	for _, c := range rows {
		if c.State != models.CampaignLive || c.PerDay == 0 {
			continue
		}
		var err error
		if today[c.ID], err = dayCounter(c, st.now, st.zone).now(r); err != nil {
			return nil, err
		}
	}
	return today, nil
}

// sharesOfAll reads the present shares of campaigns, each with the issuer first.
func sharesOfAll(r *gorm.DB, rows []models.Campaign) (map[models.ID][]models.CampaignShare, error) {
	version := make(map[models.ID]int64, len(rows))
	for _, c := range rows {
		version[c.ID] = c.Version
	}
	var shares []models.CampaignShare
	err := r.Where("campaign_id IN ?", idsOf(rows)).Order("position").Find(&shares).Error
	found := make(map[models.ID][]models.CampaignShare, len(rows))
	for _, sh := range shares {
		if sh.Version == version[sh.CampaignID] {
			found[sh.CampaignID] = append(found[sh.CampaignID], sh)
		}
	}
	return found, err
}

func signers(shares map[models.ID][]models.CampaignShare) []models.ID {
	var ids []models.ID
	for _, of := range shares {
		for _, sh := range of {
			if !sh.SignedBy.IsZero() {
				ids = append(ids, sh.SignedBy)
			}
		}
	}
	return ids
}

// fundsOf reads what is left of campaigns' budgets and caps, by campaign and owner, and the rows of the whole budgets.
func fundsOf(r *gorm.DB, ids []models.ID) (map[models.ID]map[models.ID]int64, map[models.ID]models.CampaignFund, error) {
	left, whole := map[models.ID]map[models.ID]int64{}, map[models.ID]models.CampaignFund{}
	var rows []models.CampaignFund
	err := r.Where("campaign_id IN ?", ids).Find(&rows).Error
	for _, f := range rows {
		if left[f.CampaignID] == nil {
			left[f.CampaignID] = map[models.ID]int64{}
		}
		if left[f.CampaignID][f.OwnerID] = f.Left(); f.OwnerID == f.CampaignID {
			whole[f.CampaignID] = f
		}
	}
	return left, whole, err
}

// crowd bounds how many who open a campaign's page at the same time share what is read for it.
const crowd = 512

// place is a campaign of a street; of a member who stands before it, where there is one.
type place struct{ alliance, campaign, member models.ID }

// poster is one campaign with what it tells everybody.
type poster struct {
	campaign models.Campaign
	posters
}

// One shows a campaign of the reader's street to them, in the language of ctx. At eight in the evening five thousand open
// the same page: what it tells everybody is read once for those who ask at the same time, and so is who of them has it.
// Error: not_found, also while they may not see it yet.
func (s *Service) One(ctx context.Context, reader *identity.Principal, id models.ID) (CampaignView, error) {
	p, found, err := s.onWall.Get(ctx, place{alliance: reader.AllianceID, campaign: id})
	if err != nil || !found {
		return CampaignView{}, cmp.Or(err, error(models.ErrNotFound))
	}
	n, _, err := s.hasHad.Get(ctx, place{reader.AllianceID, id, reader.MemberID})
	if err != nil {
		return CampaignView{}, err
	}
	c := p.campaign
	g, err := s.hang(ctx, reader, p.posters, map[models.ID]int64{id: n}, []models.Campaign{c})
	if err != nil {
		return CampaignView{}, err
	}
	if c.SignedAt == nil && !g.takesPart(c) {
		return CampaignView{}, models.ErrNotFound
	}
	return g.view(c), nil
}

// wall reads what campaigns tell everybody, street by street.
func (s *Service) wall(ctx context.Context, places []place) (map[place]poster, error) {
	found := make(map[place]poster, len(places))
	campaigns := map[models.ID][]models.ID{}
	for _, p := range places {
		campaigns[p.alliance] = append(campaigns[p.alliance], p.campaign)
	}
	for alliance, ids := range campaigns {
		var rows []models.Campaign
		if err := s.DB.Read(ctx).Where("+alliance_id = ? AND id IN ?", alliance, ids).Find(&rows).Error; err != nil {
			return nil, err
		}
		if len(rows) == 0 {
			continue
		}
		all, err := s.posters(ctx, alliance, rows)
		if err != nil {
			return nil, err
		}
		for _, c := range rows {
			found[place{alliance: alliance, campaign: c.ID}] = poster{c, all}
		}
	}
	return found, nil
}

// had counts what members have had of campaigns, campaign by campaign.
func (s *Service) had(ctx context.Context, places []place) (map[place]int64, error) {
	found := make(map[place]int64, len(places))
	members := map[models.ID][]models.ID{}
	for _, p := range places {
		members[p.campaign] = append(members[p.campaign], p.member)
	}
	counts := make(map[models.ID]map[models.ID]int64, len(members))
	for campaign, those := range members {
		var err error
		if counts[campaign], err = held(s.DB.Read(ctx), campaign, those); err != nil {
			return nil, err
		}
	}
	for _, p := range places {
		found[p] = counts[p.campaign][p.member]
	}
	return found, nil
}
