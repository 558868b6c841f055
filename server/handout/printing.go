package handout

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// Print makes a batch of n codes (1 to 5,000) of a campaign; their stock is set aside.
// Errors: not_found, given_otherwise, not_live, store_suspended, too_few_left.
func (s *Service) Print(ctx context.Context, by Staff, campaign models.ID, n int64, label string) (models.PrintBatch, error) {
	var b models.PrintBatch
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		c, err := s.Coupon.Print(tx, by, campaign, n)
		if err != nil {
			return err
		}
		link, err := s.Pool.PaperLink(tx, c, label)
		if err != nil {
			return err
		}
		b = models.PrintBatch{
			ID: models.NewID(), AllianceID: by.Alliance, CampaignID: c.ID, StoreID: by.Store, Version: c.Version, LinkID: link.ID, Label: strings.TrimSpace(label),
			Size: n, Until: c.ClaimUntil, CreatedBy: by.Account, CreatedAt: s.Clock.Now(),
		}
		if err := tx.Create(&b).Error; err != nil {
			return err
		}
		return writeCodes(tx, b)
	})
	return b, err
}

var codeColumns = db.Insert{Into: "printed_codes (batch_id, serial, alliance_id, code, state)", Width: 5}

func writeCodes(tx *gorm.DB, b models.PrintBatch) error {
	values := make([]any, 0, b.Size*int64(codeColumns.Width))
	for serial := int64(1); serial <= b.Size; serial++ {
		values = append(values, b.ID, serial, b.AllianceID, models.NewCouponCode(), models.PrintedOpen)
	}
	return codeColumns.Exec(tx, values)
}

// Batch reads a batch of a store. Error: not_found.
func (s *Service) Batch(ctx context.Context, by Staff, campaign, batch models.ID) (models.PrintBatch, error) {
	return s.batch(s.DB.Read(ctx), by, campaign, batch)
}

func (s *Service) batch(tx *gorm.DB, by Staff, campaign, batch models.ID) (models.PrintBatch, error) {
	return db.Find[models.PrintBatch](tx, "id = ? AND alliance_id = ? AND store_id = ? AND campaign_id = ?", batch, by.Alliance, by.Store, campaign)
}

// Void ends the codes of a batch that nobody has taken; their stock can be given out again. Errors: not_found, batch_void.
func (s *Service) Void(ctx context.Context, by Staff, campaign, batch models.ID) (models.PrintBatch, error) {
	var b models.PrintBatch
	err := s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		if _, err = s.campaign(db.Lock(tx), by, campaign); err != nil { // the campaign's row comes first, as in taking
			return err
		}
		if b, err = s.batch(db.Lock(tx), by, campaign, batch); err != nil {
			return err
		}
		if b.VoidedAt != nil {
			return ErrBatchVoid
		}
		return s.void(tx, by, &b)
	})
	return b, err
}

func (s *Service) void(tx *gorm.DB, by Staff, b *models.PrintBatch) error {
	open := tx.Model(&models.PrintedCode{}).Where("batch_id = ? AND state = ?", b.ID, models.PrintedOpen).Update("state", models.PrintedVoid)
	if open.Error != nil {
		return open.Error
	}
	now := s.Clock.Now()
	b.Voided, b.VoidedBy, b.VoidedAt = open.RowsAffected, by.Account, &now
	if err := tx.Save(b).Error; err != nil {
		return err
	}
	return s.Coupon.Unprint(tx, by, b.CampaignID, b.Voided)
}

// Codes reads the codes of a batch as printed.
func (s *Service) Codes(ctx context.Context, b models.PrintBatch) ([]models.PrintedCode, error) {
	var codes []models.PrintedCode
	err := s.DB.Read(ctx).Where("batch_id = ?", b.ID).Order("serial").Find(&codes).Error
	return codes, err
}
