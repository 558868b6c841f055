package pool

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/pool/notebook"
)

const (
	importBatch    = 50 // rows written in one transaction
	importAttempts = 5  // failures in a row before an import is given up
	importPoll     = 30 * time.Second
)

// What became of a row.
const (
	outcomeInvited   = "invited"
	outcomeUpdated   = "updated"
	outcomeUnchanged = "unchanged"
)

// Work writes imports until ctx ends: at once when one is started here, and now and then those of a node that died.
func (s *Service) Work(ctx context.Context) {
	tick := time.NewTicker(importPoll)
	defer tick.Stop()
	for {
		if err := s.ResumeImports(ctx); err != nil && ctx.Err() == nil {
			s.Log.Error("import", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
		case <-tick.C:
		}
	}
}

// ResumeImports writes every running import to its end. Several nodes may do it at once: a row is written once.
func (s *Service) ResumeImports(ctx context.Context) error {
	var ids []models.ID
	err := s.DB.Read(ctx).Model(&models.Import{}).Where("state = ?", models.ImportRunning).Order("created_at").Pluck("id", &ids).Error
	if err != nil {
		return err
	}
	var failed error
	for _, id := range ids {
		if err := s.finishImport(ctx, id); err != nil {
			failed = errors.Join(failed, err, s.noteFailure(ctx, id))
		}
	}
	return failed
}

func (s *Service) finishImport(ctx context.Context, id models.ID) error {
	for {
		more, err := s.writeBatch(ctx, id)
		if err != nil || !more {
			return err
		}
	}
}

func (s *Service) noteFailure(ctx context.Context, id models.ID) error {
	return s.DB.Tx(context.WithoutCancel(ctx), func(tx *gorm.DB) error {
		err := tx.Model(&models.Import{}).Where("id = ?", id).Update("attempts", gorm.Expr("attempts + 1")).Error
		if err != nil {
			return err
		}
		return tx.Model(&models.Import{}).Where("id = ? AND attempts >= ?", id, importAttempts).
			Updates(map[string]any{"state": models.ImportFailed, "ended_at": s.Clock.Now()}).Error
	})
}

// writeBatch writes the next rows of an import in one transaction, under the import's lock: a row and the note that it
// is written stand or fall together.
func (s *Service) writeBatch(ctx context.Context, id models.ID) (more bool, err error) {
	var imp models.Import
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		more, imp = false, models.Import{}
		err := db.Lock(tx).Where("id = ? AND state = ?", id, models.ImportRunning).Take(&imp).Error
		if db.IsNotFound(err) {
			return nil
		}
		if err != nil {
			return err
		}
		rows, err := nextRows(tx, id)
		if err != nil {
			return err
		}
		if err := s.writeRows(tx, imp, rows); err != nil {
			return err
		}
		more = len(rows) == importBatch
		return s.advance(tx, &imp, len(rows), more)
	})
	if err == nil && !imp.ID.IsZero() {
		s.Signal(imp.AllianceID, "desk:"+imp.StoreID.String(), "import.progress", map[string]any{"id": imp.ID, "state": imp.State, "done": imp.Done, "valid": imp.Counts.Valid})
	}
	return more, err
}

func nextRows(tx *gorm.DB, id models.ID) ([]models.ImportRow, error) {
	var rows []models.ImportRow
	err := tx.Where("import_id = ? AND outcome = '' AND state IN ?", id, []models.RowState{models.RowNew, models.RowKnown}).
		Order("line").Limit(importBatch).Find(&rows).Error
	return rows, err
}

func (s *Service) advance(tx *gorm.DB, imp *models.Import, written int, more bool) error {
	imp.Done += written
	changes := map[string]any{"done": imp.Done, "attempts": 0}
	if !more {
		imp.State = models.ImportDone
		changes["state"], changes["ended_at"] = imp.State, s.Clock.Now()
	}
	return tx.Model(&models.Import{}).Where("id = ?", imp.ID).Updates(changes).Error
}

// batch is what writing some rows needs to know.
type batch struct {
	imp     models.Import
	now     time.Time
	lines   map[string]models.Customer // the store's book, by phone hash
	members map[string]models.Member   // of the street, by phone hash, also those who have left
}

