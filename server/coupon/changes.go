package coupon

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"onestreet/models"
)

// change is one thing that two versions of a campaign say differently.
type change struct{ what, before, after models.Text }

// text puts a change in words: 张数：100 改成 150.
func (c change) text() models.Text {
	return models.Text{ZH: c.what.ZH + "：" + c.before.ZH + " 改成 " + c.after.ZH, EN: c.what.EN + ": " + c.before.EN + " becomes " + c.after.EN}
}

// version is what one version of a campaign says.
type version struct {
	models.Campaign
	shares []models.CampaignShare
}

// changes lists what another version changes, in the order in which a signer asks: what it gives, what it costs, who pays.
func changes(st street, was, is version) []models.Text {
	said := []models.Text{}
	for _, f := range facts {
		before, after := f.say(st, was.Campaign), f.say(st, is.Campaign)
		if before != after {
			said = append(said, change{f.what, before, after}.text())
		}
	}
	for _, id := range fundersOf(was.shares, is.shares) {
		before, after := shareOf(was.shares, id), shareOf(is.shares, id)
		if before != after {
			name := st.funder(id).Name
			said = append(said, change{models.Text{ZH: name + "出的份额", EN: "The share of " + name}, before, after}.text())
		}
	}
	return said
}

type fact struct {
	what models.Text
	say  func(street, models.Campaign) models.Text
}

var facts = []fact{
	{models.Text{ZH: "名字", EN: "Name"}, func(_ street, c models.Campaign) models.Text { return both(c.Title) }},
	{models.Text{ZH: "说明", EN: "Description"}, func(_ street, c models.Campaign) models.Text { return orNone(c.Description) }},
	{models.Text{ZH: "一张最多花", EN: "One costs at most"}, func(_ street, c models.Campaign) models.Text { return inYuan(c.MaxCost()) }},
	{models.Text{ZH: "起用金额", EN: "Works from"}, func(_ street, c models.Campaign) models.Text { return inYuan(c.MinSpend) }},
	{models.Text{ZH: "张数", EN: "How many"}, func(_ street, c models.Campaign) models.Text { return number(c.Stock) }},
	{models.Text{ZH: "每人张数", EN: "For each member"}, func(_ street, c models.Campaign) models.Text { return number(c.PerMember) }},
	{models.Text{ZH: "每天发", EN: "Given out a day"}, func(_ street, c models.Campaign) models.Text { return limit(c.PerDay) }},
	{models.Text{ZH: "每家人", EN: "For each household"}, func(_ street, c models.Campaign) models.Text { return limit(c.PerHousehold) }},
	{models.Text{ZH: "每家店收", EN: "Redeemed in each store"}, func(_ street, c models.Campaign) models.Text { return limit(c.PerStore) }},
	{models.Text{ZH: "每家店每天收", EN: "Redeemed in each store a day"}, func(_ street, c models.Campaign) models.Text { return limit(c.PerStoreDay) }},
	{models.Text{ZH: "总预算", EN: "Budget"}, func(_ street, c models.Campaign) models.Text { return budgetText(c.Budget) }},
	{models.Text{ZH: "钱什么时候留", EN: "Money is taken"}, func(_ street, c models.Campaign) models.Text { return reserveText(c) }},
	{models.Text{ZH: "开始发", EN: "Given out from"}, func(st street, c models.Campaign) models.Text { return bare(c.ClaimFrom, st.zone) }},
	{models.Text{ZH: "发到", EN: "Given out until"}, func(st street, c models.Campaign) models.Text { return bare(c.ClaimUntil, st.zone) }},
	{models.Text{ZH: "用到", EN: "Works until"}, func(st street, c models.Campaign) models.Text { return validText(c, st.zone) }},
	{models.Text{ZH: "哪几天能用", EN: "Works on"}, func(_ street, c models.Campaign) models.Text { return daysText(c.Weekdays) }},
	{models.Text{ZH: "只在集日用", EN: "Market days only"}, func(_ street, c models.Campaign) models.Text { return yesNo(c.MarketOnly) }},
	{models.Text{ZH: "几点能用", EN: "Works at"}, func(_ street, c models.Campaign) models.Text { return hoursText(c.Validity) }},
	{models.Text{ZH: "不能用的日子", EN: "Does not work on"}, func(_ street, c models.Campaign) models.Text { return orNone(strings.Join(c.NotOn, ", ")) }},
	{models.Text{ZH: "发给谁", EN: "For whom"}, audienceText},
	{models.Text{ZH: "退出提前", EN: "Notice"}, func(_ street, c models.Campaign) models.Text { return inDaysText(c.Notice()) }},
	{models.Text{ZH: "伙伴退出以后", EN: "When a partner leaves"}, func(_ street, c models.Campaign) models.Text { return coversText(c.IssuerCovers) }},
}

// fundersOf lists who carries a share in either version, in order.
func fundersOf(was, is []models.CampaignShare) []models.ID {
	var ids []models.ID
	for _, sh := range slices.Concat(is, was) {
		if !slices.Contains(ids, sh.StoreID) {
			ids = append(ids, sh.StoreID)
		}
	}
	return ids
}

func shareOf(shares []models.CampaignShare, id models.ID) models.Text {
	for _, sh := range shares {
		if sh.StoreID == id {
			return both(percent(sh.ShareBPS))
		}
	}
	return models.Text{ZH: "不参加", EN: "no part"}
}

func number(n int64) models.Text { return both(strconv.FormatInt(n, 10)) }

func inYuan(fen int64) models.Text {
	return models.Text{ZH: models.Yuan(fen) + " 元", EN: models.Yuan(fen) + " yuan"}
}

func orNone(text string) models.Text {
	if text == "" {
		return models.Text{ZH: "没有", EN: "none"}
	}
	return both(text)
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
	switch {
	case c.ValidUntil != nil:
		return bare(*c.ValidUntil, zone)
	default:
		n := strconv.FormatInt(c.ValidDays, 10)
		return models.Text{ZH: "领后 " + n + " 天", EN: n + " days after the claim"}
	}
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
	return both(v.HoursFrom + "–" + v.HoursTo)
}
