package till_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/coupon"
)

// vectorsFile holds what the counter's TypeScript must agree on with the server, to the fen: tokens, prices, hours, lines.
const vectorsFile = "../../frontend/src/merchant/offline/testdata/vectors.json"

type tokenVector struct {
	Text     string    `json:"text"`
	Coupon   models.ID `json:"coupon"`
	Campaign models.ID `json:"campaign"`
	Version  int64     `json:"version"`
	Use      int64     `json:"use"`
	Member   int64     `json:"member"`
	From     time.Time `json:"from"`
	Until    time.Time `json:"until"`
}

type priceVector struct {
	Offer   coupon.OfferView `json:"offer"`
	Bill    int64            `json:"bill"`
	Off     int64            `json:"off"`
	ToPay   int64            `json:"to_pay"`
	Refused models.Refusal   `json:"refused"`
}

type hourVector struct {
	Weekdays []int               `json:"weekdays"`
	Hours    *coupon.CouponHours `json:"hours,omitempty"`
	NotOn    []string            `json:"not_on"`
	At       time.Time           `json:"at"`
	Refused  models.Refusal      `json:"refused"`
}

type lineVector struct {
	Till    models.ID `json:"till"`
	Seq     int64     `json:"seq"`
	Token   string    `json:"token"`
	Bill    int64     `json:"bill"`
	Off     int64     `json:"off"`
	By      models.ID `json:"by"`
	Clock   int64     `json:"clock"`
	Contact int64     `json:"contact"`
	Since   int64     `json:"since"`
	Text    string    `json:"text"`
}

type vectors struct {
	Key    string        `json:"key"`
	Zone   string        `json:"zone"`
	Tokens []tokenVector `json:"tokens"`
	Prices []priceVector `json:"prices"`
	Hours  []hourVector  `json:"hours"`
	Lines  []lineVector  `json:"lines"`
}

// TestTheCountersVectors: the file is what the Go code says. UPDATE_GOLDEN=1 writes it anew.
func TestTheCountersVectors(t *testing.T) {
	v := vectors{Zone: "Asia/Shanghai", Prices: prices(), Hours: hours(t)}
	v.Key, v.Tokens = tokens()
	v.Lines = lines(v.Tokens[0].Text)
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	require.NoError(t, enc.Encode(v))
	if os.Getenv("UPDATE_GOLDEN") != "" {
		require.NoError(t, os.WriteFile(vectorsFile, out.Bytes(), 0o600))
	}
	want, err := os.ReadFile(vectorsFile)
	require.NoError(t, err)
	require.Equal(t, string(want), out.String(), "the counter would price or verify differently: UPDATE_GOLDEN=1, and the front end's tests")
}

func fixed(n byte) models.ID { return models.ID{1, 0x99, 0, 0, 0, 0, 0x70, 0, 0x80, n} }

func tokens() (key string, list []tokenVector) {
	private := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
	from := time.Date(2026, 10, 17, 2, 30, 0, 0, time.UTC)
	for i, member := range []int64{1, 248, 99_999} {
		c := models.CouponToken{
			Coupon: fixed(byte(i)), Campaign: fixed(100), Version: int64(i + 1), Use: int64(1 + i*200), Member: member, From: from, Until: from.AddDate(0, i+1, 0),
		}
		list = append(list, tokenVector{c.Sign(private), c.Coupon, c.Campaign, c.Version, c.Use, c.Member, c.From, c.Until})
	}
	return base64.StdEncoding.EncodeToString(private.Public().(ed25519.PublicKey)), list
}

