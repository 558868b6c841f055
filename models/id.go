package models

import (
	"database/sql/driver"
	"fmt"

	"github.com/google/uuid"
)

// ID identifies a row: a UUIDv7 (RFC 9562), so that ids sort by the time they were made. It is 16 bytes in the
// database (BINARY(16), BLOB) and its 36-character text in JSON. The zero ID stands for "none".
type ID [16]byte

// NewID returns a fresh UUIDv7. It panics only when the system has no randomness left.
func NewID() ID { return ID(uuid.Must(uuid.NewV7())) }

// ParseID reads the 36-character text of an id; any other form is an error.
func ParseID(text string) (ID, error) {
	if len(text) != 36 {
		return ID{}, fmt.Errorf("id %q: expected 36 characters", text)
	}
	u, err := uuid.Parse(text)
	return ID(u), err
}

// IsZero tells whether the id stands for "none".
func (id ID) IsZero() bool { return id == ID{} }

// String is the id's 36-character text.
func (id ID) String() string { return uuid.UUID(id).String() }

// MarshalText writes the id's text; JSON uses it.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads what MarshalText wrote; the empty text is the zero ID.
func (id *ID) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*id = ID{}
		return nil
	}
	parsed, err := ParseID(string(text))
	*id = parsed
	return err
}

// Value hands the database 16 bytes, or NULL for the zero ID.
func (id ID) Value() (driver.Value, error) {
	if id.IsZero() {
		return nil, nil
	}
	return id[:], nil
}

// Scan reads 16 bytes from the database; NULL becomes the zero ID.
func (id *ID) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*id = ID{}
		return nil
	case []byte:
		if len(v) != len(id) {
			return fmt.Errorf("id from the database has %d bytes, expected %d", len(v), len(id))
		}
		copy(id[:], v)
		return nil
	}
	return fmt.Errorf("id from the database is a %T, expected bytes", src)
}

// GormDataType names the column's type to gorm.
func (ID) GormDataType() string { return "binary(16)" }
