package calendar

import (
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
	"gorm.io/gorm"
)

// ZoneText is how a zone is described in a file.
func ZoneText(zone *time.Location, from, to time.Time) string {
	cal := &ics.Calendar{Components: []ics.Component{timezone(zone, from, to)}}
	text := cal.Serialize(ics.WithNewLineWindows)
	return strings.TrimSuffix(strings.TrimPrefix(text, "BEGIN:VCALENDAR\r\n"), "END:VCALENDAR\r\n")
}

// SignUpIn signs up in a transaction of the test's own: what a sign-up costs that shares its commit with nobody.
func (s *Service) SignUpIn(tx *gorm.DB, in SignUp) error {
	answers, err := s.signUpAll(tx, []SignUp{in})
	if err != nil {
		return err
	}
	return answers[0].Err
}
