package models

import "time"

var _ = table(&Checkpoint{}, &LedgerTile{})

// SealHour is the hour, by the street's clock, at which each day's transfers are sealed.
const SealHour = 21

// Checkpoint seals the first Size transfers of an alliance's ledger under one root. Note says so, signed with the
// alliance's key: whoever has it can hold the alliance to it. Rows are never changed or deleted; triggers refuse it.
type Checkpoint struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	Size       int64
	Root       []byte // 32 bytes: the Merkle tree's root over the transfers' leaves (RFC 6962)
	Note       string // a signed note, C2SP tlog-checkpoint
	Day        string // the local date whose evening it seals, "2026-10-17"
	SealedAt   time.Time
}

// TableName implements gorm's Tabler.
func (Checkpoint) TableName() string { return "ledger_checkpoints" }

// LedgerTile is up to 256 neighbouring hashes of an alliance's tree, 32 bytes each (server/ledger/tree). Tiles are a
// cache: they can be made anew from the transfers' leaves.
type LedgerTile struct {
	AllianceID ID    `gorm:"primaryKey"`
	Level      int   `gorm:"primaryKey"`
	Index      int64 `gorm:"primaryKey;column:idx"`
	Hashes     []byte
}

// TableName implements gorm's Tabler.
func (LedgerTile) TableName() string { return "ledger_tiles" }

// LedgerOrigin names the alliance's ledger in its checkpoints, and the key that signs them: "onestreet/qingshi".
func (a Alliance) LedgerOrigin() string { return "onestreet/" + a.Slug }

// SealDue is the last evening at or before a time at which the street seals its ledger, and its local date.
func (a Alliance) SealDue(at time.Time) (time.Time, string) {
	local := a.Local(at)
	evening := time.Date(local.Year(), local.Month(), local.Day(), SealHour, 0, 0, 0, local.Location())
	if evening.After(at) {
		evening = time.Date(local.Year(), local.Month(), local.Day()-1, SealHour, 0, 0, 0, local.Location())
	}
	return evening, evening.Format(time.DateOnly)
}

// SealNext is the first evening after a time at which the street seals its ledger.
func (a Alliance) SealNext(at time.Time) time.Time {
	due, _ := a.SealDue(at)
	return time.Date(due.Year(), due.Month(), due.Day()+1, SealHour, 0, 0, 0, due.Location())
}
