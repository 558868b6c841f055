package calendar

import (
	"time"
	"unicode/utf8"
)

// icsLines writes content lines (RFC 5545, 3.1). The library writes a file's head and zones; entries, of which a feed has
// thousands, are written here, into one buffer: it takes half off the time of a large feed.
type icsLines struct {
	buf  []byte
	long []byte // the line that is being folded
}

// lineOctets is how long a line is at most, without its end.
const lineOctets = 75

func (w *icsLines) raw(text string) { w.buf = append(w.buf, text...) }

// begin writes a line's name, up to its value; end folds the line, between characters, when it is too long.
func (w *icsLines) begin(name string) (line int) {
	line = len(w.buf)
	w.buf = append(append(w.buf, name...), ':')
	return line
}

func (w *icsLines) end(line int) {
	if len(w.buf)-line > lineOctets {
		w.fold(line)
	}
	w.buf = append(w.buf, '\r', '\n')
}

func (w *icsLines) fold(line int) {
	w.long = append(w.long[:0], w.buf[line:]...)
	w.buf = w.buf[:line]
	left := w.long
	for room := lineOctets; len(left) > room; room = lineOctets - 1 {
		cut := room
		for !utf8.RuneStart(left[cut]) {
			cut--
		}
		w.buf = append(append(w.buf, left[:cut]...), '\r', '\n', ' ')
		left = left[cut:]
	}
	w.buf = append(w.buf, left...)
}

func (w *icsLines) add(name, value string) {
	line := w.begin(name)
	w.raw(value)
	w.end(line)
}

// text writes a value of people's words (3.3.11), made of several parts.
func (w *icsLines) text(name string, parts ...string) {
	line := w.begin(name)
	for _, part := range parts {
		for i := range len(part) {
			switch b := part[i]; b {
			case '\\', ';', ',':
				w.buf = append(w.buf, '\\', b)
			case '\n':
				w.buf = append(w.buf, '\\', 'n')
			default:
				w.buf = append(w.buf, b)
			}
		}
	}
	w.end(line)
}

// utc and local write a moment, local by the clock of a zone that the file describes.
func (w *icsLines) utc(name string, at time.Time) {
	line := w.begin(name)
	w.buf = at.UTC().AppendFormat(w.buf, icsUTC)
	w.end(line)
}

func (w *icsLines) local(name string, at time.Time, zone *time.Location) {
	line := w.begin(name)
	w.buf = append(append(append(w.buf[:len(w.buf)-1], ";TZID="...), zone.String()...), ':')
	w.buf = at.In(zone).AppendFormat(w.buf, icsLocal)
	w.end(line)
}
