package calendar

import (
	"context"
	"strconv"
	"strings"
	"time"
	"unicode"

	ics "github.com/arran4/golang-ical"

	"onestreet/models"
	"onestreet/server/calendar/recur"
)

// productID names who wrote a file (RFC 5545, 3.7.3).
const productID = "-//Onestreet//Calendar 1.0//ZH"

// Forms of a date-time: local in the zone of its TZID, and UTC (RFC 5545, 3.3.5).
const (
	icsLocal = "20060102T150405"
	icsUTC   = "20060102T150405Z"
)

// alarmBefore is when phones ring, in the words of RFC 5545, 3.3.6.
const alarmBefore = "-PT1H"

// ICS writes an occurrence as an iCalendar file (RFC 5545), its texts in the reader's language. UID stays the same for
// ever; SEQUENCE and LAST-MODIFIED grow with every change, so a program that reads it again moves what it has.
// Error: not_found.
func (s *Service) ICS(ctx context.Context, alliance, id models.ID, locale string) (string, models.Occurrence, error) {
	o, err := s.Occurrence(ctx, alliance, id)
	if err != nil {
		return "", o, err
	}
	f := Feed{service: s, locale: locale}
	if f.street, err = s.Pool.Alliance(ctx, alliance); err != nil {
		return "", o, err
	}
	c := contents{street: f.street, zone: f.street.Location(), url: s.PublicURL}
	if c.hosts, err = s.Pool.Hosts(ctx, alliance); err != nil {
		return "", o, err
	}
	if c.events, err = s.eventsByID(ctx, []models.ID{o.EventID}); err != nil {
		return "", o, err
	}
	l := c.leaf(dayOf(o))
	l.made = o.CreatedAt
	return f.write([]leaf{l}), o, nil
}

// leaf is what is written as one VEVENT.
type leaf struct {
	uid           string
	sequence      int
	made, changed time.Time // made is zero where nobody asks
	zone          *time.Location
	start, end    time.Time
	of            time.Time      // RECURRENCE-ID: the moment of the series that it changes; zero: it changes none
	repeats       *recur.Outside // the series that it is; nil: it is none
	lost          []time.Time    // moments of the series that have no date
	title, story  string
	bring         string
	place, host   string
	link          string
	off           bool
	tentative     bool // the member waits for a place
}

// write writes the entry in a language. DTSTAMP is the last change, so that a feed without news is the same text.
func (l leaf) write(w *icsLines, locale string) {
	status, before := l.standing()
	w.add("BEGIN", "VEVENT")
	w.add("UID", l.uid)
	w.utc("DTSTAMP", l.changed)
	if !l.made.IsZero() {
		w.utc("CREATED", l.made)
	}
	w.utc("LAST-MODIFIED", l.changed)
	w.add("SEQUENCE", strconv.Itoa(l.sequence))
	l.when(w)
	w.text("LOCATION", plainLine(l.host), comma.In(locale), plainLine(l.place))
	w.text("DESCRIPTION", plain(l.tells(locale)))
	w.add("URL", l.link)
	w.add("STATUS", string(status))
	name := plainLine(l.title)
	w.text("SUMMARY", before.In(locale), name)
	if !l.off {
		ring(w, inAnHour.In(locale), name)
	}
	w.add("END", "VEVENT")
}

// tells is what the entry says at length: the story, what to bring, and where to read on.
func (l leaf) tells(locale string) string {
	text := l.story
	if l.bring != "" {
		text += models.Text{ZH: "\n\n带上：" + l.bring, EN: "\n\nBring: " + l.bring}.In(locale)
	}
	return strings.TrimSpace(text + "\n\n" + l.link)
}

// when writes the entry's times, all by the clock of its zone.
func (l leaf) when(w *icsLines) {
	w.local("DTSTART", l.start, l.zone)
	w.local("DTEND", l.end, l.zone)
	if !l.of.IsZero() {
		w.local("RECURRENCE-ID", l.of, l.zone)
	}
	if l.repeats == nil {
		return
	}
	wall := func(name string, list []time.Time) {
		for _, at := range list {
			w.add(name+";TZID="+l.zone.String(), at.Format(icsLocal))
		}
	}
	w.add("RRULE", l.repeats.RRule)
	wall("RDATE", l.repeats.Extra)
	wall("EXDATE", l.repeats.Except)
	for _, at := range l.lost {
		w.local("EXDATE", at, l.zone)
	}
}

// Words of an entry.
var (
	comma     = models.Text{ZH: "，", EN: ", "}
	inAnHour  = models.Text{ZH: "一小时后：", EN: "In an hour: "}
	calledOff = models.Text{ZH: "取消了：", EN: "Cancelled: "}
	inLine    = models.Text{ZH: "候补：", EN: "Waiting list: "}
)

// standing is the entry's STATUS, and what a reader must see of it before its title.
func (l leaf) standing() (ics.ObjectStatus, models.Text) {
	switch {
	case l.off:
		return ics.ObjectStatusCancelled, calledOff
	case l.tentative:
		return ics.ObjectStatusTentative, inLine
	}
	return ics.ObjectStatusConfirmed, models.Text{}
}

func ring(w *icsLines, text ...string) {
	w.add("BEGIN", "VALARM")
	w.add("ACTION", string(ics.ActionDisplay))
	w.add("TRIGGER", alarmBefore)
	w.text("DESCRIPTION", text...)
	w.add("END", "VALARM")
}

// plain takes out what iCalendar text cannot hold: control characters other than the line's end.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && (r < ' ' || r == 0x7f) {
			return -1
		}
		return r
	}, text)
}

// plainLine is plain text on one line.
func plainLine(text string) string {
	if oneLine(text) {
		return text
	}
	return strings.Join(strings.Fields(plain(strings.ReplaceAll(text, "\n", " "))), " ")
}

// oneLine tells whether a text is plain and on one line already, as nearly all are.
func oneLine(text string) bool {
	before := ' '
	for _, r := range text {
		if r < ' ' || r == 0x7f || unicode.IsSpace(r) && (r != ' ' || before == ' ') {
			return false
		}
		before = r
	}
	return before != ' ' || text == ""
}
