package settlement

import (
	"time"

	"onestreet/models"
)

// dueHour is when a month is closed by the clock: on the first of the next, at nine in the morning of the street.
const dueHour = 9

// month is a local month of a street.
type month struct {
	name  string // "2026-10"
	since time.Time
}

// monthOf is the street's month at a time.
func monthOf(a models.Alliance, at time.Time) month {
	local := a.Local(at)
	since := time.Date(local.Year(), local.Month(), 1, 0, 0, 0, 0, a.Location())
	return month{since.Format("2006-01"), since}
}

// parseMonth reads "2026-10". Error: month.
func parseMonth(a models.Alliance, text string) (month, error) {
	since, err := time.ParseInLocation("2006-01", text, a.Location())
	if err != nil || since.Year() < 2000 {
		return month{}, ErrMonth
	}
	return month{text, since}, nil
}

func (m month) plus(months int) month {
	since := m.since.AddDate(0, months, 0)
	return month{since.Format("2006-01"), since}
}

// over is the first moment at which a coordinator may close the month.
func (m month) over() time.Time { return m.plus(1).since }

// due is when the month is closed by the clock.
func (m month) due() time.Time {
	y, mm, _ := m.over().Date()
	return time.Date(y, mm, 1, dueHour, 0, 0, 0, m.since.Location())
}

// following is the month that is closed next: the one after the last; for a street that has closed none, the last month
// that is over, or the month of its founding when that is later.
func following(a models.Alliance, last models.Settlement, now time.Time) (month, error) {
	if last.Month != "" {
		m, err := parseMonth(a, last.Month)
		return m.plus(1), err
	}
	m, founded := monthOf(a, now).plus(-1), monthOf(a, a.CreatedAt)
	if m.since.Before(founded.since) {
		return founded, nil
	}
	return m, nil
}
