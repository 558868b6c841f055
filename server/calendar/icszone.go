package calendar

import (
	"time"

	ics "github.com/arran4/golang-ical"

	"onestreet/server/calendar/icszone"
)

// zonesOf describes the zones that entries use, each for the time that it is needed.
func zonesOf(leaves []leaf) []*ics.VTimezone {
	type span struct{ from, to time.Time }
	spans, zones := map[string]span{}, map[string]*time.Location{}
	var names []string
	for _, l := range leaves {
		name := l.zone.String()
		s, known := spans[name]
		if !known {
			names, zones[name], s = append(names, name), l.zone, span{l.start, l.end}
		}
		for _, at := range []time.Time{l.start, l.of} {
			if !at.IsZero() && at.Before(s.from) {
				s.from = at
			}
		}
		if l.end.After(s.to) {
			s.to = l.end
		}
		spans[name] = s
	}
	var list []*ics.VTimezone
	for _, name := range names {
		list = append(list, icszone.Of(zones[name], spans[name].from, spans[name].to))
	}
	return list
}
