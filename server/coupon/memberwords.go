package coupon

import (
	"fmt"
	"strings"
	"time"

	"onestreet/models"
)

// toMember puts in words for the member whose coupon it is, on the way to the shop and not at its till, why it does not work
// on a bill: what they can do about it comes first. Where nothing can be done the till's words serve both.
func (a Answer) toMember(c Applies) models.Text {
	p, campaign := a.pocket, a.pocket.campaign(c.Coupon)
	switch models.Refusal(c.Refused.Code) {
	case models.RefusedNotYetValid:
		return fill("%s 起就能用，先留着", "It works from %s; keep it until then.", bare(c.Coupon.ValidFrom, p.street.zone))
	case models.RefusedNotPartner:
		return p.elsewhere(c.Coupon)
	case models.RefusedNotMarket:
		return fill("逢集那天来才能用，%s", "Come on a market day; %s.", p.street.nextMarket())
	case models.RefusedWrongWeekday:
		return fill("%s能用，到那天再来", "Come %s: it works then.", spans(campaign.Weekdays))
	case models.RefusedWrongHour:
		return fill("%s 到 %s 能用，赶这个钟点来", "Come between %s and %s: it works then.", models.Same(campaign.HoursFrom), models.Same(campaign.HoursTo))
	case models.RefusedNotToday:
		return models.Text{ZH: "就今天不能用，换一天来", EN: "Not today: come another day."}
	case models.RefusedStoreLimit:
		return a.storeFull(campaign)
	case models.RefusedBudget:
		return p.tooDear(c.Coupon)
	}
	return toBuy(c)
}

// toBuy is what is missing from the bill itself.
func toBuy(c Applies) models.Text {
	lacks := c.lacks
	switch lacks.Why {
	case models.RefusedBelowMinimum:
		more := models.Same(shortYuan(lacks.MinSpend - lacks.Left))
		if lacks.Goods != "" {
			return fill("「%s」再买 ¥%s 就能用", "Buy “%s” for ¥%s more, and it works.", models.Same(lacks.Goods), more)
		}
		return fill("再买 ¥%s 就能用", "Spend ¥%s more, and it works.", more)
	case models.RefusedTooFew:
		pieces := models.Same(fmt.Sprint(lacks.Buy + lacks.Get))
		return fill("买满 %s 件就能用", "Take %s pieces, and it works.", pieces)
	case models.RefusedNeedsLines:
		return models.Text{ZH: "看买了什么才算，到柜台让店员一样样记上", EN: "It depends on what you buy: at the counter the clerk writes it down."}
	case models.RefusedNoEffect:
		return models.Text{ZH: "这一单用它省不了钱，您留着下回用", EN: "It would save you nothing here; keep it for another day."}
	}
	return c.Refused.Text
}

// elsewhere says which stores take a coupon.
func (p *pocket) elsewhere(c models.Coupon) models.Text {
	if len(p.storesFor(c)) == 0 {
		return models.Text{ZH: "眼下没有店收这张券", EN: "No store takes it at present."}
	}
	return fill("这家不收这张券，您去%s能用", "Not taken here. You can use it at %s.", p.partners(c))
}

// storeFull says whether a store takes no more of a coupon today, or none at all.
func (a Answer) storeFull(c models.Campaign) models.Text {
	if taken := a.pocket.bounds.counts[c.ID][a.store.String()]; c.PerStore == 0 || taken < c.PerStore {
		return models.Text{ZH: "这家今天收够数了，明天来还能用", EN: "This store has taken its number for today. Come tomorrow."}
	}
	return models.Text{ZH: "这家收够数了，您在这儿用不了这张", EN: "This store has taken all that it may of this coupon."}
}

// tooDear: behind a coupon there may be nothing left, or less than this bill would take.
func (p *pocket) tooDear(c models.Coupon) models.Text {
	if p.budget(c) == models.BudgetSpent {
		return models.Text{ZH: "给这张券备的钱用完了，您换一张用", EN: "What was set aside for it is used up. Use another one."}
	}
	return models.Text{ZH: "给这张券备的钱剩得不多，抵不了这一单，您换一张用", EN: "Too little is left behind it for this bill. Use another one."}
}

// shortYuan writes an amount as people say it: 12, 12.50.
func shortYuan(fen int64) string { return strings.TrimSuffix(models.Yuan(fen), ".00") }

// spans writes a set of days with its runs in short, the week beginning on Monday: 周一到周五、周日.
func spans(set models.Weekdays) models.Text {
	var zh, en []string
	for first := 1; first <= 7; first++ {
		last := first
		for last < 7 && set.Has(weekday(last+1)) {
			last++
		}
		if !set.Has(weekday(first)) {
			continue
		}
		if last < first+2 { // two days are said by name
			last = first
		}
		f, l := weekday(first), weekday(last)
		if first == last {
			zh, en = append(zh, models.SaidWeekday(f).ZH), append(en, "on "+f.String())
		} else {
			zh, en = append(zh, models.SaidWeekday(f).ZH+"到"+models.SaidWeekday(l).ZH), append(en, f.String()+" to "+l.String())
		}
		first = last
	}
	return models.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

func weekday(n int) time.Weekday { return time.Weekday(n % 7) }
