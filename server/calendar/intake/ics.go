package intake

import (
	"bytes"
	"slices"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"onestreet/server/platform/sheet"
)

// property is a content line of RFC 5545, read by the library.
type property struct {
	ics.BaseProperty
	line int // of the file
}

// param is a parameter's first value, or nothing.
func (p property) param(name string) string {
	for key, values := range p.ICalParameters {
		if strings.EqualFold(key, name) && len(values) > 0 {
			return values[0]
		}
	}
	return ""
}

// part is a component with its lines and parts. The library's own reader gives up a whole file for one broken line; here the line
// alone is lost, and its number is known.
type part struct {
	name   string
	line   int
	props  []property
	parts  []*part
	broken []int // lines that are no content lines
	cut    bool  // its END is missing
}

func (p *part) first(name string) (property, bool) {
	i := slices.IndexFunc(p.props, func(one property) bool { return one.IANAToken == name })
	if i < 0 {
		return property{}, false
	}
	return p.props[i], true
}

func (p *part) all(name string) (found []property) {
	for _, one := range p.props {
		if one.IANAToken == name {
			found = append(found, one)
		}
	}
	return found
}

// text is a property's value, plain and on one line.
func (p *part) text(name string) string {
	one, _ := p.first(name)
	return sheet.Tidy(one.Value)
}

// logical is an unfolded line and where it begins.
type logical struct {
	number int
	text   string
}

// unfold joins folded lines (3.1). It works on bytes: programs fold in the middle of a character.
func unfold(data []byte) (lines [][]byte, numbers []int) {
	for i, physical := range bytes.Split(data, []byte("\n")) {
		physical = bytes.TrimSuffix(physical, []byte("\r"))
		if len(lines) > 0 && len(physical) > 0 && (physical[0] == ' ' || physical[0] == '\t') {
			last := len(lines) - 1
			lines[last] = append(lines[last], physical[1:]...)
			continue
		}
		lines, numbers = append(lines, bytes.Clone(physical)), append(numbers, i+1)
	}
	return lines, numbers
}

func logicalLines(data []byte) ([]logical, string, error) {
	text, encoding, err := sheet.Decode(data)
	if err == nil && encoding == "UTF-16" {
		data = []byte(text)
	}
	lines, numbers := unfold(data)
	text, joined, err := sheet.Decode(bytes.Join(lines, []byte("\n")))
	if err != nil {
		return nil, "", err
	}
	if encoding != "UTF-16" {
		encoding = joined
	}
	list := make([]logical, 0, len(numbers))
	for i, one := range strings.Split(text, "\n") {
		list = append(list, logical{numbers[i], one})
	}
	return list, encoding, nil
}

// components builds the file's tree. Lines of parts that nobody reads are passed over.
func components(lines []logical) *part {
	root := &part{}
	open := []*part{root}
	for _, l := range lines {
		text := strings.TrimSpace(l.text)
		name, value, _ := strings.Cut(strings.ToUpper(text), ":")
		top := open[len(open)-1]
		switch {
		case text == "":
		case name == "BEGIN":
			open = begin(open, &part{name: strings.TrimSpace(value), line: l.number})
		case name == "END":
			open = end(open, strings.TrimSpace(value))
		case top.read():
			top.take(text, l.number)
		}
	}
	for _, p := range open[1:] {
		p.cut = true
	}
	return root
}

// begin opens a part. An event does not stand in another: the one before it lost its end.
func begin(open []*part, p *part) []*part {
	if p.name == "VEVENT" {
		if i := slices.IndexFunc(open, func(one *part) bool { return one.name == "VEVENT" }); i > 0 {
			open[i].cut = true
			open = open[:i]
		}
	}
	top := open[len(open)-1]
	top.parts = append(top.parts, p)
	return append(open, p)
}

func end(open []*part, name string) []*part {
	for i := len(open) - 1; i > 0; i-- {
		if open[i].name != name {
			continue
		}
		for _, p := range open[i+1:] {
			p.cut = true
		}
		return open[:i]
	}
	return open
}

func (p *part) read() bool {
	return slices.Contains([]string{"VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT"}, p.name)
}

func (p *part) take(text string, number int) {
	read, err := ics.ParseProperty(ics.ContentLine(text))
	if err != nil || read == nil {
		p.broken = append(p.broken, number)
		return
	}
	read.IANAToken = strings.ToUpper(read.IANAToken)
	p.props = append(p.props, property{*read, number})
}

// reader is what reading a calendar needs to know.
type reader struct {
	street    Street
	floating  *time.Location // of times without a zone
	described map[string]*part
	zones     map[string]*time.Location // by TZID; nil: it is not known
}

func readICS(data []byte, street Street) (File, error) {
	lines, encoding, err := logicalLines(data)
	if err != nil {
		return File{}, ErrCalendar
	}
	r := &reader{street: street, floating: street.Zone, described: map[string]*part{}, zones: map[string]*time.Location{}}
	f := File{Source: ICS, Encoding: encoding}
	var events []*part
	var left counts
	method := ""
	for _, cal := range components(lines).parts {
		if cal.name != "VCALENDAR" {
			continue
		}
		r.readHead(cal)
		method = strings.ToUpper(cal.text("METHOD"))
		for _, p := range cal.parts {
			if p.name == "VEVENT" {
				events = append(events, p)
			}
			left.add(p)
		}
		left.broken = append(left.broken, cal.broken...)
	}
	if len(events) == 0 {
		return File{}, left.nothing()
	}
	if len(events) > Most {
		return File{}, ErrRows.With(Most)
	}
	f.Entries, f.Notes = r.entries(events, method == "CANCEL"), left.notes()
	return f, nil
}

// readHead reads the zones that a calendar describes, and the one that its floating times mean.
func (r *reader) readHead(cal *part) {
	for _, p := range cal.parts {
		if p.name == "VTIMEZONE" {
			r.described[p.text("TZID")] = p
		}
	}
	if zone := r.zone(cal.text("X-WR-TIMEZONE")); zone != nil {
		r.floating = zone
	}
}

// counts is what of a calendar is not taken.
type counts struct {
	alarms, people, others int
	broken                 []int
}

func (c *counts) add(p *part) {
	switch p.name {
	case "VEVENT":
		if _, organised := p.first("ORGANIZER"); organised || len(p.all("ATTENDEE")) > 0 {
			c.people++
		}
		for _, inner := range p.parts {
			if inner.name == "VALARM" {
				c.alarms++
			}
		}
	case "VTODO", "VJOURNAL", "VFREEBUSY":
		c.others++
	}
}

func (c *counts) nothing() error {
	if c.others > 0 {
		return ErrNoEvents
	}
	return sheet.ErrEmpty
}

func (c *counts) notes() []Problem {
	var list []Problem
	for _, one := range []struct {
		code string
		n    int
	}{{"people_left_out", c.people}, {"alarms_left_out", c.alarms}, {"others_left_out", c.others}} {
		if one.n > 0 {
			list = append(list, remark(one.code, "", one.n))
		}
	}
	if len(c.broken) > 0 {
		list = append(list, remark("line_broken", "", c.broken[0]))
	}
	return list
}
