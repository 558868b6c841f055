package ledger

import (
	"bytes"
	"context"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// Post writes entries, all or none, and returns their transfers in order. An entry whose reference is in the ledger
// already with the same body is answered with that transfer; so the whole call may be repeated.
// Errors: ledger_amount, ledger_unit, ledger_account, ledger_entry, ledger_reference_reused, balance_too_low,
// ledger_account_full. After an error the transaction may go on: nothing of the call is in it.
func (s *Service) Post(tx *gorm.DB, alliance models.ID, entries ...Entry) ([]models.Transfer, error) {
	drafts, err := draftAll(alliance, entries)
	if err != nil || len(drafts) == 0 {
		return nil, err
	}
	if g := gathered(tx, alliance); g != nil {
		return g.post(tx, s, drafts)
	}
	return s.write(tx, alliance, func(*gorm.DB) ([]draft, error) { return drafts, nil })
}

// Submit is Post in a transaction that the ledger makes itself and shares with everyone who submits at the same moment
// (group commit): a crowd pays for one commit. Each caller gets its own answer; one who is refused changes nothing for
// the others. An ask that is answered is committed. Errors: those of Post.
func (s *Service) Submit(ctx context.Context, alliance models.ID, entries ...Entry) ([]models.Transfer, error) {
	drafts, err := draftAll(alliance, entries)
	if err != nil || len(drafts) == 0 {
		return nil, err
	}
	return s.submitted.Do(ctx, submission{alliance, drafts})
}

func draftAll(alliance models.ID, entries []Entry) ([]draft, error) {
	drafts := make([]draft, len(entries))
	for i, e := range entries {
		d, err := e.draft(alliance)
		if err != nil {
			return nil, err
		}
		drafts[i] = d
	}
	return drafts, nil
}

// submission is what one caller of Submit asks for.
type submission struct {
	alliance models.ID
	drafts   []draft
}

// most bounds how many submissions share a transaction.
const most = 256

// commit answers submissions that came at the same moment, street by street, in the order in which they came.
func (s *Service) commit(tx *gorm.DB, asks []submission) ([]db.Answer[[]models.Transfer], error) {
	answers := make([]db.Answer[[]models.Transfer], len(asks))
	for _, places := range byStreet(asks) {
		drafts := make([][]draft, len(places))
		for i, place := range places {
			drafts[i] = asks[place].drafts
		}
		given, err := s.enter(tx, asks[places[0]].alliance, drafts)
		if err != nil {
			return nil, err
		}
		for i, place := range places {
			answers[place] = given[i]
		}
	}
	return answers, nil
}

// byStreet lists the places of each street's asks, the streets in the order of their ids: so two nodes lock them alike.
func byStreet(asks []submission) [][]int {
	places := make([]int, len(asks))
	for i := range places {
		places[i] = i
	}
	compare := func(a, b int) int { return bytes.Compare(asks[a].alliance[:], asks[b].alliance[:]) }
	slices.SortStableFunc(places, compare)
	var streets [][]int
	for i, place := range places {
		if i == 0 || compare(places[i-1], place) != 0 {
			streets = append(streets, nil)
		}
		streets[len(streets)-1] = append(streets[len(streets)-1], place)
	}
	return streets
}

// write puts drafts into the ledger under the head's lock; plan may read the ledger to make them.
func (s *Service) write(tx *gorm.DB, alliance models.ID, plan func(tx *gorm.DB) ([]draft, error)) ([]models.Transfer, error) {
	g := gathered(tx, alliance)
	if g != nil {
		if err := g.flush(tx); err != nil {
			return nil, err
		}
		defer func() { g.head = nil }()
	}
	if _, err := s.Lock(tx, alliance); err != nil {
		return nil, err
	}
	drafts, err := plan(tx)
	if err != nil {
		return nil, err
	}
	answers, err := s.enter(tx, alliance, [][]draft{drafts})
	if err != nil {
		return nil, err
	}
	return answers[0].Value, answers[0].Err
}

// enter decides what becomes of each ask, in their order, and then writes what all of them come to. Whoever is refused is
// refused before anything is written.
func (s *Service) enter(tx *gorm.DB, alliance models.ID, asks [][]draft) ([]db.Answer[[]models.Transfer], error) {
	b, err := s.newBatch(tx, alliance, asks)
	if err != nil {
		return nil, err
	}
	answers := make([]db.Answer[[]models.Transfer], len(asks))
	for i, drafts := range asks {
		answers[i].Value, answers[i].Err = b.take(drafts)
	}
	return answers, b.write(tx)
}
