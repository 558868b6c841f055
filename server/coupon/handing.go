package coupon

import "onestreet/models"

// maxDaysAway bounds after how many days a member can be said to have come back.
const maxDaysAway = 366

// usedHanding clears what the way of giving out does not use.
func usedHanding(given models.CampaignGiven, h models.Handing) models.Handing {
	used := models.Handing{Transferable: h.Transferable}
	if given != models.GivenEvent {
		return used
	}
	used.Trigger, used.TriggerStore = h.Trigger, h.TriggerStore
	switch h.Trigger {
	case models.TriggerBought:
		used.TriggerMin = h.TriggerMin
	case models.TriggerReturned:
		used.TriggerDays = h.TriggerDays
	}
	return used
}

// checkHanding: what gives a coupon by itself happens at the issuer or at a partner, whose signature says that it may.
func (t Terms) checkHanding(issuer models.ID, p *problems) {
	if t.Given != models.GivenEvent {
		return
	}
	known := t.TriggerStore == issuer
	for _, partner := range t.Partners {
		known = known || t.TriggerStore == partner.StoreID
	}
	p.expect(t.Trigger != "", "/trigger/kind", "选一件事：做了它就得券", "Choose what a member does to be given one.")
	p.expect(known, "/trigger/store_id", "只能是自己家，或者请来联券的店", "It must happen at your store or at a partner's.")
	p.expect(t.TriggerMin >= 0, "/trigger/min/amount", "不能是负数", "It cannot be negative.")
	p.expect(t.Trigger != models.TriggerReturned || t.TriggerDays > 0 && t.TriggerDays <= maxDaysAway, "/trigger/days",
		"多少天没来，要在 1 到 366 之间", "Days away: 1 to 366.")
}

// OptionalHanding are the fields of a campaign's body that say how its coupons come to people.
type OptionalHanding struct {
	Trigger      *triggerBody `json:"trigger,omitempty" doc:"given on an event: what a member does to be given one"`
	Transferable *bool        `json:"transferable,omitempty" doc:"a member may hand theirs to a friend"`
}

type triggerBody struct {
	Kind    models.TriggerKind `json:"kind" enum:"visited,bought,checked_in,joined,returned"`
	StoreID models.ID          `json:"store_id" doc:"where: the issuer or a partner"`
	Min     *models.Charge     `json:"min,omitempty" doc:"bought: from how much a purchase counts"`
	Days    *int64             `json:"days,omitempty" minimum:"0" maximum:"366" doc:"returned: days since the last visit"`
}

func (b OptionalHanding) ontoHanding(h *models.Handing) {
	set(&h.Transferable, b.Transferable)
	if b.Trigger == nil {
		return
	}
	h.Trigger, h.TriggerStore, h.TriggerMin, h.TriggerDays = b.Trigger.Kind, b.Trigger.StoreID, 0, 0
	setAmount(&h.TriggerMin, b.Trigger.Min)
	set(&h.TriggerDays, b.Trigger.Days)
}

// HandingView is how a campaign's coupons come to people, as screens show it.
type HandingView struct {
	Trigger      *TriggerView `json:"trigger,omitempty"`
	Transferable bool         `json:"transferable" doc:"a member may hand theirs to a friend"`
}

// TriggerView is what a member does to be given a coupon.
type TriggerView struct {
	Kind  models.TriggerKind `json:"kind" enum:"visited,bought,checked_in,joined,returned"`
	Store models.StoreRef    `json:"store"`
	Min   *models.Money      `json:"min,omitempty"`
	Days  int64              `json:"days,omitempty"`
}

func (g *gallery) handingView(c models.Campaign) HandingView {
	v := HandingView{Transferable: c.Transferable}
	if c.Trigger == "" {
		return v
	}
	v.Trigger = &TriggerView{Kind: c.Trigger, Store: g.street.stores[c.TriggerStore], Days: c.TriggerDays}
	if c.TriggerMin > 0 {
		v.Trigger.Min = fen(c.TriggerMin)
	}
	return v
}

// givenOtherwise says how one comes to a coupon that cannot be claimed.
func givenOtherwise(c models.Campaign) *models.Error {
	switch c.Given {
	case models.GivenTargeted:
		return ErrOtherWay.Say("这张券由店里发到券夹里", "The store sends this coupon to members' wallets.")
	case models.GivenEvent:
		return ErrOtherWay.Say("这张券做到了就会得", "This coupon comes by itself when it is earned.")
	case models.GivenPrize:
		return ErrOtherWay.Say("这张券是奖品", "This coupon is a prize.")
	case models.GivenPrinted:
		return ErrOtherWay.Say("这张券印在纸上，凭券码领", "This coupon is printed: enter the code on it.")
	case models.GivenLink:
		return ErrOtherWay.Say("这张券凭店里给的链接领", "This coupon is taken by the store's link.")
	}
	return ErrNotLive
}
