package handout

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/identity"
)

// shownOf bounds the sends and batches that a campaign's page lists, the newest first.
const shownOf = 50

// Handing is how a campaign's coupons are given out, as its store sees it.
type Handing struct {
	Ways    []models.Way `json:"ways" nullable:"false" enum:"claim,welcome,sent,link,event,prize,printed" doc:"how coupons may leave it"`
	Counts  []WayCount   `json:"counts" nullable:"false" doc:"how they came to their members other than by a claim"`
	Brought int64        `json:"brought" doc:"new members who came by its link or by a gift"`
	Link    *LinkCard    `json:"link,omitempty"`
	Sends   []SendView   `json:"sends" nullable:"false"`
	Batches []BatchView  `json:"batches" nullable:"false"`
}

// WayCount says how many coupons came on a way.
type WayCount struct {
	Way models.Way `json:"way" enum:"sent,link,event,prize,printed,gift"`
	N   int64      `json:"n"`
}

// LinkCard is a campaign's secret link.
type LinkCard struct {
	URL       string    `json:"url"`
	Claimed   int64     `json:"claimed"`
	Joined    int64     `json:"joined" doc:"who came to the street by it"`
	CreatedAt time.Time `json:"created_at"`
	Until     time.Time `json:"until"`
}

// ways are those on which coupons leave a campaign.
var ways = []models.Way{models.WayClaim, models.WayWelcome, models.WaySent, models.WayLink, models.WayTrigger, models.WayPrize, models.WayPrinted}

// Handing shows how a campaign's coupons are given out. Error: not_found.
func (s *Service) Handing(ctx context.Context, by Staff, campaign models.ID) (Handing, error) {
	r := s.DB.Read(ctx)
	c, err := s.campaign(r, by, campaign)
	if err != nil {
		return Handing{}, err
	}
	h := Handing{Ways: []models.Way{}, Counts: []WayCount{}, Sends: []SendView{}, Batches: []BatchView{}}
	for _, w := range ways {
		if c.Gives(w) {
			h.Ways = append(h.Ways, w)
		}
	}
	for _, add := range []func(context.Context, *gorm.DB, models.Campaign, *Handing) error{s.addCounts, s.addLink, s.addSends, s.addBatches} {
		if err := add(ctx, r, c, &h); err != nil {
			return h, err
		}
	}
	return h, nil
}

func (s *Service) addCounts(ctx context.Context, r *gorm.DB, c models.Campaign, h *Handing) error {
	err := r.Model(&models.Handout{}).Select("way, COUNT(*) AS n").Where("campaign_id = ?", c.ID).Group("way").Order("way").Scan(&h.Counts).Error
	if err != nil {
		return err
	}
	h.veil(c.Veiled)
	brought, err := s.Pool.Brought(ctx, []models.ID{c.ID})
	h.Brought = brought[c.ID]
	return err
}

// veil counts what private sends hold back as sent.
func (h *Handing) veil(n int64) {
	if n == 0 {
		return
	}
	i := slices.IndexFunc(h.Counts, func(w WayCount) bool { return w.Way == models.WaySent })
	if i < 0 {
		i, h.Counts = len(h.Counts), append(h.Counts, WayCount{Way: models.WaySent})
	}
	h.Counts[i].N += n
}

func (s *Service) addLink(_ context.Context, r *gorm.DB, c models.Campaign, h *Handing) error {
	link, err := s.standingLink(r, c.ID)
	if errors.Is(err, models.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	h.Link = &LinkCard{URL: s.CouponURL(link.Code), CreatedAt: link.CreatedAt, Until: *link.ExpiresAt}
	if err := r.Model(&models.Handout{}).Where("source_id = ?", link.ID).Count(&h.Link.Claimed).Error; err != nil {
		return err
	}
	return r.Model(&models.Member{}).Where("join_link_id = ?", link.ID).Count(&h.Link.Joined).Error
}

func (s *Service) addSends(ctx context.Context, r *gorm.DB, c models.Campaign, h *Handing) error {
	var rows []models.Send
	if err := r.Where("campaign_id = ?", c.ID).Order("id DESC").Limit(shownOf).Find(&rows).Error; err != nil {
		return err
	}
	views, err := s.sendViews(ctx, c.AllianceID, rows)
	h.Sends = append(h.Sends, views...)
	return err
}

func (s *Service) addBatches(_ context.Context, r *gorm.DB, c models.Campaign, h *Handing) error {
	var rows []models.PrintBatch
	if err := r.Where("campaign_id = ?", c.ID).Order("id DESC").Limit(shownOf).Find(&rows).Error; err != nil {
		return err
	}
	for _, row := range rows {
		h.Batches = append(h.Batches, batchView(row))
	}
	return nil
}

// Prizes lists the live campaigns of a store that prizes can be taken from.
func (s *Service) Prizes(ctx context.Context, reader *identity.Principal, store models.ID) ([]coupon.CampaignView, error) {
	var ids []models.ID
	err := s.DB.Read(ctx).Model(&models.Campaign{}).Where("alliance_id = ? AND store_id = ? AND state = ? AND given IN ? AND remaining > 0",
		reader.AllianceID, store, models.CampaignLive, []models.CampaignGiven{models.GivenPrize, models.GivenPublic}).Order("given, id DESC").Limit(shownOf).Pluck("id", &ids).Error
	if err != nil {
		return nil, err
	}
	found, err := s.Coupon.View(ctx, reader, ids)
	views := make([]coupon.CampaignView, 0, len(ids))
	for _, id := range ids {
		if v, ok := found[id]; ok {
			views = append(views, v)
		}
	}
	return views, err
}
