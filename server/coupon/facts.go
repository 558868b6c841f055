package coupon

import (
	"strconv"
	"strings"
	"time"

	"onestreet/models"
)

// TermLine is one thing that a campaign's terms say.
type TermLine struct {
	What string `json:"what"`
	Says string `json:"says"`
}

// termLines is what a version says as its funders sign it; limits that are not set are left out.
func termLines(st street, c models.Campaign, locale string) []TermLine {
	lines := []TermLine{}
	for _, f := range facts {
		if says := f.say(st, c); f.always || says != f.say(st, models.Campaign{}) {
			lines = append(lines, TermLine{f.what.In(locale), says.In(locale)})
		}
	}
	return lines
}

// fact is one thing that terms say. Together they name every field of Terms but the shares: who signs is told of each.
type fact struct {
	what models.Text
	say  func(street, models.Campaign) models.Text
	// always: it says something where nothing was written, too.
	always bool
}

var facts = []fact{
	{what: models.Text{ZH: "名字", EN: "Name"}, say: func(_ street, c models.Campaign) models.Text { return models.Same(c.Title) }},
	{what: models.Text{ZH: "说明", EN: "Description"}, say: func(_ street, c models.Campaign) models.Text { return orNone(c.Description) }},
	{what: models.Text{ZH: "给什么", EN: "Gives"}, say: func(_ street, c models.Campaign) models.Text { return Worth(c.Offer) }},
	{what: models.Text{ZH: "和别的券一起用", EN: "Goes with others"}, say: func(_ street, c models.Campaign) models.Text { return stackText(c.Stacking) }},
	{what: models.Text{ZH: "一张最多花", EN: "One costs at most"}, say: func(_ street, c models.Campaign) models.Text { return inYuan(c.MaxCost()) }},
	{what: models.Text{ZH: "张数", EN: "How many"}, say: func(_ street, c models.Campaign) models.Text { return number(c.Stock) }},
	{what: models.Text{ZH: "每人张数", EN: "For each member"}, say: func(_ street, c models.Campaign) models.Text { return number(c.PerMember) }},
	{what: models.Text{ZH: "每天发", EN: "Given out a day"}, say: func(_ street, c models.Campaign) models.Text { return limit(c.PerDay) }},
	{what: models.Text{ZH: "每家人", EN: "For each household"}, say: func(_ street, c models.Campaign) models.Text { return limit(c.PerHousehold) }},
	{what: models.Text{ZH: "每家店收", EN: "Redeemed in each store"}, say: func(_ street, c models.Campaign) models.Text { return limit(c.PerStore) }},
	{what: models.Text{ZH: "每家店每天收", EN: "Redeemed in each store a day"}, say: func(_ street, c models.Campaign) models.Text { return limit(c.PerStoreDay) }},
	{what: models.Text{ZH: "总预算", EN: "Budget"}, say: func(_ street, c models.Campaign) models.Text { return budgetText(c.Budget) }},
	{what: models.Text{ZH: "钱什么时候留", EN: "Money is taken"}, say: func(_ street, c models.Campaign) models.Text { return reserveText(c) }, always: true},
	{what: models.Text{ZH: "开始发", EN: "Given out from"}, say: func(st street, c models.Campaign) models.Text { return bare(c.ClaimFrom, st.zone) }},
	{what: models.Text{ZH: "发到", EN: "Given out until"}, say: func(st street, c models.Campaign) models.Text { return bare(c.ClaimUntil, st.zone) }},
	{what: models.Text{ZH: "从哪天能用", EN: "Works from"}, say: worksFrom},
	{what: models.Text{ZH: "用到", EN: "Works until"}, say: func(st street, c models.Campaign) models.Text { return validText(c, st.zone) }},
	{what: models.Text{ZH: "哪几天能用", EN: "Works on"}, say: func(_ street, c models.Campaign) models.Text { return daysText(c.Weekdays) }},
	{what: models.Text{ZH: "只在集日用", EN: "Market days only"}, say: func(_ street, c models.Campaign) models.Text { return yesNo(c.MarketOnly) }},
	{what: models.Text{ZH: "几点能用", EN: "Works at"}, say: func(_ street, c models.Campaign) models.Text { return hoursText(c.Validity) }},
	{what: models.Text{ZH: "不能用的日子", EN: "Does not work on"}, say: func(_ street, c models.Campaign) models.Text { return orNone(strings.Join(c.NotOn, ", ")) }},
	{what: models.Text{ZH: "怎么发", EN: "Given out"}, say: givenText, always: true},
	{what: models.Text{ZH: "能转送朋友", EN: "May go to a friend"}, say: func(_ street, c models.Campaign) models.Text { return yesNo(c.Transferable) }},
	{what: models.Text{ZH: "发给谁", EN: "For whom"}, say: audienceText},
	{what: models.Text{ZH: "退出提前", EN: "Notice"}, say: func(_ street, c models.Campaign) models.Text { return inDaysText(c.Notice()) }, always: true},
	{what: models.Text{ZH: "伙伴退出以后", EN: "When a partner leaves"}, say: func(_ street, c models.Campaign) models.Text { return coversText(c.IssuerCovers) }, always: true},
}

