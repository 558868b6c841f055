package models

import (
	"bytes"
	"cmp"
	"slices"
)

// Due is what a party is owed (Amount over zero) or owes (under zero) when all is added up, in fen.
type Due struct {
	Party  ID
	Amount int64
}

// Payment is money that goes from one party to another, in fen; Amount is 1 or more.
type Payment struct {
	From, To ID
	Amount   int64
}

// Net settles dues by few payments: at most one fewer than there are parties who owe or are owed. Dues that
// come to zero together; anything else has no answer and is answered with nil, false. Nobody both pays and receives.
// The answer does not depend on the order of the dues, so an audit can compute it again.
//
// Two who cancel each other exactly are settled first, because that spares a payment. Then whoever owes most pays whom
// most is owed, which settles at least one of them for good. (The smallest number of payments there could be is a subset
// sum problem; a street does not need it.)
func Net(dues []Due) ([]Payment, bool) {
	var owed, owing []Due
	var sum int64
	for _, s := range dues {
		sum += s.Amount
		switch {
		case s.Amount > 0:
			owed = append(owed, s)
		case s.Amount < 0:
			owing = append(owing, Due{s.Party, -s.Amount})
		}
	}
	if sum != 0 {
		return nil, false
	}
	sortDues(owed)
	sortDues(owing)
	payments, owing, owed := cancel(owing, owed)
	return append(payments, settle(owing, owed)...), true
}

// sortDues puts the largest first; of equals, the older id.
func sortDues(list []Due) {
	slices.SortFunc(list, func(a, b Due) int {
		return cmp.Or(cmp.Compare(b.Amount, a.Amount), bytes.Compare(a.Party[:], b.Party[:]))
	})
}

// cancel pairs those who owe exactly what another is owed, and returns who is left.
func cancel(owing, owed []Due) (payments []Payment, owingLeft, owedLeft []Due) {
	i, j := 0, 0
	for i < len(owing) && j < len(owed) {
		switch o, c := owing[i], owed[j]; cmp.Compare(o.Amount, c.Amount) {
		case 0:
			payments = append(payments, Payment{o.Party, c.Party, o.Amount})
			i, j = i+1, j+1
		case 1:
			owingLeft = append(owingLeft, o)
			i++
		default:
			owedLeft = append(owedLeft, c)
			j++
		}
	}
	return payments, append(owingLeft, owing[i:]...), append(owedLeft, owed[j:]...)
}

// settle lets the largest debtor pay the largest creditor until nobody owes anything.
func settle(owing, owed []Due) (payments []Payment) {
	for len(owing) > 0 && len(owed) > 0 {
		amount := min(owing[0].Amount, owed[0].Amount)
		payments = append(payments, Payment{owing[0].Party, owed[0].Party, amount})
		owing, owed = less(owing, amount), less(owed, amount)
	}
	return payments
}

// less takes an amount off the first, who leaves when nothing is left, and keeps the order.
func less(list []Due, amount int64) []Due {
	list[0].Amount -= amount
	if list[0].Amount == 0 {
		return list[1:]
	}
	sortDues(list)
	return list
}