func prices() []priceVector {
	var list []priceVector
	for _, o := range []models.Offer{
		{Kind: models.CouponAmount, Off: 1000, MinSpend: 5000},
		{Kind: models.CouponAmount, Off: 1000},
		{Kind: models.CouponPercent, PercentBPS: 1200, Cap: 3000},
		{Kind: models.CouponPercent, PercentBPS: 1500, Cap: 100000, MinSpend: 100},
		{Kind: models.CouponPercent, PercentBPS: 3333, Cap: 2000000000},
		{Kind: models.CouponGift, Gift: "菊花茶一壶", Off: 1801, MinSpend: 2000},
		{Kind: models.CouponGift, Gift: "瓜子一包", Off: 300},
		{Kind: models.CouponFixedPrice, Price: 9900, Cap: 5000},
		{Kind: models.CouponBuyGet, Buy: 2, Get: 1, Cap: 5000},
		{Kind: models.CouponBuyGet, Buy: 3, Get: 2, Cap: 100000},
		{Kind: models.CouponPunchCard, Times: 5, Off: 300, MinSpend: 1000},
		{Kind: models.CouponPunchCard, Times: 10, Off: 1200, Gift: "豆浆一杯"},
		{Kind: models.CouponAmount, Off: 200, PerPiece: true, Cap: 1000},
		{Kind: models.CouponPercent, PercentBPS: 1200, Cap: 3000, Goods: "布鞋"},
	} {
		for _, bill := range []int64{0, 1, 2, 7, 99, 100, 299, 1000, 1050, 1999, 2000, 4999, 5000, 6800, 9900, 9901, 12345, 16999, 123457, 1_000_000_000} {
			p, refused := o.PriceFor(models.Basket{Bill: bill})
			list = append(list, priceVector{offerView(o), bill, p.Off, p.ToPay, refused})
		}
	}
	return list
}

// offerView is an offer as the till gets it.
func offerView(o models.Offer) coupon.OfferView {
	v := coupon.OfferView{Kind: o.Kind, PercentBPS: o.PercentBPS, PerPiece: o.PerPiece, Gift: o.Gift, Buy: o.Buy, Get: o.Get, Times: o.Times, Goods: o.Goods, MinSpend: models.Fen(o.MinSpend)}
	for _, field := range []struct {
		to     **models.Money
		amount int64
	}{{&v.Off, o.Off}, {&v.Cap, o.Cap}, {&v.Price, o.Price}} {
		if field.amount > 0 {
			m := models.Fen(field.amount)
			*field.to = &m
		}
	}
	return v
}

func hours(t *testing.T) []hourVector {
	zone, err := time.LoadLocation("Asia/Shanghai")
	require.NoError(t, err)
	var list []hourVector
	for _, rule := range []hourVector{
		{Weekdays: []int{}, NotOn: []string{}},
		{Weekdays: []int{0, 6}, NotOn: []string{}},
		{Weekdays: []int{}, Hours: &coupon.CouponHours{From: "10:00", To: "12:00"}, NotOn: []string{}},
		{Weekdays: []int{}, Hours: &coupon.CouponHours{From: "18:00", To: "02:00"}, NotOn: []string{}},
		{Weekdays: []int{}, Hours: &coupon.CouponHours{From: "18:00", To: "24:00"}, NotOn: []string{}},
		{Weekdays: []int{6}, Hours: &coupon.CouponHours{From: "18:00", To: "02:00"}, NotOn: []string{}},
		{Weekdays: []int{}, Hours: &coupon.CouponHours{From: "18:00", To: "02:00"}, NotOn: []string{"2026-10-18"}},
		{Weekdays: []int{}, NotOn: []string{"2026-10-18"}},
	} {
		v := models.Validity{Weekdays: models.WeekdaySet(rule.Weekdays), NotOn: rule.NotOn}
		if rule.Hours != nil {
			v.HoursFrom, v.HoursTo = rule.Hours.From, rule.Hours.To
		}
		for _, at := range []string{"2026-10-16 23:59", "2026-10-17 00:00", "2026-10-17 09:59", "2026-10-17 10:00", "2026-10-17 11:59", "2026-10-17 12:00", "2026-10-17 18:00", "2026-10-18 01:59", "2026-10-18 02:00", "2026-10-19 23:59"} {
			moment, err := time.ParseInLocation("2006-01-02 15:04", at, zone)
			require.NoError(t, err)
			rule.At, rule.Refused = moment.UTC(), v.RefusedAt(moment, zone)
			list = append(list, rule)
		}
	}
	return list
}

func lines(token string) []lineVector {
	var list []lineVector
	for seq, since := range map[int64]int64{1: -1, 2: 90_000} {
		l := models.TillLine{
			Till: fixed(50), Seq: seq, Token: token, Bill: 6800, Off: 1000, By: fixed(51), Clock: time.UnixMilli(1792204200123), Contact: time.UnixMilli(1792204110123),
			Since: time.Duration(since) * time.Millisecond,
		}
		list = append(list, lineVector{l.Till, l.Seq, l.Token, l.Bill, l.Off, l.By, l.Clock.UnixMilli(), l.Contact.UnixMilli(), since, l.Text()})
	}
	if list[0].Seq > list[1].Seq {
		list[0], list[1] = list[1], list[0]
	}
	return list
}
