package coupon

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

// VersionView is one version of a campaign's terms: what it changed, and who signed it.
type VersionView struct {
	Version   int64             `json:"version"`
	State     models.TermsState `json:"state" enum:"proposed,signing,signed,withdrawn"`
	Present   bool              `json:"present" doc:"it is the one that runs"`
	Changes   []string          `json:"changes" nullable:"false" doc:"against the version before it; empty for the first"`
	Terms     []TermLine        `json:"terms" nullable:"false" doc:"all that it says beside the shares; limits that are not set are left out"`
	Shares    []ShareView       `json:"shares" nullable:"false"`
	Claimed   int64             `json:"claimed" doc:"coupons claimed under it"`
	By        string            `json:"by,omitempty" doc:"who proposed it"`
	At        time.Time         `json:"at"`
	SettledAt *time.Time        `json:"settled_at,omitempty" doc:"when it was signed by all, or withdrawn"`
}

// Versions lists a campaign's versions, the newest first, for those who take part in it or are asked to. Error: not_found.
func (s *Service) Versions(ctx context.Context, reader *identity.Principal, id models.ID) ([]VersionView, error) {
	r := s.DB.Read(ctx)
	c, err := db.Find[models.Campaign](r, "id = ? AND alliance_id = ?", id, reader.AllianceID)
	if err != nil {
		return nil, err
	}
	g, err := s.gallery(ctx, reader, []models.Campaign{c})
	if err != nil {
		return nil, err
	}
	waits, err := sharesAt(r, c.ID, c.Proposed)
	if err != nil {
		return nil, err
	}
	if !g.takesPart(c) && !g.isAsked(waits) {
		return nil, models.ErrNotFound
	}
	b := binder{s: s, r: r, g: g, c: c}
	return b.bind()
}

// binder puts a campaign's versions in order.
type binder struct {
	s       *Service
	r       *gorm.DB
	g       *gallery
	c       models.Campaign
	shares  map[int64][]models.CampaignShare
	claimed map[int64]int64
}

func (b *binder) bind() ([]VersionView, error) {
	var rows []models.CampaignTerms
	if err := b.r.Where("campaign_id = ?", b.c.ID).Order("version").Find(&rows).Error; err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(rows, func(t models.CampaignTerms) bool { return t.Version == b.c.Version }) {
		rows = append(rows, b.present())
	}
	slices.SortFunc(rows, func(x, y models.CampaignTerms) int { return int(x.Version - y.Version) })
	if err := b.read(rows); err != nil {
		return nil, err
	}
	views, before := make([]VersionView, 0, len(rows)), (*version)(nil)
	for _, row := range rows {
		is := version{b.c.Under(row.Terms), b.shares[row.Version]}
		if row.Version == b.c.Version {
			is.Campaign = b.c
		}
		views = append(views, b.view(row, is, before))
		if row.State == models.TermsSigned {
			before = &is
		}
	}
	slices.Reverse(views)
	return views, nil
}

// present is the running terms as a row, where none is kept yet.
func (b *binder) present() models.CampaignTerms {
	state := models.TermsSigned
	switch {
	case b.c.State == models.CampaignDraft:
		state = models.TermsProposed
	case b.c.SignedAt == nil:
		state = models.TermsSigning
	}
	return models.CampaignTerms{CampaignID: b.c.ID, Version: b.c.Version, State: state, Terms: b.c, ProposedBy: b.c.CreatedBy, ProposedAt: b.c.CreatedAt, SettledAt: b.c.SignedAt}
}

func (b *binder) read(rows []models.CampaignTerms) error {
	b.shares = map[int64][]models.CampaignShare{}
	var err error
	if b.claimed, err = outUnder(b.r, b.c.ID); err != nil {
		return err
	}
	var shares []models.CampaignShare
	if err := b.r.Where("campaign_id = ?", b.c.ID).Order("position").Find(&shares).Error; err != nil {
		return err
	}
	accounts := []models.ID{}
	for _, sh := range shares {
		b.shares[sh.Version] = append(b.shares[sh.Version], sh)
		accounts = append(accounts, sh.SignedBy)
	}
	for _, row := range rows {
		accounts = append(accounts, row.ProposedBy)
	}
	b.g.names, err = b.s.Identity.Names(b.r, slices.DeleteFunc(accounts, models.ID.IsZero))
	return err
}

func (b *binder) view(row models.CampaignTerms, is version, before *version) VersionView {
	v := VersionView{
		Version: row.Version, State: row.State, Present: row.Version == b.c.Version, Changes: []string{}, Claimed: b.claimed[row.Version],
		Terms: termLines(b.g.street, is.Campaign, b.g.locale), Shares: b.g.sharesShown(b.c, is.shares), By: b.g.names[row.ProposedBy], At: row.ProposedAt, SettledAt: row.SettledAt,
	}
	if before != nil {
		v.Changes = said(changes(b.g.street, *before, is), b.g.locale)
	}
	return v
}

func said(texts []models.Text, locale string) []string {
	lines := make([]string, len(texts))
	for i, t := range texts {
		lines[i] = t.In(locale)
	}
	return lines
}

// Asked lists what waits for a funder's signature: campaigns that begin, and new terms of those that run. The latter are
// shown as they would read, with what they change.
func (s *Service) Asked(ctx context.Context, reader *identity.Principal, funder models.ID) ([]CampaignView, error) {
	first, err := s.Waiting(ctx, reader, funder)
	if err != nil {
		return nil, err
	}
	r := s.DB.Read(ctx)
	var running []models.Campaign
	err = r.Table("campaigns AS c").Select("c.*").
		Joins("JOIN campaign_shares AS s ON s.campaign_id = c.id AND s.version = c.proposed").
		Joins("JOIN campaign_terms AS t ON t.campaign_id = c.id AND t.version = c.proposed").
		Where("c.alliance_id = ? AND s.store_id = ? AND s.state = ? AND t.state = ?", reader.AllianceID, funder, models.ShareWaiting, models.TermsSigning).
		Order("c.id DESC").Limit(storeList).Find(&running).Error
	if err != nil {
		return nil, err
	}
	for _, c := range running {
		if !c.StateAt(s.Clock.Now()).Running() {
			continue
		}
		v, err := s.proposedView(ctx, reader, r, c)
		if err != nil {
			return nil, err
		}
		first = append(first, v...)
	}
	return first, nil
}

// proposedView shows a running campaign as its proposed terms would have it.
func (s *Service) proposedView(ctx context.Context, reader *identity.Principal, r *gorm.DB, c models.Campaign) ([]CampaignView, error) {
	p, err := proposed(r, c)
	if err != nil {
		return nil, err
	}
	p.as.Version = p.row.Version
	views, err := s.campaignViews(ctx, reader, []models.Campaign{p.as})
	if err != nil || len(views) == 0 {
		return nil, err
	}
	st, err := s.street(ctx, c.AllianceID)
	if err != nil {
		return nil, err
	}
	shares, err := sharesOf(r, c)
	views[0].Replaces = c.Version
	views[0].Changes = said(changes(st, version{c, shares}, version{p.as, p.shares}), web.Locale(ctx))
	return views, err
}
