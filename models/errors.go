package models

import "fmt"

// Kind sorts errors by what the caller can do about them; the API maps each to one HTTP status.
type Kind string

// The kinds of errors, with the HTTP status that the API gives each.
const (
	Invalid      Kind = "invalid"      // 422: the input is wrong; Fields say where
	Unauthorized Kind = "unauthorized" // 401: log in (again)
	Forbidden    Kind = "forbidden"    // 403: not yours to do
	NotFound     Kind = "not_found"    // 404: not there, or not yours to know
	Conflict     Kind = "conflict"     // 409: the state of things does not allow it
	Gone         Kind = "gone"         // 410: it was there, and is over
	TooLarge     Kind = "too_large"    // 413: more bytes than are taken
	TooMany      Kind = "too_many"     // 429: later
	Unavailable  Kind = "unavailable"  // 503: a service behind us does not answer
	Internal     Kind = "internal"     // 500: our fault; the text says nothing of the inside
)

// Text is one sentence in both languages of the street.
type Text struct{ ZH, EN string }

// In picks the language: anything that begins with "en" is English, the rest Chinese.
func (t Text) In(locale string) string {
	if len(locale) >= 2 && locale[:2] == "en" {
		return t.EN
	}
	return t.ZH
}

// Same is a text that is the same in both languages: a name, an amount.
func Same(text string) Text { return Text{ZH: text, EN: text} }

// Fill puts texts into the places (%s, %[2]s) of a sentence, each language its own.
func (t Text) Fill(parts ...Text) Text {
	inZH, inEN := make([]any, len(parts)), make([]any, len(parts))
	for i, p := range parts {
		inZH[i], inEN[i] = p.ZH, p.EN
	}
	return Text{ZH: fmt.Sprintf(t.ZH, inZH...), EN: fmt.Sprintf(t.EN, inEN...)}
}

// Field is one wrong field of the input.
type Field struct {
	Pointer string // JSON pointer (RFC 6901) into the body, such as "/min_spend/amount"
	Text    Text
}

// Error is what services return when they refuse. Code is stable and machine-readable; Text is for people.
// Errors with one Code are equal to errors.Is, whatever their text.
type Error struct {
	Kind   Kind
	Code   string
	Text   Text
	Fields []Field
}

// Fail declares an error; features keep theirs as package variables in errors.go. zh and en may hold fmt verbs
// that With fills.
func Fail(kind Kind, code, zh, en string) *Error {
	return &Error{Kind: kind, Code: code, Text: Text{ZH: zh, EN: en}}
}

// With returns a copy whose text has its verbs filled, the same arguments for both languages.
func (e *Error) With(args ...any) *Error {
	return e.Say(fmt.Sprintf(e.Text.ZH, args...), fmt.Sprintf(e.Text.EN, args...))
}

// Fill returns a copy whose words are filled with texts, each language with its own.
func (e *Error) Fill(parts ...Text) *Error {
	t := e.Text.Fill(parts...)
	return e.Say(t.ZH, t.EN)
}

// Say returns a copy with other words.
func (e *Error) Say(zh, en string) *Error {
	c := *e
	c.Text = Text{ZH: zh, EN: en}
	return &c
}

// At returns a copy that points at the wrong field with the error's own words.
func (e *Error) At(pointer string) *Error { return e.Field(pointer, e.Text) }

// Field returns a copy with one more wrong field.
func (e *Error) Field(pointer string, text Text) *Error {
	c := *e
	c.Fields = append(append([]Field(nil), e.Fields...), Field{Pointer: pointer, Text: text})
	return &c
}

// Error is for logs: the code and the English words.
func (e *Error) Error() string { return e.Code + ": " + e.Text.EN }

// Is makes errors with the same code equal to errors.Is.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// ErrInvalid is the frame for wrong fields: ErrInvalid.Field("/title", …).
var ErrInvalid = Fail(Invalid, "invalid", "有几处填得不对", "Some fields are not right")

// ErrNotFound is the answer for what is not there or belongs to another street or store.
var ErrNotFound = Fail(NotFound, "not_found", "没找到", "Not found")
