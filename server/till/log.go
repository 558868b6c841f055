package till

import (
	"bytes"
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/platform/db"
)

// Line is one line of a log as it arrives, with the till's signature.
type Line struct {
	models.TillLine
	Signature []byte
}

// TakeLog brings the lines of a till's log into the books, in their order, each in a transaction of its own: what was
// booked stays when a later line fails. It answers every line with what became of it; a line that has arrived before gets
// the same answer again. A revoked till's lines are put on record and not booked.
// Errors: not_found, log_gap, log_differs, log_signature.
func (s *Service) TakeLog(ctx context.Context, by Staff, id models.ID, deviceTime time.Time, lines []Line) ([]models.TillEntry, error) {
	now := s.Clock.Now()
	entries := make([]models.TillEntry, 0, len(lines))
	for _, l := range lines {
		l.Till = id
		e, err := s.takeLine(ctx, by, l, now, offset(now, deviceTime))
		if err != nil {
			return entries, err
		}
		entries = append(entries, e)
	}
	return entries, s.locked(ctx, by.Alliance, func(tx *gorm.DB) error {
		t, err := db.Find[models.Till](tx, "id = ? AND alliance_id = ? AND store_id = ?", id, by.Alliance, by.Store)
		if err != nil {
			return err
		}
		s.changed(tx, t)
		return s.seen(tx, &t, deviceTime)
	})
}

// takeLine brings one line into the books.
func (s *Service) takeLine(ctx context.Context, by Staff, l Line, now time.Time, ahead time.Duration) (models.TillEntry, error) {
	var e models.TillEntry
	err := s.locked(ctx, by.Alliance, func(tx *gorm.DB) error {
		t, err := ofStore(tx, by, l.Till)
		if err != nil && !errors.Is(err, ErrRevoked) {
			return err
		}
		if l.Seq <= t.LastSeq {
			e, err = again(tx, l)
			return err
		}
		if err := inOrder(t, l); err != nil {
			return err
		}
		if e, err = s.entry(tx, t, by, l, now, ahead); err != nil {
			return err
		}
		return s.enter(tx, t, &e)
	})
	return e, err
}

// again answers a line that has arrived before. Error: log_differs.
func again(tx *gorm.DB, l Line) (models.TillEntry, error) {
	e, err := db.Find[models.TillEntry](tx, "till_id = ? AND seq = ?", l.Till, l.Seq)
	if err == nil && (!bytes.Equal(e.Signature, l.Signature) || e.Token != l.Token || e.Bill != l.Bill || e.Off != l.Off) {
		err = ErrDiffers.With(l.Seq)
	}
	return e, err
}

// inOrder refuses a line that is not the next, or that the till did not sign. Errors: log_gap, log_signature.
func inOrder(t models.Till, l Line) error {
	if l.Seq != t.LastSeq+1 {
		return ErrGap.With(t.LastSeq + 1)
	}
	key, err := models.ParseTillKey(t.PublicKey)
	if err != nil {
		return err
	}
	if !l.SignedBy(key, l.Signature) {
		return ErrSignature.With(l.Seq)
	}
	return nil
}

// entry puts a line in the server's terms: who took it, and when it was.
func (s *Service) entry(tx *gorm.DB, t models.Till, by Staff, l Line, now time.Time, ahead time.Duration) (models.TillEntry, error) {
	e := models.TillEntry{
		TillID: t.ID, Seq: l.Seq, AllianceID: t.AllianceID, StoreID: t.StoreID, ByAccount: by.Account, Token: l.Token, Bill: l.Bill, Off: l.Off,
		Signature: l.Signature, Clock: l.Clock, ReceivedAt: now,
	}
	clock := models.TillClock{Last: time.Duration(t.ClockOffset) * time.Millisecond, Now: ahead, After: t.RegisteredAt, Before: now}
	before, err := db.Find[models.TillEntry](tx, "till_id = ? AND seq = ?", t.ID, l.Seq-1)
	if err == nil {
		clock.After = before.At
	} else if !errors.Is(err, models.ErrNotFound) {
		return e, err
	}
	e.At, e.Wild = clock.At(models.TillMoment{Clock: l.Clock, Contact: l.Contact, Since: l.Since})
	staff, err := s.Pool.Staff(tx.Statement.Context, t.AllianceID, t.StoreID)
	for _, member := range staff {
		if member.AccountID == l.By {
			e.ByAccount = l.By
		}
	}
	return e, err
}

