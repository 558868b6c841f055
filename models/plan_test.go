package models

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAPlanIsBalanced(t *testing.T) {
	for _, c := range []struct {
		product, customers, personal int64
		want                         PlanHint
	}{
		{0, 0, 0, PlanHint{}},
		{3, 0, 0, PlanHint{}}, // too short to tell
		{4, 0, 0, PlanHint{Missing: PlanCustomers, TooMuch: PlanProduct}},
		{2, 2, 0, PlanHint{Missing: PlanPersonal}},
		{2, 2, 1, PlanHint{}},
		{3, 1, 1, PlanHint{}}, // three fifths are not too much yet
		{7, 2, 2, PlanHint{TooMuch: PlanProduct}},
		{0, 1, 9, PlanHint{Missing: PlanProduct, TooMuch: PlanPersonal}},
	} {
		counts := map[PlanColumn]int64{PlanProduct: c.product, PlanCustomers: c.customers, PlanPersonal: c.personal}
		require.Equal(t, c.want, PlanBalance(counts), "%v", counts)
	}
}