func stackText(s models.Stacking) models.Text {
	switch {
	case !s.Stackable:
		return models.Text{ZH: "不能", EN: "no"}
	case s.Category != "":
		return models.Text{ZH: "能，「" + s.Category + "」一单一张", EN: "yes, one “" + s.Category + "” a bill"}
	}
	return models.Text{ZH: "能", EN: "yes"}
}

func worksFrom(st street, c models.Campaign) models.Text {
	if c.ValidFrom == nil {
		return models.Text{ZH: "领了就能用", EN: "the claim on"}
	}
	return bare(*c.ValidFrom, st.zone)
}

var givenWords = map[models.CampaignGiven]models.Text{
	models.GivenPublic:     {ZH: "全街来领", EN: "anyone takes one"},
	models.GivenNewMembers: {ZH: "新会员入会就得", EN: "to each new member"},
	models.GivenTargeted:   {ZH: "店里点名发", EN: "sent to chosen members"},
	models.GivenLink:       {ZH: "凭链接领", EN: "by a link"},
	models.GivenPrize:      {ZH: "当奖品", EN: "as a prize"},
	models.GivenPrinted:    {ZH: "印成券码", EN: "as codes on paper"},
}

// givenText says how the coupons come to people; what a member does to be given one, and where.
func givenText(st street, c models.Campaign) models.Text {
	if c.Given != models.GivenEvent {
		return givenWords[c.Given]
	}
	at := models.Same(st.stores[c.TriggerStore].Name)
	switch c.Trigger {
	case models.TriggerBought:
		return fill("在%s买满 %s 就给", "for buying at %s for %s", at, inYuan(c.TriggerMin))
	case models.TriggerCheckedIn:
		return fill("来%s的活动签到就给", "for coming to an event of %s", at)
	case models.TriggerJoined:
		return fill("从%s入会就给", "for joining at %s", at)
	case models.TriggerReturned:
		return fill("%[2]s没来，又来%[1]s就给", "for coming back to %s after %s", at, inDaysText(c.TriggerDays))
	}
	return fill("来%s就给", "for a visit to %s", at)
}

func inDaysText(days int64) models.Text {
	n := strconv.FormatInt(days, 10)
	return models.Text{ZH: n + " 天", EN: n + " days"}
}

func yesNo(yes bool) models.Text {
	if yes {
		return models.Text{ZH: "是", EN: "Yes"}
	}
	return models.Text{ZH: "否", EN: "No"}
}

func coversText(covers bool) models.Text {
	if covers {
		return models.Text{ZH: "发券的店替它出", EN: "the issuer carries its share"}
	}
	return models.Text{ZH: "先不发了", EN: "no more are given out"}
}

func validText(c models.Campaign, zone *time.Location) models.Text {
	days := fill("领后 %s", "%s after the claim", inDaysText(c.ValidDays))
	switch {
	case c.ValidUntil == nil:
		return days
	case c.ValidDays == 0:
		return bare(*c.ValidUntil, zone)
	}
	return fill("%s，最晚 %s", "%s, at the latest %s", days, bare(*c.ValidUntil, zone))
}

func daysText(w models.Weekdays) models.Text {
	if w == 0 {
		return models.Text{ZH: "每天", EN: "every day"}
	}
	return weekdays(w)
}

func hoursText(v models.Validity) models.Text {
	if v.HoursFrom == v.HoursTo {
		return models.Text{ZH: "全天", EN: "all day"}
	}
	return models.Same(v.HoursFrom + "–" + v.HoursTo)
}

func number(n int64) models.Text { return models.Same(strconv.FormatInt(n, 10)) }

func inYuan(fen int64) models.Text {
	return models.Text{ZH: models.Yuan(fen) + " 元", EN: models.Yuan(fen) + " yuan"}
}

func orNone(text string) models.Text {
	if text == "" {
		return models.Text{ZH: "没有", EN: "none"}
	}
	return models.Same(text)
}

func limit(n int64) models.Text {
	if n == 0 {
		return models.Text{ZH: "不限", EN: "no limit"}
	}
	return number(n)
}

func budgetText(fen int64) models.Text {
	if fen == 0 {
		return models.Text{ZH: "不另设", EN: "none of its own"}
	}
	return inYuan(fen)
}

func reserveText(c models.Campaign) models.Text {
	if c.AtClaim() {
		return models.Text{ZH: "领的时候", EN: "at the claim"}
	}
	return models.Text{ZH: "用的时候", EN: "at the redemption"}
}
