// Package ledger keeps what everyone on the street owes: double entry as TigerBeetle and Formance do it.
//
// An account belongs to a store, the alliance's fund, a member or the issuer of points, and counts one unit. A transfer
// debits one account (it owes, it gives) and credits another (it earns). Transfers are numbered without gaps within an
// alliance and never changed or deleted: the database's triggers refuse it, for this program too.
//
//	Post ─────────────── single ──┐
//	Post (Pending) ── pending ──┬── post ──┬── Reverse: a new row with the sides swapped, once
//	                            └── void
//
// A pending transfer holds its amount until a post or a void row names it, at most one of the two. The balances stand on
// the account rows and change in the transaction that posts. Everything that posts locks the alliance's head row first,
// then the accounts in the order of their ids, so that two never wait for each other in a ring.
//
// A reference is unique in an alliance and makes posting idempotent: the same reference with the same body is answered
// with the first transfer, with another body it is refused. What many Submit at one moment shares a commit; each gets its
// own answer. What an account held at any time is kept beside it (BalanceAsOf).
//
// Every transfer is a leaf of a Merkle tree (tree). Each evening the alliance seals its ledger: a signed checkpoint says
// how many transfers there are and what the root over them is. So a store's own phone can verify that its lines are in
// the one ledger that everybody sees, and that nothing sealed was changed since. The ledger knows nothing of shops: what a
// kind of transfer means, and when to post it, features below decide.
package ledger

import (
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/db"
)

// Service is the feature. Posting takes the caller's transaction, so that money moves with what it is for.
type Service struct {
	db        *db.DB
	clock     clock.Clock
	signers   Signers // of checkpoints
	submitted *db.Batcher[submission, []models.Transfer]
	Checks    Checks // what the audit looks at besides the ledger itself; features add theirs at wiring
}

// New returns the feature. Close it when nobody submits any more.
func New(d *db.DB, c clock.Clock) *Service {
	s := &Service{db: d, clock: c}
	s.submitted = db.NewBatcher(d, most, s.commit)
	return s
}

// Close commits what has been submitted and takes nothing more.
func (s *Service) Close() { s.submitted.Close() }

// Lock takes the alliance's head row until the transaction ends, and returns it: everything that posts waits here. A
// transaction that locks rows of its own and posts calls it first. On SQLite the transaction is the lock.
func (s *Service) Lock(tx *gorm.DB, alliance models.ID) (models.LedgerHead, error) {
	g := gathered(tx, alliance)
	switch {
	case g == nil:
		return lockHead(tx, alliance)
	case g.batch != nil:
		return g.batch.head, nil
	case g.head == nil:
		head, err := lockHead(tx, alliance)
		if err != nil {
			return head, err
		}
		g.head = &head
	}
	return *g.head, nil
}

// Seq is the number of an alliance's last transfer, without the lock; 0 before the first.
func Seq(r *gorm.DB, alliance models.ID) (seq int64, err error) {
	err = r.Model(&models.LedgerHead{}).Select("seq").Where("alliance_id = ?", alliance).Scan(&seq).Error
	return seq, err
}

// Locking is Lock in Gather, as the first of several queries.
func (s *Service) Locking(tx *gorm.DB, alliance models.ID) db.Query {
	var heads []models.LedgerHead
	return db.Query{Of: db.Lock(tx).Where("alliance_id = ?", alliance), Into: &heads, Then: func() {
		if g := gathered(tx, alliance); g != nil && g.batch == nil && len(heads) > 0 {
			g.head = &heads[0]
		}
	}}
}

func lockHead(tx *gorm.DB, alliance models.ID) (models.LedgerHead, error) {
	var head models.LedgerHead
	err := db.Lock(tx).Where("alliance_id = ?", alliance).Take(&head).Error
	if !db.IsNotFound(err) {
		return head, err
	}
	if err := db.OnConflictSkip(tx).Create(&models.LedgerHead{AllianceID: alliance}).Error; err != nil {
		return head, err
	}
	err = db.Lock(tx).Where("alliance_id = ?", alliance).Take(&head).Error
	return head, err
}
