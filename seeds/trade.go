package seeds

import (
	"math/rand/v2"
	"time"
)

// trade is how a store's customers come and what they spend.
type trade struct {
	pull   float64 // how often people come, against the other stores
	prices []int64 // fen; what people usually buy, dear things rarer
	items  int     // at most so many of them at once
	hours  string  // how busy each hour from 6 to 21 is, 0–9
	rare   bool    // brings in few members
}

// evening is how most of the street is visited.
const evening = "1233445533468985"

var trades = map[string]trade{
	"shoes":   {pull: 8, prices: []int64{8800, 9800, 12800, 6800, 15800, 3900, 23800}, items: 1, hours: evening},
	"noodles": {pull: 20, prices: []int64{1200, 1500, 900, 1800, 2200, 600, 300}, items: 4, hours: "3752117621159873"},
	"tea":     {pull: 12, prices: []int64{800, 1600, 2400, 3800, 8800, 16800}, items: 2, hours: "0245443455567997"},
	"books":   {pull: 7, prices: []int64{2800, 3600, 4500, 1800, 5900, 9800}, items: 2, hours: "0001333344578863"},
	"herbs":   {pull: 6, prices: []int64{2600, 1800, 4200, 6800, 1200, 12800}, items: 2, hours: "0244433344457763"},
	"tailor":  {pull: 3, prices: []int64{1500, 2000, 3500, 8000, 28000, 68000}, items: 1, hours: "0003444445666200"},
	"bakery":  {pull: 15, prices: []int64{300, 600, 1200, 1800, 2400, 3600}, items: 4, hours: "8985443346785000"},
	"glasses": {pull: 2, prices: []int64{2000, 8800, 29800, 45800, 59800}, items: 1, hours: "0003444446662000", rare: true},
	"flowers": {pull: 4, prices: []int64{500, 1500, 3000, 6800, 12800}, items: 2, hours: "0023333345688750"},
	"tools":   {pull: 3, prices: []int64{200, 800, 1500, 3500, 6800}, items: 3, hours: "0355544445520000", rare: true},
	"kids":    {pull: 4, prices: []int64{3900, 5900, 7900, 12900, 19900}, items: 2, hours: "0003333346788750"},
	"fruit":   {pull: 15, prices: []int64{600, 900, 1500, 2200, 3800}, items: 4, hours: "0245433346898775"},
	"photo":   {pull: 2, prices: []int64{2000, 3500, 8800, 19800, 39800}, items: 1, hours: "0003455556541000", rare: true},
}

// firstHour is the hour of the first digit of trade.hours.
const firstHour = 6

// bill is what somebody spends, in fen.
func (t trade) bill(r *rand.Rand) int64 {
	var sum int64
	for range 1 + r.IntN(t.items) {
		at := int(float64(len(t.prices)) * r.Float64() * r.Float64())
		sum += t.prices[at]
	}
	return sum
}

// moment is a time of a day when people come to such a store, open or not.
func (t trade) moment(r *rand.Rand, day time.Time) time.Time {
	hours := []byte(t.hours)
	busy := pick(r, indices(hours), func(i int) float64 { return float64(hours[i] - '0') })
	return day.Add(time.Duration(firstHour+busy)*time.Hour + time.Duration(r.IntN(3600))*time.Second)
}

func indices[T any](list []T) []int {
	all := make([]int, len(list))
	for i := range all {
		all[i] = i
	}
	return all
}
