package pool

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

// Settings are what a street's stores agreed on, as its coordinator sees and changes them.
type Settings struct {
	Name           string       `json:"name"`
	ReferralCredit models.Money `json:"referral_credit" doc:"for a member brought in, from the fund to the origin store"`
	CommissionBPS  int64        `json:"commission_bps" doc:"of what a member pays at another store, in ten-thousandths"`
	CommissionCap  models.Money `json:"commission_cap" doc:"for one member in one month"`
	VestDays       int          `json:"vest_days" doc:"a referral posts within so many days, or is void"`
	QuietDays      int          `json:"quiet_days" doc:"silence after which a level falls by one"`
	PointsPerYuan  int64        `json:"points_per_yuan"`
	PointsRate     int64        `json:"points_rate" doc:"fen for 100 points: what a store pays for points it issues and gets for points it honours, at the end of the month"`
	Treasurer      models.ID    `json:"treasurer,omitzero" doc:"the store that keeps the alliance's purse and pays and is paid for it at the end of the month; absent: none"`
	InviterPoints  int64        `json:"inviter_points" doc:"for the member who invited, when the referral posts"`
	K              int          `json:"k" doc:"shared figures about fewer members are withheld"`
	MarketRule     string       `json:"market_rule" doc:"last digits of the lunar days on which market is held, such as 3,6,9, or a rule of another kind in JSON"`
}

func settingsOf(a models.Alliance) Settings {
	return Settings{
		Name: a.Name, ReferralCredit: models.Fen(a.ReferralCredit), CommissionBPS: a.CommissionBPS, CommissionCap: models.Fen(a.CommissionCap),
		VestDays: a.VestDays, QuietDays: a.QuietDays, PointsPerYuan: a.PointsPerYuan, PointsRate: a.PointsRate, Treasurer: a.TreasurerID, InviterPoints: a.InviterPoints, K: a.K, MarketRule: a.MarketRule,
	}
}

// SettingsChange is what a coordinator may change; nil stays as it is.
type SettingsChange struct {
	Name           *string       `json:"name,omitempty" minLength:"1" maxLength:"20"`
	ReferralCredit *models.Money `json:"referral_credit,omitempty"`
	CommissionBPS  *int64        `json:"commission_bps,omitempty" minimum:"0" maximum:"3000"`
	CommissionCap  *models.Money `json:"commission_cap,omitempty"`
	VestDays       *int          `json:"vest_days,omitempty" minimum:"1" maximum:"365"`
	QuietDays      *int          `json:"quiet_days,omitempty" minimum:"7" maximum:"730"`
	PointsPerYuan  *int64        `json:"points_per_yuan,omitempty" minimum:"0" maximum:"100"`
	PointsRate     *int64        `json:"points_rate,omitempty" minimum:"0" maximum:"1000"`
	Treasurer      *string       `json:"treasurer,omitempty" maxLength:"36" doc:"a store's id; empty: none"`
	InviterPoints  *int64        `json:"inviter_points,omitempty" minimum:"0" maximum:"100000"`
	K              *int          `json:"k,omitempty" minimum:"5" maximum:"50"`
	MarketRule     *string       `json:"market_rule,omitempty" maxLength:"500"`
}

// maxAmount bounds the settings that are money: ten thousand yuan.
const maxAmount = 1_000_000

func (c SettingsChange) apply(a *models.Alliance) error {
	set(&a.Name, c.Name)
	set(&a.CommissionBPS, c.CommissionBPS)
	set(&a.VestDays, c.VestDays)
	set(&a.QuietDays, c.QuietDays)
	set(&a.PointsPerYuan, c.PointsPerYuan)
	set(&a.PointsRate, c.PointsRate)
	set(&a.InviterPoints, c.InviterPoints)
	set(&a.K, c.K)
	if c.MarketRule != nil {
		if _, err := models.ParseMarketRule(*c.MarketRule); err != nil {
			return models.ErrMarketRule.At("/market_rule")
		}
		a.MarketRule = *c.MarketRule
	}
	if err := setMoney(&a.ReferralCredit, c.ReferralCredit, "/referral_credit/amount"); err != nil {
		return err
	}
	return setMoney(&a.CommissionCap, c.CommissionCap, "/commission_cap/amount")
}

