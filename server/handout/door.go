package handout

import (
	"context"
	"errors"
	"strings"
	"time"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
	"onestreet/server/pool"
)

// LinkKind says whose link it is.
type LinkKind string

// The kinds of links that bring a coupon.
const (
	LinkOfStore  LinkKind = "link"
	LinkOfFriend LinkKind = "gift"
	LinkOfPaper  LinkKind = "paper"
)

// CouponLink is what a link brings, to whoever opens it. It names a giver as the street sees them, and nobody else.
type CouponLink struct {
	Code     string              `json:"code"`
	Join     string              `json:"join" doc:"whoever is no member yet joins by this link first: /join/{join}"`
	Kind     LinkKind            `json:"kind" enum:"link,gift,paper"`
	Campaign coupon.CampaignView `json:"campaign"`
	Giver    *models.PersonRef   `json:"giver,omitempty" doc:"the friend whose gift it is"`
	Until    *time.Time          `json:"until,omitempty" doc:"a gift ends with its coupon"`
	Mine     bool                `json:"mine" doc:"the caller gave it, or has it already"`
	Open     coupon.Verdict      `json:"open" doc:"whether it can be taken now, and why not"`
}

// Opened shows what a link brings. Errors: coupon_link_unknown, coupon_link_over, not_found.
func (s *Service) Opened(ctx context.Context, reader *identity.Principal, code string) (CouponLink, error) {
	link, err := s.linkOrPaper(ctx, code)
	if err != nil {
		return CouponLink{}, err
	}
	if !reader.Visitor() && reader.AllianceID != link.AllianceID {
		return CouponLink{}, ErrLink // a link of another street than the one they are in
	}
	as := *reader
	as.AllianceID = link.AllianceID // a visitor follows it before knowing which street it leads to
	campaigns, err := s.Coupon.View(ctx, &as, []models.ID{link.CampaignID})
	if err != nil {
		return CouponLink{}, err
	}
	c, ok := campaigns[link.CampaignID]
	if !ok {
		return CouponLink{}, ErrLink
	}
	v := CouponLink{Code: code, Join: link.Code, Kind: LinkOfStore, Campaign: c}
	switch link.Kind {
	case models.TouchMember:
		return v, s.showGift(ctx, &v, link, reader.MemberID)
	case models.TouchPoster:
		return v, s.showPaper(ctx, &v, link)
	}
	return v, s.showLink(ctx, &v, link, reader)
}

// linkOrPaper finds the link of an address. Printed codes are in capitals and digits, links in small letters, so that neither
// is taken for the other. Errors: coupon_link_unknown, printed_unknown.
func (s *Service) linkOrPaper(ctx context.Context, code string) (models.JoinLink, error) {
	if !onPaper(code) {
		return s.link(ctx, code)
	}
	p, err := db.Find[models.PrintedCode](s.DB.Read(ctx), "code = ?", code)
	if errors.Is(err, models.ErrNotFound) {
		return models.JoinLink{}, ErrPaper
	}
	if err != nil {
		return models.JoinLink{}, err
	}
	b, err := db.Find[models.PrintBatch](s.DB.Read(ctx), "id = ?", p.BatchID)
	if err != nil {
		return models.JoinLink{}, err
	}
	return db.Find[models.JoinLink](s.DB.Read(ctx), "id = ?", b.LinkID)
}

func onPaper(code string) bool {
	_, err := models.ParseCouponCode(code)
	return err == nil && code == strings.ToUpper(code)
}

func (s *Service) showPaper(ctx context.Context, v *CouponLink, link models.JoinLink) error {
	v.Kind, v.Open = LinkOfPaper, coupon.Verdict{OK: true}
	_, b, err := s.paper(s.DB.Read(ctx), link.AllianceID, v.Code)
	if why := asSaid(err); why != nil {
		v.Open, err = coupon.Verdict{Why: why.Text.In(web.Locale(ctx))}, nil
	}
	v.Until = &b.Until
	return err
}

// link finds a link that brings a coupon. Error: coupon_link_unknown.
func (s *Service) link(ctx context.Context, code string) (models.JoinLink, error) {
	link, err := s.Pool.Link(ctx, code)
	if errors.Is(err, pool.ErrLink) || err == nil && link.CampaignID.IsZero() {
		return link, ErrLink
	}
	return link, err
}

func (s *Service) showLink(ctx context.Context, v *CouponLink, link models.JoinLink, reader *identity.Principal) error {
	if link.Expired(s.Clock.Now()) {
		v.Open = coupon.Verdict{Why: ErrLinkOver.Text.In(web.Locale(ctx))}
		return nil
	}
	var err error
	v.Mine = v.Campaign.Mine != nil && *v.Campaign.Mine > 0
	v.Open, err = s.Coupon.MayTake(ctx, link.CampaignID, models.WayLink, reader.MemberID)
	return err
}

func (s *Service) showGift(ctx context.Context, v *CouponLink, link models.JoinLink, reader models.ID) error {
	g, err := db.Find[models.Gift](s.DB.Read(ctx), "link_id = ?", link.ID)
	if err != nil {
		return err
	}
	giver, err := s.Pool.Member(ctx, link.AllianceID, g.GiverID)
	if err != nil {
		return err
	}
	c, err := db.Find[models.Coupon](s.DB.Read(ctx), "id = ?", g.CouponID)
	if err != nil {
		return err
	}
	ref := giver.Ref()
	v.Kind, v.Giver, v.Until = LinkOfFriend, &ref, &c.ValidUntil
	v.Mine = !reader.IsZero() && (g.GiverID == reader || g.TakerID == reader)
	v.Open = coupon.Verdict{OK: true}
	if why := s.giftClosed(ctx, g, c); why != nil {
		v.Open = coupon.Verdict{Why: why.Text.In(web.Locale(ctx))}
	}
	return nil
}

// giftClosed says why a gift cannot be taken; nil when it can.
func (s *Service) giftClosed(ctx context.Context, g models.Gift, c models.Coupon) *models.Error {
	if g.State != models.GiftOpen {
		return asSaid(giftOver(g))
	}
	return asSaid(quietly(s.Coupon.MayPassOn(ctx, c)))
}

// ClaimLink takes the coupon of a link for a member of the street.
// Errors: coupon_link_unknown, coupon_link_over, those of a claim; of printed codes: printed_…; of gifts: own_gift, gift_taken, gift_taken_back, claim_limit, and
// those of a coupon that does not work any more.
func (s *Service) ClaimLink(ctx context.Context, alliance, member models.ID, code string) (models.Coupon, error) {
	if onPaper(code) {
		return s.TakePaper(ctx, Bearer{Alliance: alliance, Member: member}, code)
	}
	link, err := s.link(ctx, code)
	switch {
	case err != nil:
		return models.Coupon{}, err
	case link.AllianceID != alliance:
		return models.Coupon{}, ErrLink
	case link.Kind == models.TouchMember:
		return s.take(ctx, link, member)
	case link.Expired(s.Clock.Now()):
		return models.Coupon{}, ErrLinkOver
	}
	return s.claimByLink(ctx, linkClaim{alliance, link.CampaignID, link.ID, member})
}
