package web

import (
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"

	"onestreet/models"
)

// Page is one page of a list. NextCursor is empty at the end.
type Page[T any] struct {
	Items      []T    `json:"items" nullable:"false"`
	NextCursor string `json:"next_cursor,omitempty" doc:"send it as ?cursor= for the next page; absent at the end"`
}

// NewPage makes a page that is never null in JSON.
func NewPage[T any](items []T, next string) Page[T] {
	if items == nil {
		items = []T{}
	}
	return Page[T]{Items: items, NextCursor: next}
}

// ErrCursor is returned for a cursor that we did not make.
var ErrCursor = models.Fail(models.Invalid, "cursor", "翻页的记号不对，请从头看起", "That page mark is not ours. Start from the top.").At("cursor")

// EncodeCursor writes where the next page begins; the form is ours to change.
func EncodeCursor(position any) string {
	data, err := json.Marshal(position)
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(data)
}

// DecodeCursor reads what EncodeCursor wrote into position; an empty cursor leaves it as it is. Errors: ErrCursor.
func DecodeCursor(cursor string, position any) error {
	if cursor == "" {
		return nil
	}
	data, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || json.Unmarshal(data, position) != nil {
		return ErrCursor
	}
	return nil
}

// Limit bounds how many rows a page has: def when none is asked for, at most max.
func Limit(asked, def, max int) int {
	if asked <= 0 {
		return def
	}
	return min(asked, max)
}

var (
	errMismatch = models.Fail(models.Conflict, "precondition_failed", "别人刚改过，请看一眼再改", "Somebody changed it just now. Look again, then change it.")
	errNoMatch  = models.Fail(models.Conflict, "precondition_required", "要带上 If-Match，免得盖掉别人改的", "Send If-Match, so that nobody's change is overwritten.")
)

// ETag is the entity tag of a row's version.
func ETag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

// Match compares an If-Match header with a row's version. Errors: precondition_required (428) without the header,
// precondition_failed (412) for another version.
func Match(ifMatch string, version int64) error {
	if ifMatch == "" {
		return errNoMatch
	}
	if strings.TrimPrefix(ifMatch, "W/") != ETag(version) {
		return errMismatch
	}
	return nil
}
