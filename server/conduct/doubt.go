package conduct

import (
	"gorm.io/gorm"

	"onestreet/models"
)

// NotInDoubt leaves out of a query over posts (table names them) what a moderator still has to look at.
func NotInDoubt(query *gorm.DB, table string) *gorm.DB {
	return query.Where("NOT EXISTS (SELECT 1 FROM conduct_cases c WHERE c.subject_id = "+table+".id AND c.state IN ?)",
		[]models.CaseState{models.CaseHeld, models.CaseShown})
}

// OnDoubt is told, in the transaction, when a moderator has to look at what is shown, and when one has looked.
func (s *Service) OnDoubt(f func(tx *gorm.DB, alliance models.ID)) { s.doubted = f }

func (s *Service) doubt(tx *gorm.DB, c models.ConductCase) {
	if s.doubted != nil {
		s.doubted(tx, c.AllianceID)
	}
}
