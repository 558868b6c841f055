package handout

import (
	"cmp"
	"context"
	"errors"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/platform/db"
)

// Bearer is who brings a printed code: the member, and the till and its clerk where it was brought to one.
type Bearer struct {
	Alliance, Member models.ID
	Store, Account   models.ID // zero when the member typed it
}

// TakePaper gives a printed code's coupon to the first who brings it, once whatever is tried. The code is read as people
// write it. Errors: coupon_code_slip, printed_unknown, printed_taken, printed_void, printed_over, not_live, claim_limit.
func (s *Service) TakePaper(ctx context.Context, who Bearer, text string) (models.Coupon, error) {
	code, err := models.ParseCouponCode(text)
	if err != nil {
		return models.Coupon{}, cmp.Or(s.Coupon.Misread(ctx, who.Alliance, text), error(ErrPaper.At("/code")))
	}
	var c models.Coupon
	err = s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		c, err = s.takePaper(tx, who, code)
		return err
	})
	return c, err
}

func (s *Service) takePaper(tx *gorm.DB, who Bearer, code string) (models.Coupon, error) {
	p, b, err := s.paper(tx, who.Alliance, code)
	if err != nil {
		return models.Coupon{}, err
	}
	c, err := s.Coupon.TakePaper(tx, coupon.Paper{Alliance: who.Alliance, Campaign: b.CampaignID, Member: who.Member, Version: b.Version})
	if err != nil {
		return c, err
	}
	now := s.Clock.Now()
	taken := tx.Model(&models.PrintedCode{}).Where("batch_id = ? AND serial = ? AND state = ?", p.BatchID, p.Serial, models.PrintedOpen).
		Updates(map[string]any{"state": models.PrintedTaken, "coupon_id": c.ID, "store_id": who.Store, "by_account": who.Account, "taken_at": now})
	if taken.Error != nil {
		return c, taken.Error
	}
	if taken.RowsAffected == 0 {
		return c, s.paperGone(tx, p)
	}
	if err := tx.Model(&models.PrintBatch{}).Where("id = ?", b.ID).Update("taken", gorm.Expr("taken + 1")).Error; err != nil {
		return c, err
	}
	return c, s.record(tx, c, note{way: models.WayPrinted, cause: c.ID, source: b.ID, by: who.Account})
}

// paper finds a printed code that may be taken now. Errors: printed_unknown, printed_taken, printed_void, printed_over.
func (s *Service) paper(tx *gorm.DB, alliance models.ID, code string) (models.PrintedCode, models.PrintBatch, error) {
	p, err := db.Find[models.PrintedCode](tx, "alliance_id = ? AND code = ?", alliance, code)
	if errors.Is(err, models.ErrNotFound) {
		return p, models.PrintBatch{}, ErrPaper.At("/code")
	}
	if err != nil {
		return p, models.PrintBatch{}, err
	}
	b, err := db.Find[models.PrintBatch](tx, "id = ?", p.BatchID)
	if err != nil {
		return p, b, err
	}
	switch {
	case p.State == models.PrintedTaken:
		return p, b, ErrPaperTaken
	case p.State == models.PrintedVoid:
		return p, b, ErrPaperVoid
	case s.Clock.Now().After(b.Until):
		return p, b, s.over(tx, b)
	}
	return p, b, nil
}

func (s *Service) over(tx *gorm.DB, b models.PrintBatch) error {
	street, err := s.Pool.Alliance(tx.Statement.Context, b.AllianceID)
	if err != nil {
		return err
	}
	until := models.SaidMoment(street.Local(b.Until))
	return ErrPaperOver.Say("这个券码 "+until.ZH+" 过期了", "This code ended on "+until.EN+".")
}

// paperGone says what became of a code while somebody was about to take it.
func (s *Service) paperGone(tx *gorm.DB, p models.PrintedCode) error {
	now, err := db.Find[models.PrintedCode](db.Lock(tx), "batch_id = ? AND serial = ?", p.BatchID, p.Serial)
	if err == nil && now.State == models.PrintedVoid {
		return ErrPaperVoid
	}
	if err == nil {
		err = ErrPaperTaken
	}
	return err
}

// IsPaper tells a till that a code which is no coupon's stands on paper: then it is the bearer's, and whose coupon it will
// be the till asks. Errors: coupon_unknown, printed_taken, printed_void, printed_over.
func (s *Service) IsPaper(ctx context.Context, alliance models.ID, code string) (models.Campaign, error) {
	_, b, err := s.paper(s.DB.Read(ctx), alliance, code)
	if errors.Is(err, ErrPaper) {
		err = coupon.ErrNoCoupon
	}
	if err != nil {
		return models.Campaign{}, err
	}
	return db.Find[models.Campaign](s.DB.Read(ctx), "id = ?", b.CampaignID)
}

// ArePaper tells which of some codes are printed, whatever became of them since.
func (s *Service) ArePaper(ctx context.Context, alliance models.ID, codes []string) (printed []string, err error) {
	err = s.DB.Read(ctx).Model(&models.PrintedCode{}).Where("alliance_id = ? AND code IN ?", alliance, codes).Pluck("code", &printed).Error
	return printed, err
}
