package coupon

import (
	"time"

	"onestreet/models"
)

// OfferView is what a coupon gives, as screens show it; fields that a kind does not use are absent.
type OfferView struct {
	Kind       models.CouponKind `json:"kind" enum:"amount,percent,gift,fixed_price,buy_x_get_y,punch_card"`
	Off        *models.Money     `json:"off,omitempty" doc:"amount, punch_card: taken off; with a gift: what it is worth to those who pay for it, each time"`
	PerPiece   bool              `json:"per_piece,omitempty" doc:"amount: off each piece"`
	PercentBPS int64             `json:"percent_bps,omitempty" doc:"taken off, in ten-thousandths: 8.8 折 is 1200"`
	Cap        *models.Money     `json:"cap,omitempty" doc:"the most that one coupon takes off"`
	Price      *models.Money     `json:"price,omitempty"`
	Gift       string            `json:"gift,omitempty"`
	Buy        int64             `json:"buy,omitempty"`
	Get        int64             `json:"get,omitempty"`
	Times      int64             `json:"times,omitempty" doc:"punch_card: uses of one coupon"`
	Goods      string            `json:"goods,omitempty" doc:"the goods it is limited to, as a bill's lines name them"`
	MinSpend   models.Money      `json:"min_spend"`
	rule       models.Rule
}

func offerView(o models.Offer) OfferView {
	v := OfferView{
		Kind: o.Kind, PerPiece: o.PerPiece, PercentBPS: o.PercentBPS, Gift: o.Gift, Buy: o.Buy, Get: o.Get, Times: o.Times, Goods: o.Goods,
		MinSpend: models.Fen(o.MinSpend), rule: o.Rule(),
	}
	switch o.Kind {
	case models.CouponAmount, models.CouponGift, models.CouponPunchCard:
		v.Off = fen(o.Off)
	}
	if o.Cap > 0 {
		v.Cap = fen(o.Cap)
	}
	if o.Kind == models.CouponFixedPrice {
		v.Price = fen(o.Price)
	}
	return v
}

func fen(amount int64) *models.Money {
	m := models.Fen(amount)
	return &m
}

// StackingView says what a coupon goes together with on one bill.
type StackingView struct {
	Stackable bool   `json:"stackable" doc:"goes on a bill with others that do"`
	Category  string `json:"category,omitempty" doc:"of a category one coupon a bill"`
}

func stackingView(s models.Stacking) StackingView { return StackingView(s) }

// CouponHours are the hours of the day in which a coupon works.
type CouponHours struct {
	From string `json:"from" pattern:"^([01][0-9]|2[0-3]):[0-5][0-9]$" doc:"HH:MM in the street's time"`
	To   string `json:"to" pattern:"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$" doc:"the first minute it does not work any more"`
}

func hoursView(v models.Validity) *CouponHours {
	if v.HoursFrom == v.HoursTo {
		return nil
	}
	return &CouponHours{From: v.HoursFrom, To: v.HoursTo}
}

// Verdict says whether something can be done now, and why not, in the reader's language.
type Verdict struct {
	OK  bool   `json:"ok"`
	Why string `json:"why,omitempty"`
}

// ShareView is one store's part of the cost and its signature.
type ShareView struct {
	Store     models.StoreRef   `json:"store"`
	Fund      bool              `json:"fund,omitempty" doc:"it is the alliance's fund, not a store"`
	ShareBPS  int64             `json:"share_bps"`
	WorstCase models.Money      `json:"worst_case" doc:"every coupon used at its highest cost"`
	Cap       models.Money      `json:"cap" doc:"the most the store will ever pay; below the worst case fewer coupons are given out"`
	State     models.ShareState `json:"state" enum:"waiting,signed,declined"`
	SignedBy  string            `json:"signed_by,omitempty"`
	SignedAt  *time.Time        `json:"signed_at,omitempty"`
}

