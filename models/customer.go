package models

import "time"

var _ = table(&Customer{})

// Customer is one line of a store's own address book: a person it imported (invited, until the phone joins) or a member
// who came in. What it holds is the store's alone: the name, tags, note and facts that its notebook had.
//
//	imported → invited → the phone joins → member (the phone is forgotten here: from now on the member decides)
//	member comes in → member
type Customer struct {
	ID           ID `gorm:"primaryKey"`
	AllianceID   ID
	StoreID      ID
	MemberID     ID // zero while invited
	Phone        *string
	PhoneHash    []byte   // as in Account; unique in the store
	Name         string   // as the notebook has it
	Tags         []string `gorm:"serializer:json"`
	Note         string
	LastPurchase string // local date by the notebook, "2026-01-21" or empty
	Purchases    int    // by the notebook
	Spent        int64  // fen, by the notebook
	LinkID       ID     // the invitation
	SourceHash   []byte // of the last imported line: the same line again changes nothing
	ImportedAt   *time.Time
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// TableName implements gorm's Tabler.
func (Customer) TableName() string { return "customers" }

// Invited tells whether the person has been imported and has not joined.
func (c Customer) Invited() bool { return c.MemberID.IsZero() }

// Standing is what a store knows of a member by what happened since they joined: the feature that counts visits tells
// the pool. The portrait (Remark, Tags, Note) is what the store's staff wrote; where it is empty, the notebook speaks.
type Standing struct {
	Level       Level
	LastVisitAt *time.Time
	Purchases   int64
	Spent       int64 // fen
	Remark      string
	Tags        []string
	Note        string
}
