package coupon

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
	"onestreet/server/relation"
)

// asked is one redemption asked for; key is nil when the request has none. Of one without a code it is still to be looked up
// whether the member has shown one at this till a moment ago.
type asked struct {
	AtBill
	key      *web.Ask
	withCode bool
}

// redeemed is a bill as it was carried out, and its receipt as the till sees it; of one that is repeated the receipt only.
type redeemed struct {
	bill     Bill
	view     RedemptionView
	repeated bool
}

// redeemAll carries out the redemptions that came at the same moment, street by street: all of a street's wait for its
// ledger anyway, so they share its lock, what they are judged by, and a commit. When one of them meets in the writing what it
// could not know before, a budget that the others have spent or a coupon that was given away meanwhile, each is carried out
// by itself (db.Batcher): who is refused changes nothing for the others.
func (s *Service) redeemAll(tx *gorm.DB, batch []asked) ([]db.Answer[redeemed], error) {
	streets, answers := map[models.ID][]int{}, make([]db.Answer[redeemed], len(batch))
	for i, at := range batch {
		streets[at.Alliance] = append(streets[at.Alliance], i)
	}
	for _, group := range inOrder(streets) {
		street := make([]asked, len(group))
		for n, i := range group {
			street[n] = batch[i]
		}
		given, err := s.redeemStreet(tx, street)
		if err != nil {
			return nil, err
		}
		for n, i := range group {
			answers[i] = given[n]
		}
	}
	return answers, nil
}

// redeemStreet carries out redemptions of one street, all that can be or, with an error, none.
func (s *Service) redeemStreet(tx *gorm.DB, batch []asked) ([]db.Answer[redeemed], error) {
	answers := make([]db.Answer[redeemed], len(batch))
	return answers, db.Late(tx, func(tx *gorm.DB) error {
		return s.Ledger.Gather(db.Remember(tx), batch[0].Alliance, func(tx *gorm.DB) error {
			return s.Outbox.Gather(tx, func(tx *gorm.DB) error { return s.serveAll(tx, batch, answers) })
		})
	})
}

func (s *Service) serveAll(tx *gorm.DB, batch []asked, answers []db.Answer[redeemed]) error {
	q, err := s.queue(tx, batch)
	waiting := make([]int, len(batch))
	for i := range waiting {
		waiting[i] = i
	}
	for err == nil && len(waiting) > 0 {
		waiting, err = s.serve(tx, q, batch, waiting, answers)
	}
	if err != nil {
		return err
	}
	return q.answered.Keep(tx, q.street.now)
}

// queue is what the redemptions of a street that came at the same moment are judged and shown by. It is read once, under
// the ledger's lock, and kept up with what each of them takes; what it cannot know the writing finds out.
type queue struct {
	*pocket
	coupons  map[models.ID]models.Coupon
	members  map[models.ID]models.Member
	shown    map[atCounter]time.Time // when a member last showed a code at a till
	answered *web.Answers
}

// queue locks the ledger and reads it.
func (s *Service) queue(tx *gorm.DB, batch []asked) (*queue, error) {
	q, coupons, clerks, err := s.begin(tx, batch)
	if err != nil {
		return nil, err
	}
	if _, err := s.Ledger.Lock(tx, batch[0].Alliance); err != nil { // of a street that nobody has posted for
		return nil, err
	}
	ctx := tx.Statement.Context
	st, err := s.street(ctx, batch[0].Alliance)
	if err != nil {
		return nil, err
	}
	if q.pocket, err = s.pocket(tx, st, coupons, askStocks(tx, campaignIDs(coupons))); err != nil {
		return nil, err
	}
	maps.Copy(q.names, clerks)
	q.members, err = s.Pool.Members(ctx, st.ID, payersOf(batch))
	return q, err
}

