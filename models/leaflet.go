package models

import "unicode/utf8"

// Picture is a photo that hangs at an event: its id, and its full size in pixels. Its row and files are those of the street's
// photos; a picture may hang at several events and templates of one host.
type Picture struct {
	ID ID  `json:"id"`
	W  int `json:"w"`
	H  int `json:"h"`
}

// Limits of what goes with an invitation: pictures, the first of which is the cover; what to bring, in characters.
const (
	EventPicturesMax = 9
	EventBringMax    = 200
)

// CheckBring names a text of what to bring that is too long, as ErrInvalid.
func CheckBring(text string) error {
	if utf8.RuneCountInString(text) > EventBringMax {
		return ErrInvalid.Field("/bring", Text{ZH: "带什么最多写 200 个字", EN: "What to bring has at most 200 characters"})
	}
	return nil
}
