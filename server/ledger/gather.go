package ledger

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
)

type gatherKey struct{}

// gathering is what callers in one transaction have posted and what is not written yet.
type gathering struct {
	alliance models.ID
	batch    *batch             // nil when nothing waits
	head     *models.LedgerHead // as it was locked, until something is written
}

// Gather runs fn, and writes what it posts to an alliance's ledger at once when it ends: a batch of many callers' work pays
// for one write of the accounts that they share. Each Post is decided and answered as ever. Whatever follows from an
// earlier transfer is preceded by writing what waits. When fn fails, the transaction or the part of it that fn is
// (db.Part) must be undone.
func (s *Service) Gather(tx *gorm.DB, alliance models.ID, fn func(tx *gorm.DB) error) error {
	g := &gathering{alliance: alliance}
	if err := fn(tx.WithContext(context.WithValue(tx.Statement.Context, gatherKey{}, g))); err != nil {
		return err
	}
	return g.flush(tx)
}

func gathered(tx *gorm.DB, alliance models.ID) *gathering {
	g, _ := tx.Statement.Context.Value(gatherKey{}).(*gathering)
	if g == nil || g.alliance != alliance {
		return nil
	}
	return g
}

// Ahead locks the accounts that callers in Gather are about to post to, all at once and with whatever goes to the database
// next (db.Ahead): so none of their posts has to ask for its own. To forget one costs a question more, nothing else.
func (s *Service) Ahead(tx *gorm.DB, alliance models.ID, keys ...models.AccountKey) error {
	g := gathered(tx, alliance)
	if g == nil {
		return nil
	}
	if g.batch == nil {
		b, err := s.newBatch(tx, alliance, nil)
		if err != nil {
			return err
		}
		g.batch = b
	}
	ids := make([]models.ID, len(keys))
	for i, key := range keys {
		ids[i] = models.AccountID(alliance, key)
	}
	return g.batch.askAccounts(tx, distinct(ids))
}

// flush writes what waits.
func (g *gathering) flush(tx *gorm.DB) error {
	b := g.batch
	if g.batch, g.head = nil, nil; b == nil {
		return nil
	}
	return b.write(tx)
}

// post decides drafts after all that waits already. Errors: those of Post.
func (g *gathering) post(tx *gorm.DB, s *Service, drafts []draft) ([]models.Transfer, error) {
	if g.batch == nil {
		b, err := s.newBatch(tx, g.alliance, [][]draft{drafts})
		if err != nil {
			return nil, err
		}
		g.batch = b
	} else if err := g.batch.readMore(tx, drafts); err != nil {
		return nil, err
	}
	return g.batch.take(drafts)
}

// readMore reads what further drafts are decided by and is not known yet. They follow from no other transfer.
func (b *batch) readMore(tx *gorm.DB, drafts []draft) error {
	known := b.known
	if err := b.readKnown(tx, drafts); err != nil {
		return err
	}
	for reference, t := range b.known {
		known[reference] = t
	}
	b.known = known
	return b.readAccounts(tx, accountsOf(drafts))
}