// begin takes the ledger's lock and reads under it what the asks themselves name: coupons, members, clerks, and what was
// answered before.
func (s *Service) begin(tx *gorm.DB, batch []asked) (*queue, []models.Coupon, map[models.ID]string, error) {
	var ids, by []models.ID
	keys := make([]*web.Ask, len(batch))
	for i, at := range batch {
		ids, by, keys[i] = append(ids, at.Coupons...), append(by, at.Account), at.key
	}
	alliance, clerks, coupons := batch[0].Alliance, map[models.ID]string{}, []models.Coupon{}
	shown := map[atCounter]time.Time{}
	answered, before := web.AskAnswers(tx, keys)
	err := db.FindAll(tx, slices.Concat([]db.Query{s.Ledger.Locking(tx, alliance)}, s.Pool.Ahead(tx, alliance, payersOf(batch)), []db.Query{
		{Of: tx.Where("id IN ?", ids).Where(db.OfStreet, alliance), Into: &coupons}, s.Identity.AskNames(tx, by, clerks),
	}, askShown(tx, batch, shown), before)...)
	q := &queue{coupons: make(map[models.ID]models.Coupon, len(coupons)), shown: shown, answered: answered}
	for _, c := range coupons {
		q.coupons[c.ID] = c
	}
	return q, coupons, clerks, err
}

// atCounter is a member at a store's till.
type atCounter struct{ store, member models.ID }

// askShown asks when the members showed a code, of those whose till has read none now.
func askShown(tx *gorm.DB, batch []asked, into map[atCounter]time.Time) []db.Query {
	var pairs [][]any
	for _, at := range batch {
		if !at.withCode {
			pairs = append(pairs, []any{at.Store, at.Member})
		}
	}
	if len(pairs) == 0 {
		return nil
	}
	var rows []models.Presence
	return []db.Query{{Of: tx.Where("(store_id, member_id) IN ?", pairs), Into: &rows, Then: func() {
		for _, p := range rows {
			into[atCounter{p.StoreID, p.MemberID}] = p.At
		}
	}}}
}

// payersOf are whose coupons are to be used.
func payersOf(batch []asked) []models.ID {
	members := make([]models.ID, len(batch))
	for i, at := range batch {
		members[i] = at.Member
	}
	return members
}

// accounts are those that bills move something between: points, what the funders owe, and the commission.
func (q *queue) accounts(bills []*Bill) []models.AccountKey {
	var keys []models.AccountKey
	for _, out := range bills {
		first := out.First()
		keys = append(keys, models.StorePoints(first.StoreID), models.MemberPoints(first.MemberID), models.StoreFen(first.StoreID))
		if origin := q.members[first.MemberID].OriginStoreID; !origin.IsZero() {
			keys = append(keys, models.StoreFen(origin))
		}
		for i := range out.Receipts {
			for _, e := range out.Receipts[i].entries() {
				keys = append(keys, e.Debit)
			}
		}
	}
	return keys
}

// serve judges those who wait, in their order, and carries out together what can be. Who asks again what is only now being
// answered waits on. An answer has a refusal before anything was written; the error is one while it was.
func (s *Service) serve(tx *gorm.DB, q *queue, batch []asked, waiting []int, answers []db.Answer[redeemed]) (again []int, err error) {
	before, done, bills := maps.Clone(q.coupons), []served{}, []*Bill{}
	for _, i := range waiting {
		switch at := batch[i]; {
		case q.answered.Awaits(at.key):
			again = append(again, i)
		case q.repeats(at, &answers[i]):
		default:
			out, err := s.judged(tx.Statement.Context, q, at)
			if answers[i].Err = err; err == nil {
				q.answered.Await(at.key)
				done, bills = append(done, served{i, out, q.took(out)}), append(bills, out)
			}
		}
	}
	if len(bills) == 0 {
		return again, nil
	}
	if err := s.Ledger.Ahead(tx, q.street.ID, q.accounts(bills)...); err != nil {
		return nil, err
	}
	if err := s.redeem(tx, q.pocket, usedOn(bills, before), bills...); err != nil {
		return nil, err
	}
	for _, d := range done {
		answers[d.place].Value = redeemed{bill: *d.bill, view: q.receipt(d)}
		text, err := json.Marshal(answers[d.place].Value.view)
		if err != nil {
			return nil, err
		}
		q.answered.Add(batch[d.place].key, http.StatusCreated, text)
	}
	return again, nil
}

