package handout

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/platform/db"
)

// Reach is whom a choice reaches: how many there are, how many of them have theirs already, and how many coupons are left.
// Few says that there are fewer than the street shows figures of; then, and where figures would say what the store does not
// know itself (About), they are withheld or rounded down.
type Reach struct {
	Members, Had, Left int64
	Few, About         bool
	K                  int64
}

// Preview counts whom a send would reach. A named audience that reaches fewer than the street shows figures of is answered with
// Few, whether it reaches somebody or nobody. Errors: not_found, nobody_chosen, too_many_chosen, invalid.
func (s *Service) Preview(ctx context.Context, by Staff, campaign models.ID, ch Choice) (Reach, error) {
	r := s.DB.Read(ctx)
	c, err := s.campaign(r, by, campaign)
	if err != nil {
		return Reach{}, err
	}
	if ch, err = s.known(ctx, c, ch); err != nil {
		return Reach{}, err
	}
	members, err := s.pick(r, c, ch)
	if err == nil && len(members) == 0 && ch.Audience == nil && !ch.private(c) {
		err = ErrNobody
	}
	if err != nil {
		return Reach{}, err
	}
	had, err := s.full(r, c, members)
	if err != nil {
		return Reach{}, err
	}
	street, err := s.Pool.Alliance(ctx, c.AllianceID)
	reach := Reach{Members: int64(len(members)), Had: had, Left: c.Remaining, About: ch.private(c), K: int64(street.K)}
	return reach.shown(ch, c), err
}

// shown is a reach as the store sees it.
func (r Reach) shown(ch Choice, c models.Campaign) Reach {
	asked := c.Audience
	if ch.Audience != nil && ch.Audience.Private(c.StoreID) {
		asked = *ch.Audience
	}
	if ch.Audience != nil || r.About {
		r.Members, r.Few = asked.Shown(r.Members, r.K, c.StoreID)
		r.Had, _ = asked.Shown(r.Had, r.K, c.StoreID)
	}
	return r
}

// full counts the members who have as many of a campaign as they may.
func (s *Service) full(r *gorm.DB, c models.Campaign, members []models.ID) (int64, error) {
	var all int64
	for page := range slices.Chunk(members, 500) {
		var n int64
		err := r.Model(&models.Coupon{}).Where("campaign_id = ? AND number = ? AND member_id IN ?", c.ID, c.PerMember, page).Count(&n).Error
		if err != nil {
			return 0, err
		}
		all += n
	}
	return all, nil
}

// Start writes down whom a send is for; the job gives. Everyone chosen gets one coupon, or a reason why not.
// Errors: not_found, given_otherwise, not_sendable, store_suspended, nobody_chosen, too_many_chosen.
func (s *Service) Start(ctx context.Context, by Staff, campaign models.ID, ch Choice) (models.Send, error) {
	var send models.Send
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		c, err := s.campaign(tx, by, campaign)
		if err != nil {
			return err
		}
		if err := s.maySend(tx, by, c); err != nil {
			return err
		}
		if ch, err = s.known(tx.Statement.Context, c, ch); err != nil {
			return err
		}
		members, err := s.chosen(tx, c, ch)
		if err != nil {
			return err
		}
		send, err = s.write(tx, by, c, ch, members)
		return err
	})
	return send, err
}

func (s *Service) maySend(tx *gorm.DB, by Staff, c models.Campaign) error {
	if !c.Gives(models.WaySent) {
		return coupon.ErrOtherWay
	}
	if c.SignedAt == nil || c.StateAt(s.Clock.Now()) != models.CampaignLive {
		return ErrNotSendable
	}
	return s.trading(tx, by)
}

var sendColumns = db.Insert{Into: "coupon_send_members (send_id, member_id, outcome)", Width: 3}

func (s *Service) write(tx *gorm.DB, by Staff, c models.Campaign, ch Choice, members []models.ID) (models.Send, error) {
	to, named, within := ch.target(c)
	send := models.Send{
		ID: models.NewID(), AllianceID: c.AllianceID, CampaignID: c.ID, StoreID: c.StoreID, Target: to, Audience: named, Within: within,
		Private: ch.private(c), State: models.SendRunning, Total: int64(len(members)), CreatedBy: by.Account, CreatedAt: s.Clock.Now(),
	}
	if err := tx.Create(&send).Error; err != nil {
		return send, err
	}
	values := make([]any, 0, len(members)*sendColumns.Width)
	for _, m := range members {
		values = append(values, send.ID, m, models.SendWaiting)
	}
	return send, sendColumns.Exec(tx, values)
}

// Stop ends a send by hand: who was not reached gets nothing by it. Errors: not_found, send_ended.
func (s *Service) Stop(ctx context.Context, by Staff, campaign, id models.ID) (models.Send, error) {
	var send models.Send
	err := s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		if send, err = s.send(db.Lock(tx), by, campaign, id); err != nil {
			return err
		}
		if send.State != models.SendRunning {
			return ErrNoSend
		}
		now := s.Clock.Now()
		send.State, send.EndedAt = models.SendStopped, &now
		return tx.Save(&send).Error
	})
	return send, err
}

// Send reads a send of a store. Error: not_found.
func (s *Service) Send(ctx context.Context, by Staff, campaign, id models.ID) (models.Send, error) {
	return s.send(s.DB.Read(ctx), by, campaign, id)
}

func (s *Service) send(tx *gorm.DB, by Staff, campaign, id models.ID) (models.Send, error) {
	return db.Find[models.Send](tx, "id = ? AND alliance_id = ? AND store_id = ? AND campaign_id = ?", id, by.Alliance, by.Store, campaign)
}
