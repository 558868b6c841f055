package coupon

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"onestreet/models"
)

// What a store is told of the others' sales grows by whole groups of members only, and never is one other store's.
func TestTheOthersSalesAreToldInWholeGroups(t *testing.T) {
	a, b := models.NewID(), models.NewID()
	guests := make([]models.ID, 12)
	for i := range guests {
		guests[i] = models.NewID()
	}
	bills := func(n int, stores ...models.ID) (list []billElsewhere) {
		for i := range n {
			list = append(list, billElsewhere{guests[i], stores[i%len(stores)], 100})
		}
		return list
	}
	again := append(bills(5, a, b), billElsewhere{guests[0], b, 7000}, billElsewhere{guests[1], a, 50})
	for _, c := range []struct {
		name  string
		bills []billElsewhere
		sales int64
		told  bool
	}{
		{"none", nil, 0, false},
		{"four guests at two stores", bills(4, a, b), 0, false},
		{"twelve guests, all at one store", bills(12, a), 0, false},
		{"five at two stores", bills(5, a, b), 500, true},
		{"a sixth changes nothing", bills(6, a, b), 500, true},
		{"nor does a ninth", bills(9, a, b), 500, true},
		{"the tenth does", bills(10, a, b), 1000, true},
		{"who comes again is no one more", again, 500, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			sales, told := toldOf(c.bills, 5)
			assert.Equal(t, c.told, told)
			assert.Equal(t, c.sales, sales)
		})
	}
}