func (s *Service) writeRows(tx *gorm.DB, imp models.Import, rows []models.ImportRow) error {
	b, err := s.batch(tx, imp, rows)
	if err != nil {
		return err
	}
	for _, row := range rows {
		var p notebook.Person
		if err := json.Unmarshal([]byte(row.Person), &p); err != nil {
			return err
		}
		outcome, err := s.writePerson(tx, b, row, p)
		if err != nil {
			return err
		}
		err = tx.Model(&models.ImportRow{}).Where("id = ?", row.ID).Updates(map[string]any{"outcome": outcome, "person": ""}).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// batch reads under the alliance's lock, which joining takes too: a phone is seen either joined or not yet, never both.
func (s *Service) batch(tx *gorm.DB, imp models.Import, rows []models.ImportRow) (batch, error) {
	b := batch{imp: imp, now: s.Clock.Now(), members: map[string]models.Member{}}
	hashes := make([][]byte, 0, len(rows))
	for _, r := range rows {
		hashes = append(hashes, r.PhoneHash)
	}
	var held models.Alliance
	err := db.Lock(tx).Select("id").Where("id = ?", imp.AllianceID).Take(&held).Error
	if err != nil || len(rows) == 0 {
		return b, err
	}
	if b.lines, err = knownPhones(tx, imp.StoreID, hashes); err != nil {
		return b, err
	}
	var found []struct {
		models.Member
		PhoneHash []byte
	}
	err = tx.Table("members m").Select("m.*, a.phone_hash").Joins("JOIN accounts a ON a.id = m.account_id").
		Where("m.alliance_id = ? AND a.phone_hash IN ?", imp.AllianceID, hashes).Find(&found).Error
	for _, f := range found {
		b.members[string(f.PhoneHash)] = f.Member
	}
	return b, err
}

// writePerson writes one row: a new line with an invitation, a new line for one who is a member already, more facts for
// a line that is there; nothing for a row that was imported before, nor for one who has left the street.
func (s *Service) writePerson(tx *gorm.DB, b batch, row models.ImportRow, p notebook.Person) (string, error) {
	source, err := json.Marshal(p)
	if err != nil {
		return "", err
	}
	hash := s.Keys.Hash("import line", string(source))
	line, known := b.lines[string(row.PhoneHash)]
	member, joined := b.members[string(row.PhoneHash)]
	switch {
	case joined && member.Left(), known && bytes.Equal(line.SourceHash, hash):
		return outcomeUnchanged, nil
	case known:
		return outcomeUpdated, updateLine(tx, b, line, p, hash)
	}
	return s.newLine(tx, b, row, p, hash, member.ID)
}

func (s *Service) newLine(tx *gorm.DB, b batch, row models.ImportRow, p notebook.Person, source []byte, member models.ID) (string, error) {
	line := models.Customer{
		ID: models.NewID(), AllianceID: b.imp.AllianceID, StoreID: b.imp.StoreID, MemberID: member, PhoneHash: row.PhoneHash,
		Name: p.Name, Tags: notebook.Unite(p.Tags, nil), Note: p.Note, LastPurchase: p.LastPurchase, Purchases: p.Purchases, Spent: p.Spent,
		SourceHash: source, ImportedAt: &b.now, CreatedAt: b.now, UpdatedAt: b.now,
	}
	if !member.IsZero() {
		return outcomeUpdated, tx.Create(&line).Error
	}
	link := models.JoinLink{AllianceID: b.imp.AllianceID, StoreID: b.imp.StoreID, Kind: models.TouchImport, CustomerID: line.ID, CreatedAt: b.now}
	if err := newLink(tx, &link); err != nil {
		return "", err
	}
	line.LinkID, line.Phone = link.ID, &p.Phone
	return outcomeInvited, tx.Create(&line).Error
}

// updateLine lets a newer book speak: what it says replaces what an older one said, tags are added.
func updateLine(tx *gorm.DB, b batch, line models.Customer, p notebook.Person, source []byte) error {
	line.Name, line.Note = firstOf(p.Name, line.Name), firstOf(p.Note, line.Note)
	line.Tags = notebook.Unite(line.Tags, p.Tags)
	line.LastPurchase = max(line.LastPurchase, p.LastPurchase)
	if p.Purchases > 0 {
		line.Purchases = p.Purchases
	}
	if p.Spent > 0 {
		line.Spent = p.Spent
	}
	if line.ImportedAt == nil {
		line.ImportedAt = &b.now
	}
	line.SourceHash, line.UpdatedAt = source, b.now
	return tx.Save(&line).Error
}
