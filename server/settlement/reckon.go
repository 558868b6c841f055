package settlement

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
)

// reckoning is what a street's ledger comes to, behind one number up to another.
type reckoning struct {
	after, upTo int64
	tallies     ledger.Tallies
}

// ahead adds up what there is since the last settlement before anybody has to wait: of a month's transfers, those that come
// meanwhile are all that is left to add under the ledger's lock.
func (s *Service) ahead(ctx context.Context, alliance models.ID) (reckoning, error) {
	r := s.DB.Read(ctx)
	last, err := lastOf(r, alliance)
	if err != nil {
		return reckoning{}, err
	}
	seq, err := ledger.Seq(r, alliance)
	if err != nil {
		return reckoning{}, err
	}
	return s.reach(r, alliance, since(last.ToSeq), seq)
}

// since is a reckoning with nothing in it yet.
func since(seq int64) reckoning { return reckoning{after: seq, upTo: seq} }

// reach goes on with a reckoning up to a number; what it goes on from stays as it is.
func (s *Service) reach(r *gorm.DB, alliance models.ID, from reckoning, upTo int64) (reckoning, error) {
	next := reckoning{from.after, upTo, from.tallies.Clone()}
	return next, s.Ledger.AddUp(r, alliance, ledger.Numbered(from.upTo, upTo), next.tallies)
}
