package handout

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/platform/db"
)

// sendPage is how many members of a send share one transaction: claims by others wait for it.
const sendPage = 100

// SendDue brings every running send to its end. Several nodes may do it at once, and one may die anywhere: the members that
// a transaction took are decided with it, or wait for the next.
func (s *Service) SendDue(ctx context.Context) error {
	var ids []models.ID
	err := s.DB.Read(ctx).Model(&models.Send{}).Where("state = ?", models.SendRunning).Order("id").Pluck("id", &ids).Error
	if err != nil {
		return err
	}
	var failed error
	for _, id := range ids {
		failed = errors.Join(failed, s.finish(ctx, id))
	}
	return failed
}

func (s *Service) finish(ctx context.Context, id models.ID) error {
	for {
		more, err := s.sendPage(ctx, id)
		if err != nil || !more {
			return err
		}
	}
}

// sendPage decides the next members of a send. The send's row stays locked: nodes take turns. While the campaign is paused
// nothing moves.
func (s *Service) sendPage(ctx context.Context, id models.ID) (more bool, err error) {
	var send models.Send
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		more = false
		if send, err = db.Find[models.Send](db.Lock(tx), "id = ? AND state = ?", id, models.SendRunning); errors.Is(err, models.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		c, err := db.Find[models.Campaign](tx, "id = ?", send.CampaignID)
		if err != nil || c.StateAt(s.Clock.Now()) == models.CampaignPaused {
			return err
		}
		if err := s.decide(tx, &send); err != nil {
			return err
		}
		more = send.State == models.SendRunning
		return tx.Save(&send).Error
	})
	if err == nil && !send.ID.IsZero() {
		err = s.signal(ctx, send)
	}
	return more, err
}

// signal tells the store's desk how far a send is, as far as the store may know it.
func (s *Service) signal(ctx context.Context, send models.Send) error {
	street, err := s.Pool.Alliance(ctx, send.AllianceID)
	if err != nil {
		return err
	}
	v := sendView(withheld(send, int64(street.K)))
	s.Signal(send.AllianceID, "desk:"+send.StoreID.String(), "send.progress", map[string]any{"id": v.ID, "campaign": send.CampaignID, "state": v.State, "open": v.Open})
	return nil
}

// decide takes the next members of a send, gives those who are still here, and writes down what came of each.
func (s *Service) decide(tx *gorm.DB, send *models.Send) error {
	var members []models.ID
	err := tx.Model(&models.SendMember{}).Where("send_id = ? AND outcome = ?", send.ID, models.SendWaiting).Order("member_id").Limit(sendPage).Pluck("member_id", &members).Error
	if err != nil {
		return err
	}
	outcomes, err := s.give(tx, *send, members)
	if err != nil {
		return err
	}
	for outcome, of := range outcomes {
		if err := s.tally(tx, send, outcome, of); err != nil {
			return err
		}
	}
	if len(members) < sendPage {
		now := s.Clock.Now()
		send.State, send.EndedAt = models.SendDone, &now
	}
	return nil
}

func (s *Service) tally(tx *gorm.DB, send *models.Send, outcome models.SendOutcome, members []models.ID) error {
	n := int64(len(members))
	switch outcome {
	case models.SendGiven:
		send.Given += n
	case models.SendHad:
		send.Had += n
	case models.SendNone:
		send.NoneLeft += n
	default:
		send.Missed += n
	}
	return tx.Model(&models.SendMember{}).Where("send_id = ? AND member_id IN ?", send.ID, members).Update("outcome", outcome).Error
}

// give gives each of some members a coupon, and sorts them by what came of it.
func (s *Service) give(tx *gorm.DB, send models.Send, members []models.ID) (map[models.SendOutcome][]models.ID, error) {
	known, err := s.Pool.Members(tx.Statement.Context, send.AllianceID, members)
	if err != nil {
		return nil, err
	}
	o, outcomes := coupon.Order{Alliance: send.AllianceID, Campaign: send.CampaignID, Way: models.WaySent}, map[models.SendOutcome][]models.ID{}
	if send.Private {
		o.Private = send.ID
	}
	for _, id := range members {
		if m, here := known[id]; here && !m.Left() {
			o.Members = append(o.Members, id)
			continue
		}
		outcomes[models.SendMissed] = append(outcomes[models.SendMissed], id)
	}
	if len(o.Members) == 0 && !send.Private {
		return outcomes, nil
	}
	answers, err := s.Coupon.GiveOut(tx, o)
	if err != nil {
		return nil, err
	}
	for i, a := range answers {
		outcome, err := outcomeOf(a.Err)
		if err == nil && outcome == models.SendGiven {
			err = s.record(tx, a.Value, note{way: models.WaySent, cause: send.ID, source: send.ID, by: send.CreatedBy})
		}
		if err != nil {
			return nil, err
		}
		outcomes[outcome] = append(outcomes[outcome], o.Members[i])
	}
	return outcomes, nil
}

// outcomeOf sorts an answer; what is no refusal is a failure, and the page is tried again.
func outcomeOf(err error) (models.SendOutcome, error) {
	var refused *models.Error
	switch {
	case err == nil:
		return models.SendGiven, nil
	case errors.Is(err, coupon.ErrClaimLimit):
		return models.SendHad, nil
	case errors.Is(err, coupon.ErrSoldOut), errors.Is(err, coupon.ErrTooLate), errors.Is(err, coupon.ErrNotLive):
		return models.SendNone, nil
	case errors.As(err, &refused) && refused.Kind != models.Internal:
		return models.SendMissed, nil
	}
	return "", err
}