// CampaignView is a campaign as one reader sees it. Shares and Redeemed are for those who take part in it.
type CampaignView struct {
	ID          models.ID       `json:"id"`
	Store       models.StoreRef `json:"store"`
	Title       string          `json:"title"`
	Description string          `json:"description"`
	OfferView
	StackingView
	Given models.CampaignGiven `json:"given" enum:"public,new_members,targeted,link,event,prize,printed"`
	HandingView
	Stock      int64                `json:"stock"`
	Remaining  int64                `json:"remaining"`
	PerMember  int64                `json:"per_member"`
	ClaimFrom  time.Time            `json:"claim_from"`
	ClaimUntil time.Time            `json:"claim_until" doc:"the last moment to claim"`
	ValidFrom  *time.Time           `json:"valid_from,omitempty"`
	ValidUntil *time.Time           `json:"valid_until,omitempty" doc:"the last moment it works"`
	ValidDays  int64                `json:"valid_days,omitempty" doc:"works to the end of the day so many days after the claim"`
	Weekdays   []int                `json:"weekdays" nullable:"false" doc:"0 is Sunday; empty: every day"`
	Hours      *CouponHours         `json:"hours,omitempty"`
	State      models.CampaignState `json:"state" enum:"draft,signing,scheduled,live,paused,ended,archived"`
	Version    int64                `json:"version"`
	Shares     []ShareView          `json:"shares" nullable:"false" doc:"empty for who has no part in it"`
	Stores     []models.StoreRef    `json:"stores" nullable:"false" doc:"where it redeems, the issuer first"`
	Claimed    int64                `json:"claimed" doc:"given out; what goes out by a send that its store may not count is here in whole Ks"`
	Printed    int64                `json:"printed" doc:"codes on paper that nobody has taken yet"`
	Redeemed   *int64               `json:"redeemed,omitempty"`
	Mine       *int64               `json:"mine,omitempty" doc:"how many the calling member has had"`
	Claimable  Verdict              `json:"claimable"`
	LimitsView
	BudgetState models.BudgetState `json:"budget_state" enum:"ok,low,spent" doc:"spent: its coupons do not redeem any more"`
	Leaving     []LeavingView      `json:"leaving" nullable:"false" doc:"partners that gave notice, and when they leave"`
	Proposed    int64              `json:"proposed,omitempty" doc:"the version that waits to be signed while this one runs"`
	Replaces    int64              `json:"replaces,omitempty" doc:"these terms wait to take the place of that running version"`
	Changes     []string           `json:"changes,omitempty" doc:"what they change"`
	Budget      *BudgetView        `json:"budget,omitempty" doc:"for those who take part"`
	Audience    *AudienceView      `json:"audience,omitempty" doc:"for those who take part"`
}

// CouponCampaign is what a coupon says of its campaign.
type CouponCampaign struct {
	ID    models.ID `json:"id"`
	Title string    `json:"title"`
	OfferView
	StackingView
	Transferable bool              `json:"transferable" doc:"a member may hand theirs to a friend"`
	Store        models.StoreRef   `json:"store"`
	Stores       []models.StoreRef `json:"stores" nullable:"false"`
	Weekdays     []int             `json:"weekdays" nullable:"false"`
	Hours        *CouponHours      `json:"hours,omitempty"`
	NotOn        []string          `json:"not_on" nullable:"false" doc:"days on which it does not work"`
	MarketOnly   bool              `json:"market_only" doc:"works on market days of the street only"`
	MarketDays   []string          `json:"market_days" nullable:"false" doc:"with market_only: those that come, today included, YYYY-MM-DD"`
}

// UsedView says when, where and by whom a coupon was used.
type UsedView struct {
	At    time.Time       `json:"at"`
	Store models.StoreRef `json:"store"`
	By    string          `json:"by"`
	Off   models.Money    `json:"off"`
}

// CouponView is one member's coupon. Here is the answer of a store's till.
type CouponView struct {
	ID         models.ID          `json:"id"`
	Code       string             `json:"code" doc:"in groups of four; read in any case, with or without spaces"`
	Campaign   CouponCampaign     `json:"campaign"`
	State      models.CouponState `json:"state" enum:"usable,used,expired,void,given"`
	ValidFrom  time.Time          `json:"valid_from"`
	ValidUntil time.Time          `json:"valid_until" doc:"the last moment it works"`
	ClaimedAt  time.Time          `json:"claimed_at"`
	Times      int64              `json:"times" doc:"uses in all: 1, but for a punch card"`
	Left       int64              `json:"left" doc:"uses left"`
	Used       *UsedView          `json:"used,omitempty" doc:"the use that used it up"`
	Budget     models.BudgetState `json:"budget_state" enum:"ok,low,spent" doc:"spent: what stood behind it is used up, and it does not redeem"`
	Leaving    []LeavingView      `json:"leaving" nullable:"false" doc:"stores of it that leave soon, and when"`
	Giveable   bool               `json:"giveable" doc:"its member may give it to a friend: its campaign allows it, it is unused, and no friend's gift itself"`
	Here       *Verdict           `json:"here,omitempty"`
	// OfflineToken is for its member's eyes only.
	OfflineToken string `json:"offline_token,omitempty" doc:"the QR text that a till verifies without a network; with one, every till reads it as the coupon's code"`
}
