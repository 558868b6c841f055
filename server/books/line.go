package books

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"time"

	"onestreet/models"
)

// Format is the version of the export's form: docs/export.md.
const Format = 1

// Header is the first line of an export.
type Header struct {
	Format   int              `json:"format"`
	Alliance models.ID        `json:"alliance"`
	Slug     string           `json:"slug"`
	At       time.Time        `json:"at"`
	Verifier string           `json:"verifier,omitempty"` // the key that the checkpoints' signatures are checked with
	Seq      int64            `json:"seq"`                // number of the last transfer
	Counts   map[string]int64 `json:"counts"`             // lines of each kind
}

// trailer is the last line: without it the file was cut off.
type trailer struct {
	Counts map[string]int64 `json:"counts"`
}

const (
	headName = "books"
	endName  = "end"
	opening  = `{"record":"`
)

// encoder writes lines into one buffer again and again.
type encoder struct {
	out bytes.Buffer
	enc *json.Encoder
}

func newEncoder() *encoder {
	e := &encoder{}
	e.enc = json.NewEncoder(&e.out)
	e.enc.SetEscapeHTML(false)
	return e
}

// line is the one way to write a row: the record's name, then its fields in their order. It holds until the next call.
func (e *encoder) line(name string, row any) ([]byte, error) {
	e.out.Reset()
	e.out.WriteString(opening + name + `"`)
	comma := e.out.Len()
	err := e.enc.Encode(row)
	if err == nil {
		e.out.Bytes()[comma] = ','
	}
	return e.out.Bytes(), err
}

// parseLine reads a line into row. It must be written exactly as we would write it: then a row has one form, no field
// hides beside it, and none is missing.
func (e *encoder) parseLine(name string, line []byte, row any) error {
	fields := line[min(len(opening)+len(name)+1, len(line)):]
	if len(fields) == 0 || fields[0] != ',' {
		return errors.New("expected more fields after the record's name")
	}
	fields[0] = '{'
	err := json.Unmarshal(fields, row)
	fields[0] = ','
	if err != nil {
		return unreadable(err)
	}
	utc(reflect.ValueOf(row).Elem())
	want, err := e.line(name, row)
	if err == nil && !bytes.Equal(bytes.TrimSuffix(want, []byte{'\n'}), line) {
		err = fmt.Errorf("expected the fields of a %s in their order and form and no others: %s", name, bytes.TrimSpace(want))
	}
	return err
}

// unreadable says what a line's form should have been.
func unreadable(err error) error {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return fmt.Errorf("%s is a %s, expected %s", kind.Field, kind.Value, plain[kind.Type.Kind()])
	}
	return fmt.Errorf("expected a JSON object: %w", err)
}

var plain = map[reflect.Kind]string{
	reflect.Int64: "a whole number of at most 64 bits", reflect.Int: "a whole number", reflect.String: "a text", reflect.Array: "an id",
	reflect.Struct: "a time", reflect.Slice: "hexadecimal digits", reflect.Map: "counts", reflect.Bool: "true or false",
}

// utc cuts every time of a row to what both databases keep, in UTC.
func utc(row reflect.Value) {
	for i := range row.NumField() {
		switch at := row.Field(i).Addr().Interface().(type) {
		case *time.Time:
			*at = at.UTC().Truncate(time.Microsecond)
		case **time.Time:
			if *at != nil {
				cut := (*at).UTC().Truncate(time.Microsecond)
				*at = &cut
			}
		}
	}
}