// applyTreasurer names a store that takes part in the street. Error: invalid at /treasurer.
func (c SettingsChange) applyTreasurer(tx *gorm.DB, a *models.Alliance) error {
	if c.Treasurer == nil {
		return nil
	}
	a.TreasurerID = models.ID{}
	if *c.Treasurer == "" {
		return nil
	}
	id, err := models.ParseID(*c.Treasurer)
	var store models.Store
	if err == nil {
		err = tx.Where("id = ? AND alliance_id = ? AND status = ?", id, a.ID, models.StoreActive).Take(&store).Error
	}
	if err != nil {
		return models.ErrInvalid.Field("/treasurer", models.Text{ZH: "要选街上开着的一家店", EN: "Choose a store that takes part in the street."})
	}
	a.TreasurerID = store.ID
	return nil
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

func setMoney(to *int64, from *models.Money, pointer string) error {
	if from == nil {
		return nil
	}
	if from.Amount < 0 || from.Amount > maxAmount {
		return models.ErrInvalid.Field(pointer, models.Text{ZH: "要在 0 到 10,000 元之间", EN: "Must be from 0 to 10,000 yuan."})
	}
	*to = from.Amount
	return nil
}

// ChangeSettings changes a street's settings. Errors: invalid, precondition_failed, precondition_required.
func (s *Service) ChangeSettings(ctx context.Context, alliance models.ID, ifMatch string, c SettingsChange) (models.Alliance, error) {
	var a models.Alliance
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if err := db.Lock(tx).Where("id = ?", alliance).Take(&a).Error; err != nil {
			return db.IfNone(err, models.ErrNotFound)
		}
		if err := web.Match(ifMatch, a.Version); err != nil {
			return err
		}
		before := a.MarketRule
		if err := c.apply(&a); err != nil {
			return err
		}
		if err := c.applyTreasurer(tx, &a); err != nil {
			return err
		}
		a.Version++
		if err := tx.Save(&a).Error; err != nil || a.MarketRule == before {
			return err
		}
		return s.Outbox.Add(tx, a.ID, models.EventMarketRule, models.MarketRuleChanged{From: before, To: a.MarketRule})
	})
	s.cache.clear()
	return a, err
}

// MemberStore is a store as the coordinator sees it.
type MemberStore struct {
	StorePage
	Members int64 `json:"members" doc:"whose origin the store is"`
}

// AllianceStores lists every store of a street, suspended ones too.
func (s *Service) AllianceStores(ctx context.Context, alliance models.ID) ([]MemberStore, error) {
	a, err := s.Alliance(ctx, alliance)
	if err != nil {
		return nil, err
	}
	stores, err := s.Stores(ctx, alliance)
	if err != nil {
		return nil, err
	}
	counts, err := s.membersByOrigin(ctx, alliance)
	now := s.Clock.Now()
	views := make([]MemberStore, 0, len(stores))
	for _, store := range stores {
		views = append(views, MemberStore{StorePage: pageOf(a, store, now), Members: counts[store.ID]})
	}
	return views, err
}

func (s *Service) membersByOrigin(ctx context.Context, alliance models.ID) (map[models.ID]int64, error) {
	var rows []struct {
		OriginStoreID models.ID
		N             int64
	}
	err := s.DB.Read(ctx).Model(&models.Member{}).Select("origin_store_id, COUNT(*) AS n").
		Where("alliance_id = ? AND left_at IS NULL AND origin_store_id IS NOT NULL", alliance).Group("origin_store_id").Find(&rows).Error
	counts := make(map[models.ID]int64, len(rows))
	for _, r := range rows {
		counts[r.OriginStoreID] = r.N
	}
	return counts, err
}
