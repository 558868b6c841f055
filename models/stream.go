package models

import "time"

var _ = table(&Stream{}, &StreamItem{})

// Stream is an ordered list of items that people follow: the street's feed, a member's inbox, a store's desk.
// Its Head is the seq of its last item; the row is incremented under its lock, so commit order is seq order.
type Stream struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	Name       string // "feed:street", "inbox:<member>", "desk:<store>", "alliance"
	Head       int64
}

// TableName implements gorm's Tabler.
func (Stream) TableName() string { return "streams" }

// StreamItem is one durable item: the truth of which rings, brokers and sockets are only the fast path.
// Seq counts from 1 without gaps.
type StreamItem struct {
	StreamID   ID    `gorm:"primaryKey"`
	Seq        int64 `gorm:"primaryKey;autoIncrement:false"`
	AllianceID ID
	Kind       string // "post.created", "notice.created", …
	At         time.Time
	Data       string // JSON
}

// TableName implements gorm's Tabler.
func (StreamItem) TableName() string { return "stream_items" }
