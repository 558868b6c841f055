package traffic

import (
	"fmt"
	"time"

	"onestreet/models"
)

const tickerShown = 20

// TickerLine is one thing that happened on the street; nobody is named.
type TickerLine struct {
	At     time.Time       `json:"at"`
	Store  models.StoreRef `json:"store"`
	Text   string          `json:"text"`
	Amount *models.Money   `json:"amount,omitempty"`
}

func ticker(v *view, o *Overview) error {
	var news []models.TrafficNews
	err := v.r.Where("alliance_id = ? AND at <= ?", v.street.ID, v.now).Order("at DESC, id DESC").Limit(tickerShown).Find(&news).Error
	o.Ticker = make([]TickerLine, len(news))
	for i, n := range news {
		o.Ticker[i] = TickerLine{At: n.At, Store: v.refs[n.StoreID], Text: newsText(n, v.refs[n.OtherID].ShortName).In(v.locale)}
		if n.Amount != 0 {
			amount := models.Fen(n.Amount)
			o.Ticker[i].Amount = &amount
		}
	}
	return err
}

// newsText finds the words; the store itself stands before them.
func newsText(n models.TrafficNews, other string) models.Text {
	say := func(zh, en string, args ...any) models.Text {
		return models.Text{ZH: fmt.Sprintf(zh, args...), EN: fmt.Sprintf(en, args...)}
	}
	switch n.Kind {
	case models.NewsJoined:
		return say("带进来一位新会员", "brought in a new member")
	case models.NewsVested:
		return say("带来的会员买了第一单", "a member they brought has bought")
	case models.NewsRedeemed:
		if n.OtherID == n.StoreID {
			return say("核了一张自家的券", "redeemed one of their own coupons")
		}
		return say("核了一张%s的券", "redeemed a coupon of %s", other)
	case models.NewsReversed:
		return say("撤回了一张券", "took a redemption back")
	case models.NewsCrowd:
		return say("一天到店满 %d 人次", "%d visits in one day", n.Number)
	case models.NewsGuests:
		return say("「%s」报了 %d 人", "“%s”: %d places taken", n.Title, n.Number)
	case models.NewsPublished:
		return say("要办「%s」", "will hold “%s”", n.Title)
	case models.NewsObjected:
		return say("对%s的一笔推荐金有异议", "objects to a credit of %s", other)
	case models.NewsDecided:
		return say("和%s的一件异议判给了它", "has a case with %s decided for it", other)
	case models.NewsStarted:
		return say("「%s」开始领了", "“%s” can be claimed", n.Title)
	}
	return models.Text{ZH: n.Title, EN: n.Title}
}
