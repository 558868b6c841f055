package models

import (
	"crypto/sha256"
	"encoding/binary"
	"time"
)

// AccountID computes the id of an account from its key: the first 16 bytes of a SHA-256, marked as a UUIDv8.
func AccountID(alliance ID, key AccountKey) ID {
	key = key.In(alliance)
	b := append([]byte("onestreet account 1\x00"), alliance[:]...)
	b = appendText(b, string(key.Owner))
	b = append(b, key.OwnerID[:]...)
	b = appendText(b, string(key.Unit))
	sum := sha256.Sum256(b)
	id := ID(sum[:16])
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80
	return id
}

// In fills the alliance's own id in where the key leaves the owner out.
func (k AccountKey) In(alliance ID) AccountKey {
	if k.OwnerID.IsZero() {
		k.OwnerID = alliance
	}
	return k
}

// LeafHash is the transfer's leaf as in a Merkle tree of RFC 6962: SHA-256 over a zero byte and the canonical bytes of
// every field but the hash itself. A change of any byte of a stored row changes it.
func (t *Transfer) LeafHash() [sha256.Size]byte {
	var buffer [640]byte
	return sha256.Sum256(t.appendLeaf(buffer[:0]))
}

// appendLeaf writes the canonical bytes: texts with their length, numbers big-endian, times in microseconds, fields in a
// fixed order. The leading 0 is RFC 6962's mark of a leaf, the 1 after it this layout's version.
func (t *Transfer) appendLeaf(b []byte) []byte {
	b = append(b, 0, 1)
	b = append(b, t.AllianceID[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(t.Seq))
	b = append(b, t.ID[:]...)
	b = t.appendBody(b)
	b = appendTime(b, t.ExpiresAt)
	b = appendTime(b, &t.At)
	return appendTime(b, &t.RecordedAt)
}

// appendBody writes what the poster asked for, without what the ledger or the moment adds.
func (t *Transfer) appendBody(b []byte) []byte {
	for _, text := range [...]string{t.Reference, string(t.Step), t.Kind, string(t.Unit), t.Reason} {
		b = appendText(b, text)
	}
	b = binary.BigEndian.AppendUint64(b, uint64(t.Amount))
	for _, id := range [...]*ID{
		&t.DebitID, &t.CreditID, &t.SettlesID, &t.ReversesID, &t.MemberID, &t.StoreID, &t.VisitID,
		&t.CampaignID, &t.CouponID, &t.RedemptionID, &t.ReferralID,
	} {
		b = append(b, id[:]...)
	}
	return b
}

// BodySum is the hash by which a repeated reference is recognised as the same request: it leaves out ids, seq and times.
func (t *Transfer) BodySum() [sha256.Size]byte {
	var buffer [512]byte
	return sha256.Sum256(t.appendBody(buffer[:0]))
}

func appendText(b []byte, text string) []byte {
	b = binary.BigEndian.AppendUint16(b, uint16(len(text)))
	return append(b, text...)
}

func appendTime(b []byte, at *time.Time) []byte {
	if at == nil {
		return binary.BigEndian.AppendUint64(b, 0)
	}
	return binary.BigEndian.AppendUint64(b, uint64(at.UnixMicro()))
}
