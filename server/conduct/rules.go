package conduct

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/conduct/advert"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
)

// TalkRulesChange is what a coordinator sets.
type TalkRulesChange struct {
	HoldDoubtful bool  `json:"hold_doubtful" doc:"what a rule is not sure of waits for a moderator; a call for help never does"`
	FirstReview  bool  `json:"first_review"`
	SlowMinutes  int   `json:"slow_minutes" minimum:"0" maximum:"1440"`
	Fine         int64 `json:"fine" minimum:"0" maximum:"10000" doc:"points that the first and the second strike take"`
}

// SetRules sets what the street agreed on.
func (s *Service) SetRules(ctx context.Context, by *identity.Principal, in TalkRulesChange) error {
	return s.changeRules(ctx, by, "rules", "", map[string]any{
		"hold_doubtful": in.HoldDoubtful, "first_review": in.FirstReview, "slow_minutes": in.SlowMinutes, "fine": in.Fine,
	})
}

func (s *Service) changeRules(ctx context.Context, by *identity.Principal, what, words string, set map[string]any) error {
	defer s.forget(by.AllianceID)
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := s.lockRules(tx, by.AllianceID); err != nil {
			return err
		}
		return s.putRules(tx, by, what, words, set)
	})
}

func (s *Service) putRules(tx *gorm.DB, by *identity.Principal, what, words string, set map[string]any) error {
	set["updated_by"], set["updated_at"] = by.AccountID, s.Clock.Now()
	if err := tx.Model(&models.ConductRules{}).Where("alliance_id = ?", by.AllianceID).Updates(set).Error; err != nil {
		return err
	}
	return s.note(tx, models.ConductLine{AllianceID: by.AllianceID, ByID: by.AccountID, What: what, Words: words})
}

// lockRules holds the street's row, which is made on first use.
func (s *Service) lockRules(tx *gorm.DB, alliance models.ID) (models.ConductRules, error) {
	first, err := s.rules(tx, alliance)
	if err != nil {
		return first, err
	}
	if first.UpdatedAt.IsZero() {
		first.UpdatedAt, first.RulesOff = s.Clock.Now(), []string{}
		if err := db.OnConflictSkip(tx).Create(&first).Error; err != nil {
			return first, err
		}
	}
	return db.Find[models.ConductRules](db.Lock(tx), "alliance_id = ?", alliance)
}

// SwitchRule switches one of the common rules on or off in the street. Error: rule_stays, for one that is not the street's
// to switch.
func (s *Service) SwitchRule(ctx context.Context, by *identity.Principal, rule string, on bool) error {
	if !slices.Contains(advert.Switchable, rule) {
		return ErrRuleStays
	}
	defer s.forget(by.AllianceID)
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		r, err := s.lockRules(tx, by.AllianceID)
		if err != nil || slices.Contains(r.RulesOff, rule) != on {
			return err
		}
		r.RulesOff = switched(r.RulesOff, rule, on)
		what := map[bool]string{true: "rule_on", false: "rule_off"}[on]
		if err := tx.Model(&r).Select("RulesOff").Updates(&r).Error; err != nil {
			return err
		}
		return s.putRules(tx, by, what, rule, map[string]any{})
	})
}

// switched is the list of what is off after a switch; it does not change the one it gets.
func switched(off []string, rule string, on bool) []string {
	out := slices.DeleteFunc(slices.Clone(off), func(r string) bool { return r == rule })
	if !on {
		out = append(out, rule)
	}
	return out
}
