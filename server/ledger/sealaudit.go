package ledger

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger/tree"
)

// sealAudit verifies an alliance's tiles and checkpoints while its leaves pass by. Of the tiles it keeps fingerprints:
// the stored ones are read after the walk.
type sealAudit struct {
	bare        bool // there are no tiles to compare
	alliance    models.ID
	checkpoints []models.Checkpoint
	auditor     *tree.Auditor
	tiles       map[tree.Place][sha256.Size]byte
}

func (a *Audit) newSealAudit(r *gorm.DB, alliance models.ID) (*sealAudit, error) {
	s := &sealAudit{bare: a.Bare, alliance: alliance, tiles: map[tree.Place][sha256.Size]byte{}}
	if err := r.Where("alliance_id = ?", alliance).Order("size").Find(&s.checkpoints).Error; err != nil {
		return nil, err
	}
	key, err := a.verifierKey(r, alliance, len(s.checkpoints) > 0)
	if err != nil {
		return nil, err
	}
	size, err := tiled(r, alliance)
	if n := len(s.checkpoints); n > 0 {
		size = max(size, s.checkpoints[n-1].Size)
	}
	s.auditor = tree.NewAuditor(key, sealedOf(s.checkpoints))
	s.auditor.OnTiles(size, func(t tree.Tile) { s.tiles[t.Place] = sha256.Sum256(t.Hashes) })
	return s, err
}

func (a *Audit) verifierKey(r *gorm.DB, alliance models.ID, needed bool) (string, error) {
	if !needed {
		return "", nil
	}
	var street models.Alliance
	if err := r.Where("id = ?", alliance).Take(&street).Error; err != nil {
		return "", err
	}
	return a.VerifierKey(street)
}

func sealedOf(checkpoints []models.Checkpoint) []tree.Sealed {
	sealed := make([]tree.Sealed, len(checkpoints))
	for i, c := range checkpoints {
		sealed[i] = tree.Sealed{Size: c.Size, Root: c.Root, Note: c.Note}
	}
	return sealed
}

func (s *sealAudit) append(leaf []byte) { s.auditor.Append(leaf) }

// finding is what does not hold, once all leaves have passed: a tile, or the first checkpoint.
func (s *sealAudit) finding(r *gorm.DB) (*Finding, error) {
	if found, err := s.tile(r); found != nil || err != nil {
		return found, err
	}
	n, problem := s.auditor.Finish()
	if problem == nil {
		return nil, nil
	}
	c := s.checkpoints[n]
	return &Finding{Check: "ledger.checkpoints", Alliance: s.alliance, Table: "ledger_checkpoints", Row: c.ID.String(), Problem: problem.Error()}, nil
}

// tile compares the stored tiles with those that the leaves make.
func (s *sealAudit) tile(r *gorm.DB) (*Finding, error) {
	if s.bare {
		return nil, nil
	}
	rows, err := r.Raw("SELECT level, idx, hashes FROM ledger_tiles WHERE alliance_id = ? ORDER BY level, idx", s.alliance).Rows()
	if err != nil {
		return nil, err
	}
	var wrong *tree.Tile
	err = eachTile(rows, func(t tree.Tile) {
		sum, made := s.tiles[t.Place]
		delete(s.tiles, t.Place)
		if wrong == nil && (!made || sum != t.Digest()) {
			wrong = &t
		}
	})
	switch {
	case err != nil:
		return nil, err
	case wrong != nil:
		return s.spoiled(r, *wrong)
	}
	if len(s.tiles) > 0 {
		return s.found(first(s.tiles), "is missing: what it seals cannot be proven without it"), nil
	}
	return nil, nil
}

func first(tiles map[tree.Place][sha256.Size]byte) tree.Place {
	return slices.MinFunc(slices.Collect(maps.Keys(tiles)), func(a, b tree.Place) int {
		return cmp.Or(cmp.Compare(a.Level, b.Level), cmp.Compare(a.Index, b.Index))
	})
}

// spoiled names the transfer whose leaf is not the one in the tile, or else the tile.
func (s *sealAudit) spoiled(r *gorm.DB, t tree.Tile) (*Finding, error) {
	if t.Level > 0 {
		return s.found(t.Place, "is not what the transfers under it come to"), nil
	}
	seq := t.Index * tree.Width
	var other int64
	err := leaves(r, s.alliance, seq, seq+tree.Width, func(leaf []byte) {
		at := int(seq-t.Index*tree.Width) * tree.HashSize
		seq++
		if other == 0 && at+tree.HashSize <= len(t.Hashes) && !bytes.Equal(leaf, t.Hashes[at:at+tree.HashSize]) {
			other = seq
		}
	})
	if err != nil || other == 0 {
		return s.found(t.Place, "is longer than the ledger, or cut off"), err
	}
	var row models.Transfer
	err = r.Select("id", "seq").Where("alliance_id = ? AND seq = ?", s.alliance, other).Take(&row).Error
	return &Finding{
		Check: "ledger.tiles", Alliance: s.alliance, Table: "ledger_transfers", Row: row.ID.String(), Seq: other,
		Problem: fmt.Sprintf("its leaf is not the one in tile %d/%d: the row and its leaf, or the tile, were changed afterwards", t.Level, t.Index),
	}, err
}

func (s *sealAudit) found(p tree.Place, problem string) *Finding {
	return &Finding{Check: "ledger.tiles", Alliance: s.alliance, Table: "ledger_tiles", Row: fmt.Sprintf("%d/%d", p.Level, p.Index), Problem: problem}
}