// enter decides what becomes of an entry and writes it, together with whatever it causes.
func (s *Service) enter(tx *gorm.DB, t models.Till, e *models.TillEntry) error {
	refused, err := s.redeem(tx, t, e)
	if err != nil {
		return err
	}
	if e.Outcome = models.TillBooked; refused == nil && e.Differs() {
		err = s.Outbox.Add(tx, e.AllianceID, models.EventTillEntryDiffers, models.TillEntryDiffers{TillID: e.TillID, Seq: e.Seq, StoreID: e.StoreID})
		if err != nil {
			return err
		}
	}
	if refused != nil {
		e.Code, e.WhyZH, e.WhyEN = refused.Code, refused.Text.ZH, refused.Text.EN
		if e.Outcome = models.TillRefused; errors.Is(refused, coupon.ErrCouponUsed) {
			e.Outcome = models.TillConflict
		}
		err = s.Outbox.Add(tx, e.AllianceID, models.EventTillEntryUnbooked, models.TillEntryUnbooked{TillID: e.TillID, Seq: e.Seq, StoreID: e.StoreID})
		if err != nil {
			return err
		}
	}
	if err := tx.Create(e).Error; err != nil {
		return err
	}
	return tx.Model(&models.Till{}).Where("id = ? AND last_seq = ?", t.ID, e.Seq-1).Update("last_seq", e.Seq).Error
}

// redeem books an entry, or says why not.
func (s *Service) redeem(tx *gorm.DB, t models.Till, e *models.TillEntry) (refused *models.Error, err error) {
	key, err := s.Coupon.TokenKey(e.AllianceID)
	if err != nil {
		return nil, err
	}
	token, err := models.OpenCouponToken(e.Token, key)
	if err != nil {
		return ErrForged, nil
	}
	e.CouponID, e.CampaignID = token.Coupon, token.Campaign
	if t.Revoked() {
		return ErrRevoked, nil
	}
	allotted, err := spend(tx, t, token.Campaign)
	if err != nil {
		return nil, err
	}
	refused, err = s.book(tx, e, token, allotted)
	if err == nil && refused != nil && allotted {
		_, err = s.Coupon.SetAside(tx, token.Campaign, -1)
	}
	return refused, err
}

// spend takes one redemption from what the till holds of a campaign; false when it holds none.
func spend(tx *gorm.DB, t models.Till, campaign models.ID) (bool, error) {
	done := tx.Model(&models.TillAllotment{}).Where("till_id = ? AND campaign_id = ? AND used < allotted", t.ID, campaign).Update("used", gorm.Expr("used + 1"))
	return done.RowsAffected == 1, done.Error
}

// book redeems the coupon through coupon's own code, within a savepoint: what refuses it leaves nothing behind.
func (s *Service) book(tx *gorm.DB, e *models.TillEntry, token models.CouponToken, allotted bool) (refused *models.Error, err error) {
	var out coupon.Bill
	err = tx.Transaction(func(tx *gorm.DB) (err error) {
		out, err = s.Coupon.RedeemUnseen(tx, coupon.Unseen{
			Staff: Staff{Alliance: e.AllianceID, Store: e.StoreID, Account: e.ByAccount}, Token: token, Bill: e.Bill, At: e.At, Allotted: allotted,
		})
		return err
	})
	if !errors.As(err, &refused) {
		e.RedemptionID, e.BookedOff = out.ID, out.Before()-out.Paid()
		return nil, err
	}
	first, err := s.Coupon.FirstUse(tx, token.Coupon, token.Use)
	e.RedemptionID = first.ID
	return refused, err
}
