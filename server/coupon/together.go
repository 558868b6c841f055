package coupon

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

// asked is one redemption asked for; key is nil when the request has none.
type asked struct {
	AtBill
	key *web.Ask
}

// redeemed is a bill as it was carried out, and its receipt as the till sees it; of one that is repeated the receipt only.
type redeemed struct {
	bill     Bill
	view     RedemptionView
	repeated bool
}

// redeemAll carries out the redemptions that came at the same moment, street by street: all of a street's wait for its
// ledger anyway, so they share its lock, what they are judged by, and a commit.
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
		if _, err := s.Ledger.Lock(tx, street[0].Alliance); err != nil {
			return nil, err
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

// redeemStreet carries out a street's redemptions together. When one of them meets in the writing what it could not know
// before, a budget that the others have spent or a coupon that was given away meanwhile, each is carried out by itself:
// who is refused changes nothing for the others.
func (s *Service) redeemStreet(tx *gorm.DB, batch []asked) ([]db.Answer[redeemed], error) {
	answers, err := s.together(tx, batch)
	switch {
	case err == nil || db.IsTransient(err):
		return answers, err
	case len(batch) == 1:
		return []db.Answer[redeemed]{{Err: err}}, nil
	}
	answers = answers[:0]
	for i := range batch {
		one, err := s.redeemStreet(tx, batch[i:i+1])
		if err != nil {
			return nil, err
		}
		answers = append(answers, one...)
	}
	return answers, nil
}

// together carries out redemptions of one street, all that can be or, with an error, none.
func (s *Service) together(tx *gorm.DB, batch []asked) ([]db.Answer[redeemed], error) {
	answers := make([]db.Answer[redeemed], len(batch))
	return answers, db.Part(tx, func(tx *gorm.DB) error {
		return s.Ledger.Gather(db.Remember(tx), batch[0].Alliance, func(tx *gorm.DB) error {
			return s.Outbox.Gather(tx, func(tx *gorm.DB) error { return s.serveAll(tx, batch, answers) })
		})
	})
}

func (s *Service) serveAll(tx *gorm.DB, batch []asked, answers []db.Answer[redeemed]) error {
	q, err := s.queue(tx, batch)
	for i := 0; err == nil && i < len(batch); i++ {
		answers[i], err = s.serve(tx, q, batch[i])
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
	answered *web.Answers
}

func (s *Service) queue(tx *gorm.DB, batch []asked) (*queue, error) {
	var ids, members, clerks []models.ID
	keys := make([]*web.Ask, len(batch))
	for i, at := range batch {
		ids, members, clerks, keys[i] = append(ids, at.Coupons...), append(members, at.Member), append(clerks, at.Account), at.key
	}
	ctx, alliance, q := tx.Statement.Context, batch[0].Alliance, &queue{coupons: map[models.ID]models.Coupon{}}
	st, err := s.street(ctx, alliance)
	if err != nil {
		return nil, err
	}
	var coupons []models.Coupon
	if err := tx.Where("id IN ? AND alliance_id = ?", ids, alliance).Find(&coupons).Error; err != nil {
		return nil, err
	}
	for _, c := range coupons {
		q.coupons[c.ID] = c
	}
	if q.pocket, err = s.pocket(tx, st, coupons); err != nil {
		return nil, err
	}
	if q.members, err = s.Pool.Members(ctx, alliance, members); err != nil {
		return nil, err
	}
	names, err := s.Identity.Names(tx, clerks)
	if err != nil {
		return nil, err
	}
	maps.Copy(q.names, names)
	q.answered, err = web.AnswersTo(tx, keys)
	return q, err
}

// serve carries out one redemption: as it was answered before, or anew. The answer has a refusal before anything was
// written; the error is one while it was.
func (s *Service) serve(tx *gorm.DB, q *queue, at asked) (answer db.Answer[redeemed], broken error) {
	before, err := q.answered.To(at.key)
	if err != nil {
		return db.Answer[redeemed]{Err: err}, nil
	}
	if before != nil {
		answer.Value.repeated = true
		return answer, json.Unmarshal(before, &answer.Value.view)
	}
	if err := s.active(tx.Statement.Context, at.Alliance, at.Store); err != nil {
		return db.Answer[redeemed]{Err: err}, nil
	}
	coupons, err := q.atHand(at.AtBill)
	if err != nil {
		return db.Answer[redeemed]{Err: err}, nil
	}
	out, err := q.bill(coupons, at.AtBill)
	if err != nil {
		return db.Answer[redeemed]{Err: err}, nil
	}
	if err := s.redeem(tx, q.pocket, coupons, &out); err != nil {
		return answer, err
	}
	q.took(coupons, &out)
	answer.Value = redeemed{bill: out, view: q.receipt(out)}
	text, err := json.Marshal(answer.Value.view)
	q.answered.Add(at.key, http.StatusCreated, text)
	return answer, err
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

// took keeps up with what a bill took: its coupons, and what is left behind their campaigns.
func (q *queue) took(coupons []models.Coupon, out *Bill) {
	for _, c := range coupons {
		r := out.of(c.ID)
		if c.Uses, c.Spent = r.UseNumber, c.Spent+1; c.Left() == 0 {
			c.State, c.RedemptionID, c.UsedAt = models.CouponUsed, r.ID, &r.At
			q.uses[c.ID] = r.Redemption
		}
		q.coupons[c.ID] = c
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
}

// receipt shows a bill that was carried out.
func (q *queue) receipt(b Bill) RedemptionView {
	tickets := map[models.ID]CouponView{}
	for _, r := range b.Receipts {
		tickets[r.CouponID] = q.view(q.coupons[r.CouponID])
	}
	m := q.members[b.First().MemberID]
	v := receiptView(q.street, b, q.names, tickets)
	v.Member = PayerView{ID: b.First().MemberID, Name: m.Ref().Name, Number: m.Number}
	return v
}
