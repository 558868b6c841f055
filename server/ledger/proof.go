package ledger

import (
	"context"

	"onestreet/models"
	"onestreet/server/ledger/tree"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

// Proof is what it takes to verify a transfer without trusting who tells of it: the row, and the hashes that lead from
// its leaf to the root of a checkpoint. Checkpoint is zero and Hashes nil while the row waits for its seal.
type Proof struct {
	Transfer   models.Transfer
	Checkpoint models.Checkpoint
	Hashes     [][]byte
}

// StoreProof proves a transfer that touches the store's accounts; any other is unknown to it.
// Error: ledger_transfer_unknown.
func (s *Service) StoreProof(ctx context.Context, alliance, store, transfer models.ID) (Proof, error) {
	t, err := s.transfer(ctx, alliance, transfer)
	if err != nil {
		return Proof{}, err
	}
	for _, own := range [...]models.AccountKey{models.StoreFen(store), models.StorePoints(store)} {
		if id := models.AccountID(alliance, own); id == t.DebitID || id == t.CreditID {
			return s.prove(ctx, t)
		}
	}
	return Proof{}, ErrUnknown
}

// TransferProof proves any transfer of the alliance. Error: ledger_transfer_unknown.
func (s *Service) TransferProof(ctx context.Context, alliance, transfer models.ID) (Proof, error) {
	t, err := s.transfer(ctx, alliance, transfer)
	if err != nil {
		return Proof{}, err
	}
	return s.prove(ctx, t)
}

func (s *Service) transfer(ctx context.Context, alliance, id models.ID) (models.Transfer, error) {
	t, err := db.Find[models.Transfer](s.db.Read(ctx), "id = ? AND alliance_id = ?", id, alliance)
	return t, db.IfNone(err, ErrUnknown)
}

// prove is against the last checkpoint: the one that the reader's device compares with what it saw before.
func (s *Service) prove(ctx context.Context, t models.Transfer) (Proof, error) {
	c, err := latest(s.db.Read(ctx), t.AllianceID)
	if err != nil || c.Size < t.Seq {
		return Proof{Transfer: t}, err
	}
	hashes, err := s.Inclusion(ctx, t.AllianceID, t.Seq, c.Size)
	return Proof{t, c, hashes}, err
}

// Inclusion are the hashes that lead from the leaf of a transfer's number to the root over the first size transfers
// (RFC 6962, 2.1.1). 1 ≤ seq ≤ size ≤ the last checkpoint's.
func (s *Service) Inclusion(ctx context.Context, alliance models.ID, seq, size int64) ([][]byte, error) {
	return tree.Inclusion(tilesOf(s.db.Read(ctx), alliance), seq-1, size)
}

// Consistency are the hashes that prove the first from transfers under an earlier root to be the beginning of the first
// to under a later one (RFC 6962, 2.1.2). Error: ledger_span, when not 1 ≤ from ≤ to ≤ the last checkpoint's size.
func (s *Service) Consistency(ctx context.Context, alliance models.ID, from, to int64) ([][]byte, error) {
	r := s.db.Read(ctx)
	last, err := latest(r, alliance)
	if err != nil {
		return nil, err
	}
	if from < 1 || from > to || to > last.Size {
		return nil, ErrSpan
	}
	return tree.Consistency(tilesOf(r, alliance), from, to)
}

// Checkpoints lists an alliance's checkpoints, the newest first, and the cursor of the next page; it is empty at the
// end. Error: cursor.
func (s *Service) Checkpoints(ctx context.Context, alliance models.ID, cursor string, limit int) ([]models.Checkpoint, string, error) {
	var from struct {
		Size int64 `json:"s"`
	}
	if err := web.DecodeCursor(cursor, &from); err != nil {
		return nil, "", err
	}
	tx := s.db.Read(ctx).Where("alliance_id = ?", alliance)
	if from.Size > 0 {
		tx = tx.Where("size < ?", from.Size)
	}
	var rows []models.Checkpoint
	if err := tx.Order("size DESC").Limit(limit + 1).Find(&rows).Error; err != nil || len(rows) <= limit {
		return rows, "", err
	}
	rows = rows[:limit]
	from.Size = rows[limit-1].Size
	return rows, web.EncodeCursor(from), nil
}
