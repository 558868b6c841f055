package coupon

import (
	"context"
	"encoding/json"
	"net/http"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// handed is a coupon as it was handed over, to the member of a number; repeated when the same request had got it before.
type handed struct {
	coupon   models.Coupon
	view     CouponView
	number   int64
	repeated bool
}

// hand answers one claim: as it was answered before, or by a coupon.
func (g *giving) hand(q claim) (*handed, error) {
	before, err := g.answered.To(q.ask)
	if err != nil {
		return nil, err
	}
	if before != nil {
		again := &handed{repeated: true}
		return again, json.Unmarshal(before, &again.view)
	}
	c, err := g.give(q)
	if err != nil {
		return nil, err
	}
	view := g.pocket.view(c)
	answer, err := json.Marshal(view)
	g.answered.Add(q.ask, http.StatusCreated, answer)
	return &handed{coupon: c, view: view}, err
}

// handedView shows a coupon to whom it was handed, with its token. A first answer that is given again is signed by what
// the coupon is now: its token is never one that a till has seen used.
func (s *Service) handedView(ctx context.Context, got *handed) (CouponView, error) {
	if got.repeated {
		var err error
		if got.coupon, err = db.Find[models.Coupon](s.DB.Read(ctx), "id = ?", got.view.ID); err != nil {
			return CouponView{}, err
		}
	}
	views := []CouponView{got.view}
	if got.coupon.StateAt(s.Clock.Now()) != models.CouponUsable {
		return got.view, nil
	}
	err := s.putTokens(views, []models.Coupon{got.coupon}, got.number)
	return views[0], err
}

// numbered notes the numbers of the members who have got a coupon: its token names its owner by it.
func numbered(tx *gorm.DB, batch []claim, group []int, answers []db.Answer[*handed]) error {
	var lucky []int
	for _, i := range group {
		if answers[i].Err == nil {
			lucky = append(lucky, i)
		}
	}
	if len(lucky) == 0 {
		return nil
	}
	var rows []models.Member
	err := tx.Select("id, number").Where("id IN ?", membersOf(batch, lucky)).Find(&rows).Error
	numbers := make(map[models.ID]int64, len(rows))
	for _, m := range rows {
		numbers[m.ID] = m.Number
	}
	for _, i := range lucky {
		answers[i].Value.number = numbers[batch[i].member]
	}
	return err
}
