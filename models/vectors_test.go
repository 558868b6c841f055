package models

import (
	"encoding/json"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// example is a bill with coupons in testdata/prices.json, and what they must make of it.
type example struct {
	Name  string
	From  string
	Bill  int64
	Lines []Line
	Ask   string // "best": the best combination; otherwise all are laid on
	Want  struct {
		Off   int64
		ToPay int64  `json:"to_pay"`
		Cost  *int64 // off, where it does not say
		Steps []int64
		Order []int
		Lines []int64
		Out   map[string]Refusal // by the coupon's place
	}
	Coupons []struct {
		Kind                                       CouponKind
		Off, BPS, Cap, Price, Buy, Get, Times, Min int64
		Gift, Goods, Category                      string
		Piece, Stack                               bool
		Campaign                                   byte
		Ends                                       int
	}
}

type examples struct {
	Cases  []example
	Splits []struct {
		Name, From    string
		Share         int64
		Weights, Want []int64
	}
	LeftOut map[string]string `json:"left_out"`
}

func readExamples(t *testing.T) (all examples) {
	t.Helper()
	text, err := os.ReadFile("testdata/prices.json")
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &all))
	return all
}

// held are the coupons of an example; the id of each says its place.
func (e example) held() []Held {
	held := make([]Held, len(e.Coupons))
	for i, c := range e.Coupons {
		held[i] = Held{
			Coupon: ID{15: byte(i + 1)}, Campaign: ID{0: 1, 15: byte(100 + i)},
			Offer: Offer{
				Kind: c.Kind, Off: c.Off, PerPiece: c.Piece, PercentBPS: c.BPS, Cap: c.Cap, Price: c.Price, Gift: c.Gift, Buy: c.Buy, Get: c.Get,
				Times: c.Times, Goods: c.Goods, MinSpend: c.Min,
			},
			Stacking: Stacking{Stackable: c.Stack, Category: c.Category},
			Until:    time.Date(2026, 11, 1+c.Ends, 0, 0, 0, 0, time.UTC),
		}
		if c.Campaign > 0 {
			held[i].Campaign = ID{0: 2, 15: c.Campaign}
		}
	}
	return held
}

func place(h Held) int { return int(h.Coupon[15]) - 1 }

func (e example) slip() Slip {
	b := Basket{Bill: e.Bill, Lines: e.Lines}
	if e.Ask == "best" {
		return b.Best(e.held()...)
	}
	return b.Lay(e.held()...)
}

func TestWorkedExamplesOfPricesAndStacking(t *testing.T) {
	for _, e := range readExamples(t).Cases {
		t.Run(e.Name, func(t *testing.T) {
			slip, cost := e.slip(), e.Want.Off
			if e.Want.Cost != nil {
				cost = *e.Want.Cost
			}
			assert.Equal(t, []int64{e.Want.Off, e.Want.ToPay, cost}, []int64{slip.Off, slip.ToPay, slip.Cost}, "off, to pay, cost")
			steps, order, out := []int64{}, []int{}, map[string]Refusal{}
			for _, step := range slip.Steps {
				steps, order = append(steps, step.Off), append(order, place(step.Held))
			}
			for _, o := range slip.LeftOut {
				out[strconv.Itoa(place(o.Held))] = o.Why
			}
			if e.Want.Steps != nil {
				assert.Equal(t, e.Want.Steps, steps)
			}
			if e.Want.Order != nil {
				assert.Equal(t, e.Want.Order, order)
			}
			if e.Want.Lines != nil {
				assert.Equal(t, e.Want.Lines, slip.Lines())
			}
			if len(e.Want.Out)+len(out) > 0 {
				assert.Equal(t, e.Want.Out, out)
			}
		})
	}
}

func TestWorkedExamplesOfSplits(t *testing.T) {
	for _, s := range readExamples(t).Splits {
		assert.Equal(t, s.Want, Split(s.Share, s.Weights), s.Name)
	}
}

// Fifty examples of others were read; each runs above, or is named with the reason why the street does not sell so.
func TestEveryExampleOfOthersIsReachedOrNamed(t *testing.T) {
	all, seen := readExamples(t), map[string]bool{}
	for _, e := range all.Cases {
		seen[e.From] = true
	}
	for _, s := range all.Splits {
		seen[s.From] = true
	}
	for id, why := range all.LeftOut {
		assert.False(t, seen[id], "%s runs and is left out", id)
		assert.NotEmpty(t, why, id)
		seen[id] = true
	}
	delete(seen, "")
	assert.Len(t, seen, 50)
	assert.GreaterOrEqual(t, len(all.Cases)+len(all.Splits), 90, "at least ninety run")
}