// served is a bill that is carried out for one of a batch, and its coupons' tickets as it left them.
type served struct {
	place   int
	bill    *Bill
	tickets map[models.ID]CouponView
}

// repeats gives the first answer to who asks again, or refuses a key that was used for another bill.
func (q *queue) repeats(at asked, answer *db.Answer[redeemed]) bool {
	before, err := q.answered.To(at.key)
	if err == nil && before != nil {
		answer.Value.repeated = true
		err = json.Unmarshal(before, &answer.Value.view)
	}
	answer.Err = err
	return before != nil || err != nil
}

// judged is the bill that comes of a redemption, if it may be carried out. Errors: store_suspended, coupon_needed,
// coupon_unknown, code_needed, and whatever keeps a coupon from the bill.
func (s *Service) judged(ctx context.Context, q *queue, at asked) (*Bill, error) {
	if err := s.active(ctx, at.Alliance, at.Store); err != nil {
		return nil, err
	}
	coupons, err := q.atHand(at.AtBill)
	if err != nil {
		return nil, err
	}
	if shown, ever := q.shown[atCounter{at.Store, at.Member}]; !at.withCode && (!ever || q.street.now.Sub(shown) > models.PresenceLasts) {
		return nil, relation.ErrCodeNeeded
	}
	out, err := q.bill(coupons, at.AtBill)
	return &out, err
}

// usedOn are the coupons that are on bills, each once in the order of their ids.
func usedOn(bills []*Bill, known map[models.ID]models.Coupon) []models.Coupon {
	on := map[models.ID]models.Coupon{}
	for _, out := range bills {
		for _, r := range out.Receipts {
			on[r.CouponID] = known[r.CouponID]
		}
	}
	return slices.SortedFunc(maps.Values(on), func(a, b models.Coupon) int { return bytes.Compare(a.ID[:], b.ID[:]) })
}

// atHand are the coupons of a bill in the order of their ids, each once. Errors: coupon_needed, coupon_unknown.
func (q *queue) atHand(at AtBill) ([]models.Coupon, error) {
	if len(at.Coupons) == 0 {
		return nil, ErrWhichCoupon
	}
	coupons := make([]models.Coupon, 0, len(at.Coupons))
	for _, id := range at.Coupons {
		c, found := q.coupons[id]
		if !found || c.MemberID != at.Member {
			return nil, ErrNoCoupon
		}
		coupons = append(coupons, c)
	}
	slices.SortFunc(coupons, func(a, b models.Coupon) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return slices.CompactFunc(coupons, func(a, b models.Coupon) bool { return a.ID == b.ID }), nil
}

// took keeps up with what a bill takes: its coupons, and what is left behind their campaigns. It returns the coupons'
// tickets as they are after it.
func (q *queue) took(out *Bill) map[models.ID]CouponView {
	for i := range out.Receipts {
		r := &out.Receipts[i]
		c := r.leaves(q.coupons[r.CouponID])
		if q.coupons[c.ID] = c; c.State == models.CouponUsed {
			q.uses[c.ID] = r.Redemption
		}
		for _, part := range r.owes() {
			if _, kept := q.bounds.left[r.CampaignID][part.owner]; kept {
				q.bounds.left[r.CampaignID][part.owner] -= part.amount
			}
		}
		if counts := q.bounds.counts[r.CampaignID]; counts != nil {
			counts[r.StoreID.String()]++
			counts[models.StoreDay(r.StoreID, r.LocalDate)]++
		}
	}
	tickets := make(map[models.ID]CouponView, len(out.Receipts))
	for _, r := range out.Receipts {
		tickets[r.CouponID] = q.view(q.coupons[r.CouponID])
	}
	return tickets
}

// receipt shows a bill that was carried out.
func (q *queue) receipt(d served) RedemptionView {
	first := d.bill.First()
	v := receiptView(q.street, *d.bill, q.names, d.tickets)
	m := q.members[first.MemberID]
	v.Member = PayerView{ID: first.MemberID, Name: m.Ref().Name, Number: m.Number}
	return v
}
