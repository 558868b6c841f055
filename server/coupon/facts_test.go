package coupon

import (
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"onestreet/models"
)

// One change of every field that terms have; the shares are told apart from the facts.
var otherTerms = map[string]func(*models.Campaign){
	"Title":        func(c *models.Campaign) { c.Title = "另一张" },
	"Description":  func(c *models.Campaign) { c.Description = "坐着等" },
	"Kind":         func(c *models.Campaign) { c.Kind = models.CouponFixedPrice },
	"Off":          func(c *models.Campaign) { c.Off++ },
	"PerPiece":     func(c *models.Campaign) { c.PerPiece = true },
	"PercentBPS":   func(c *models.Campaign) { c.Kind, c.PercentBPS = models.CouponPercent, 2000 },
	"Cap":          func(c *models.Campaign) { c.Cap++ },
	"Price":        func(c *models.Campaign) { c.Kind, c.Price = models.CouponFixedPrice, 990 },
	"Gift":         func(c *models.Campaign) { c.Kind, c.Gift = models.CouponGift, "姜茶" },
	"Buy":          func(c *models.Campaign) { c.Kind, c.Buy = models.CouponBuyGet, 5 },
	"Get":          func(c *models.Campaign) { c.Kind, c.Get = models.CouponBuyGet, 5 },
	"Times":        func(c *models.Campaign) { c.Kind, c.Times = models.CouponPunchCard, 7 },
	"Goods":        func(c *models.Campaign) { c.Goods = "布鞋" },
	"MinSpend":     func(c *models.Campaign) { c.MinSpend++ },
	"Stackable":    func(c *models.Campaign) { c.Stackable = true },
	"Category":     func(c *models.Campaign) { c.Stackable, c.Category = true, "茶" },
	"ValidFrom":    func(c *models.Campaign) { c.ValidFrom = &c.ClaimUntil },
	"ValidUntil":   func(c *models.Campaign) { c.ValidUntil = &c.ClaimFrom },
	"ValidDays":    func(c *models.Campaign) { c.ValidDays++ },
	"Weekdays":     func(c *models.Campaign) { c.Weekdays = 3 },
	"HoursFrom":    func(c *models.Campaign) { c.HoursFrom = "09:00" },
	"HoursTo":      func(c *models.Campaign) { c.HoursTo = "21:00" },
	"NotOn":        func(c *models.Campaign) { c.NotOn = []string{"2026-10-01"} },
	"MarketOnly":   func(c *models.Campaign) { c.MarketOnly = true },
	"PerDay":       func(c *models.Campaign) { c.PerDay = 1 },
	"PerHousehold": func(c *models.Campaign) { c.PerHousehold = 1 },
	"PerStore":     func(c *models.Campaign) { c.PerStore = 1 },
	"PerStoreDay":  func(c *models.Campaign) { c.PerStoreDay = 1 },
	"Budget":       func(c *models.Campaign) { c.Budget = 1 },
	"Reserve":      func(c *models.Campaign) { c.Reserve = models.ReserveRedemption },
	"NoticeDays":   func(c *models.Campaign) { c.NoticeDays = 30 },
	"IssuerCovers": func(c *models.Campaign) { c.IssuerCovers = true },
	"Trigger":      func(c *models.Campaign) { c.Given, c.Trigger = models.GivenEvent, models.TriggerJoined },
	"TriggerStore": func(c *models.Campaign) { c.Given, c.TriggerStore = models.GivenEvent, noodles },
	"TriggerMin": func(c *models.Campaign) {
		c.Given, c.Trigger, c.TriggerMin = models.GivenEvent, models.TriggerBought, 100
	},
	"TriggerDays": func(c *models.Campaign) {
		c.Given, c.Trigger, c.TriggerDays = models.GivenEvent, models.TriggerReturned, 9
	},
	"Transferable": func(c *models.Campaign) { c.Transferable = true },
	"Audience":     func(c *models.Campaign) { c.Audience = models.Audience{Joined: 9} },
	"Given":        func(c *models.Campaign) { c.Given = models.GivenLink },
	"Stock":        func(c *models.Campaign) { c.Stock++ },
	"PerMember":    func(c *models.Campaign) { c.PerMember++ },
	"ClaimFrom":    func(c *models.Campaign) { c.ClaimFrom = c.ClaimFrom.Add(-time.Hour) },
	"ClaimUntil":   func(c *models.Campaign) { c.ClaimUntil = c.ClaimUntil.Add(time.Hour) },
}

var noodles = models.NewID()

func agreed() models.Campaign {
	from := time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)
	until := from.AddDate(0, 1, 0)
	c := models.Campaign{Title: "街坊券", Given: models.GivenPublic, Stock: 100, PerMember: 1, ClaimFrom: from, ClaimUntil: until}
	c.Offer = models.Offer{Kind: models.CouponAmount, Off: 1000, MinSpend: 5000}
	c.ValidUntil, c.ValidDays, c.HoursFrom, c.HoursTo = &until, 7, "10:00", "20:00"
	return c
}

// Who signs other terms is told of whatever they change: no field of Terms is without a fact.
func TestNoChangeOfTheTermsIsUnsaid(t *testing.T) {
	st := street{zone: time.UTC, stores: map[models.ID]models.StoreRef{noodles: {Name: "林家面馆"}}}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Terms]()) {
		if f.Anonymous || f.Name == "Partners" || f.Name == "FundBPS" {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			change := otherTerms[f.Name]
			if assert.NotNil(t, change, "a new field of the terms: it needs a fact") {
				is := agreed()
				change(&is)
				assert.NotEmpty(t, changes(st, version{Campaign: agreed()}, version{Campaign: is}))
			}
		})
	}
}

// The first signature is given to terms that are told in full; what was not set is not told.
func TestTermsAreToldInFull(t *testing.T) {
	c := agreed()
	c.PerDay, c.Stackable, c.Category = 40, true, "满减"
	lines := termLines(street{zone: time.UTC}, c, "zh-CN")
	for _, line := range []TermLine{
		{"给什么", "减 10，满 50 可用"}, {"和别的券一起用", "能，「满减」一单一张"}, {"张数", "100"}, {"每天发", "40"}, {"用到", "领后 7 天，最晚 11 月 1 日 0:00"},
		{"怎么发", "全街来领"}, {"退出提前", "7 天"}, {"钱什么时候留", "领的时候"},
	} {
		assert.Contains(t, lines, line)
	}
	for _, line := range lines {
		assert.NotContains(t, []string{"每家人", "总预算", "不能用的日子", "只在集日用"}, line.What)
	}
}
