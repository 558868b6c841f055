package ledger

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger/tree"
	"onestreet/server/platform/db"
)

// sealedAtOnce is how many leaves one transaction adds to the tree: a ledger that was never sealed does not hold up a
// street that trades.
const sealedAtOnce = 1 << 16

// Signers makes the key that signs the checkpoints of an origin; it is the same on every node (token.Keys.Signer).
type Signers interface {
	Signer(purpose string) (ed25519.PrivateKey, error)
}

// SealWith tells the service whose keys sign; call it at wiring.
func (s *Service) SealWith(keys Signers) { s.signers = keys }

// What keeps the service from signing. It signs nothing that it cannot stand by.
var (
	errKeys  = errors.New("the ledger has no keys to seal with")
	errTiles = errors.New("the tiles are not those of the last checkpoint: see the audit; nothing is sealed")
)

func (s *Service) sealKey(a models.Alliance) (ed25519.PrivateKey, error) {
	if s.signers == nil {
		return nil, errKeys
	}
	return s.signers.Signer("checkpoints of " + a.LedgerOrigin())
}

// VerifierKey is the text by which everybody verifies the checkpoints of an alliance: a vkey of C2SP's signed notes, Ed25519.
func (s *Service) VerifierKey(a models.Alliance) (string, error) {
	key, err := s.sealKey(a)
	if err != nil {
		return "", err
	}
	return tree.VerifierKey(a.LedgerOrigin(), key.Public().(ed25519.PublicKey))
}

// SealDue seals every ledger that holds a transfer from before its street's last evening: each night at nine, and as
// soon as a node wakes that slept through it. It may run on every node at once, and tells how many it sealed. The first that
// cannot be sealed ends it; its error names the alliance.
func (s *Service) SealDue(ctx context.Context) (int, error) {
	var open []struct {
		AllianceID models.ID
		Sealed     int64
	}
	err := s.db.Read(ctx).Raw("SELECT alliance_id, sealed FROM (SELECT h.alliance_id, h.seq, COALESCE((SELECT MAX(c.size)" +
		" FROM ledger_checkpoints AS c WHERE c.alliance_id = h.alliance_id), 0) AS sealed FROM ledger_heads AS h) AS heads WHERE seq > sealed").Scan(&open).Error
	if err != nil {
		return 0, err
	}
	sealed := 0
	for _, o := range open {
		due, err := s.isDue(ctx, o.AllianceID, o.Sealed)
		if err == nil && due {
			sealed++
			_, err = s.Seal(ctx, o.AllianceID)
		}
		if err != nil {
			return sealed, fmt.Errorf("alliance %s: %w", o.AllianceID, err)
		}
	}
	return sealed, nil
}

// isDue tells whether the first transfer after the sealed ones was written before the street's last evening.
func (s *Service) isDue(ctx context.Context, alliance models.ID, sealed int64) (bool, error) {
	a, err := s.alliance(ctx, alliance)
	if err != nil {
		return false, err
	}
	var first models.Transfer
	if err := s.db.Read(ctx).Select("recorded_at").Where("alliance_id = ? AND seq = ?", alliance, sealed+1).Take(&first).Error; err != nil {
		return false, err
	}
	evening, _ := a.SealDue(s.clock.Now())
	return first.RecordedAt.Before(evening), nil
}

// Seal puts the transfers that there are under a checkpoint of the street's last evening and returns it; when that
// evening is sealed already, or nothing is new, it returns the last one, which is zero when there is none. It may be
// repeated, and goes on where a crash stopped it. Error: not_found; one without a code when the tiles are not what was sealed
// before, and then nothing is signed.
func (s *Service) Seal(ctx context.Context, alliance models.ID) (models.Checkpoint, error) {
	a, err := s.alliance(ctx, alliance)
	if err != nil {
		return models.Checkpoint{}, err
	}
	for {
		var c models.Checkpoint
		var done bool
		err := s.db.Tx(ctx, func(tx *gorm.DB) (err error) {
			c, done, err = s.seal(tx, a)
			return err
		})
		if err != nil || done {
			return c, err
		}
	}
}

// seal does what one transaction may; done is false when there are more leaves than that.
func (s *Service) seal(tx *gorm.DB, a models.Alliance) (models.Checkpoint, bool, error) {
	head, err := s.Lock(tx, a.ID)
	if err != nil {
		return models.Checkpoint{}, false, err
	}
	last, err := latest(tx, a.ID)
	if err != nil {
		return last, false, err
	}
	now := s.clock.Now()
	_, day := a.SealDue(now)
	if last.Size == head.Seq || last.Day >= day {
		return last, true, nil
	}
	grown, err := extend(tx, a.ID, head.Seq)
	if err != nil || grown.Size() < head.Seq {
		return last, false, err
	}
	if err := continues(tx, last, grown, head.Seq); err != nil {
		return last, false, err
	}
	c, err := s.checkpoint(a, grown, day, now)
	if err != nil {
		return last, false, err
	}
	return c, true, tx.Create(&c).Error
}

func (s *Service) checkpoint(a models.Alliance, grown *tree.Grower, day string, at time.Time) (models.Checkpoint, error) {
	key, err := s.sealKey(a)
	if err != nil {
		return models.Checkpoint{}, err
	}
	root := grown.Root()
	note, err := tree.Checkpoint{Origin: a.LedgerOrigin(), Size: grown.Size(), Root: root}.Sign(key)
	return models.Checkpoint{
		ID: models.NewID(), AllianceID: a.ID, Size: grown.Size(), Root: root, Note: note, Day: day, SealedAt: at,
	}, err
}

// continues refuses to sign a tree that does not begin with the one of the last checkpoint, or that is longer than the
// ledger.
func continues(tx *gorm.DB, last models.Checkpoint, grown *tree.Grower, size int64) error {
	if grown.Size() != size || last.Size > size {
		return errTiles
	}
	if last.Size == 0 {
		return nil
	}
	root, err := tree.Root(tilesOf(tx, last.AllianceID), last.Size)
	if err == nil && !bytes.Equal(root, last.Root) {
		err = errTiles
	}
	return err
}

// latest is the alliance's last checkpoint; it is zero when there is none.
func latest(r *gorm.DB, alliance models.ID) (models.Checkpoint, error) {
	c, err := db.Find[models.Checkpoint](r.Order("size DESC"), "alliance_id = ?", alliance)
	return c, db.IfNone(err, nil)
}

// alliance reads the street's name and clock. Error: not_found.
func (s *Service) alliance(ctx context.Context, id models.ID) (models.Alliance, error) {
	return db.Find[models.Alliance](s.db.Read(ctx), "id = ?", id)
}
