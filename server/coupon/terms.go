package coupon

import (
	"slices"
	"strings"
	"time"

	"onestreet/models"
)

// The bounds of what a campaign may promise.
const (
	maxStock     = 1_000_000
	maxPerMember = 100
	maxDays      = 366
	maxPartners  = 20
)

// Terms is what a store offers, and whom it asks to carry a share of the cost.
type Terms struct {
	Title       string
	Description string
	models.Offer
	models.Stacking
	models.Validity
	models.Limits
	models.Handing
	Audience   models.Audience
	FundBPS    int64 // the share that the alliance's fund is asked to carry
	Given      models.CampaignGiven
	Stock      int64
	PerMember  int64
	ClaimFrom  time.Time
	ClaimUntil time.Time
	Partners   []models.Partner
}

// plain trims the terms, brings times to what the database keeps, and clears what the kind does not use, so that equal
// offers are written equally.
func (t Terms) plain() Terms {
	t.Title, t.Description = strings.TrimSpace(t.Title), strings.TrimSpace(t.Description)
	t.ClaimFrom, t.ClaimUntil = kept(t.ClaimFrom), kept(t.ClaimUntil)
	for _, at := range []**time.Time{&t.ValidFrom, &t.ValidUntil} {
		if *at != nil {
			k := kept(**at)
			*at = &k
		}
	}
	t.Offer, t.Stacking = usedFields(t.Offer), plainStacking(t.Stacking)
	t.Limits, t.Audience, t.NotOn = plainLimits(t.Limits), plainAudience(t.Audience), plainDays(t.NotOn)
	t.Handing = usedHanding(t.Given, t.Handing)
	return t
}

func kept(at time.Time) time.Time { return at.UTC().Truncate(time.Microsecond) }

// problems collects wrong fields.
type problems struct{ err *models.Error }

func (p *problems) expect(ok bool, pointer, zh, en string) {
	if ok {
		return
	}
	if p.err == nil {
		p.err = models.ErrInvalid
	}
	p.err = p.err.Field(pointer, models.Text{ZH: zh, EN: en})
}

func (p *problems) error() error {
	if p.err == nil {
		return nil
	}
	return p.err
}

// check names every field that cannot be. Error: invalid.
func (t Terms) check(issuer models.ID, now time.Time, zone *time.Location) error {
	var p problems
	p.expect(t.Title != "", "/title", "起个名字", "Give it a name.")
	t.checkOffer(&p)
	t.checkGiven(&p)
	t.checkHanding(issuer, &p)
	t.checkCounts(&p)
	t.checkWindow(&p, now)
	t.checkValidity(&p, zone)
	t.checkLimits(&p)
	checkAudience(&p, t.Audience, issuer, append([]models.Partner{}, t.Partners...))
	_, ok := models.Campaign{StoreID: issuer}.Shares(t.funders(models.ID{1}))
	p.expect(ok, "/partners", "几家的份额加起来不能超过 100%，每家只写一次，自己家不用写", "The shares may not exceed 100 %, each store once, your own not at all.")
	return p.error()
}

// checkGiven: the join page promises a sum, so a welcome is an amount off.
func (t Terms) checkGiven(p *problems) {
	p.expect(t.Given != models.GivenNewMembers || t.Kind == models.CouponAmount, "/given", "迎新的券要写明减多少", "A welcome is an amount off.")
}

func (t Terms) checkCounts(p *problems) {
	p.expect(t.Stock > 0 && t.Stock <= maxStock, "/stock", "张数要在 1 到 1,000,000 之间", "How many: 1 to 1,000,000.")
	p.expect(t.PerMember > 0 && t.PerMember <= maxPerMember, "/per_member", "每人张数要在 1 到 100 之间", "How many each: 1 to 100.")
}

func (t Terms) checkWindow(p *problems, now time.Time) {
	p.expect(t.ClaimFrom.Before(t.ClaimUntil), "/claim_until", "发完的时间要晚于开始的时间", "The end must come after the beginning.")
	p.expect(t.ClaimUntil.After(now), "/claim_until", "发完的时间已经过了", "That time has passed.")
}

func (t Terms) checkValidity(p *problems, zone *time.Location) {
	p.expect(t.ValidUntil != nil || t.ValidDays > 0, "/valid_until", "写上用到哪天，或者领后几天能用", "Say until when it works, or for how many days.")
	p.expect(t.ValidDays >= 0 && t.ValidDays <= maxDays, "/valid_days", "最多 366 天", "At most 366 days.")
	p.expect(t.ValidUntil == nil || !t.ValidUntil.Before(t.ClaimUntil), "/valid_until", "要能用到发完以后", "It must work at least until the last one is claimed.")
	p.expect((t.HoursFrom == "") == (t.HoursTo == ""), "/hours", "钟点要有开始和结束", "Hours need a beginning and an end.")
	if t.ValidUntil != nil || t.ValidDays > 0 {
		from, until := t.Span(t.ClaimFrom, zone)
		p.expect(from.Before(until), "/valid_from", "领到的时候已经不能用了", "It would be over before it works.")
	}
}

// into writes the terms into a campaign.
func (t Terms) into(c *models.Campaign) {
	c.Title, c.Description, c.Offer, c.Stacking, c.Validity, c.Handing, c.Given = t.Title, t.Description, t.Offer, t.Stacking, t.Validity, t.Handing, t.Given
	c.Limits, c.Audience = t.Limits, t.Audience
	c.Stock, c.Remaining, c.PerMember, c.ClaimFrom, c.ClaimUntil = t.Stock, t.Stock, t.PerMember, t.ClaimFrom, t.ClaimUntil
}

// termsOf reads the terms back, to change some of them.
func termsOf(c models.Campaign, shares []models.CampaignShare) Terms {
	t := Terms{Title: c.Title, Description: c.Description, Offer: c.Offer, Stacking: c.Stacking, Validity: c.Validity, Handing: c.Handing, Given: c.Given, Stock: c.Stock, PerMember: c.PerMember, ClaimFrom: c.ClaimFrom, ClaimUntil: c.ClaimUntil}
	t.Limits, t.Audience = c.Limits, c.Audience
	for _, s := range shares {
		switch s.StoreID {
		case c.StoreID:
		case c.AllianceID:
			t.FundBPS = s.ShareBPS
		default:
			t.Partners = append(t.Partners, models.Partner{StoreID: s.StoreID, ShareBPS: s.ShareBPS})
		}
	}
	return t
}

// funders are the partners, and the alliance for its fund where it is asked.
func (t Terms) funders(alliance models.ID) []models.Partner {
	if t.FundBPS == 0 {
		return t.Partners
	}
	return append(slices.Clone(t.Partners), models.Partner{StoreID: alliance, ShareBPS: t.FundBPS})
}
