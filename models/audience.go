package models

import (
	"slices"
	"time"
)

// BirthdayWhen says when around a birthday somebody belongs to an audience.
type BirthdayWhen string

// The two ways.
const (
	BirthdayMonth  BirthdayWhen = "month"  // born in the street's present month
	BirthdayAround BirthdayWhen = "around" // so many days before or after the day itself
)

// Audience is whom a campaign is for; all that is set must hold, and the empty one is everybody. Level and tags are what the
// issuing store knows of a member: another store's are never asked.
type Audience struct {
	Level    *Level        `json:"level,omitempty"`     // at least this close to the issuer
	Tags     []string      `json:"tags,omitempty"`      // the issuer has given one of these
	Visits   *VisitRule    `json:"visits,omitempty"`    // has been to a store so often
	TookPart int64         `json:"took_part,omitempty"` // wrote at the issuer's posts or talked with it in the last so many days
	Circle   *CircleRule   `json:"circle,omitempty"`
	Joined   int64         `json:"joined,omitempty"` // joined the street in the last so many days
	Birthday *BirthdayRule `json:"birthday,omitempty"`
}

// VisitRule is how often somebody has been to a store in the last Days days; nil is no bound. The store is the issuer or one of
// the campaign's partners.
type VisitRule struct {
	Store   ID     `json:"store"`
	Days    int64  `json:"days"`
	AtLeast *int64 `json:"at_least,omitempty"`
	AtMost  *int64 `json:"at_most,omitempty"`
}

// CircleRule is being in a circle: one that the issuer keeps, or an open one. Store and Name are what the street knew of it when
// the audience was written down; a circle that the issuer may not name has no name here.
type CircleRule struct {
	ID    ID     `json:"id"`
	Store ID     `json:"store,omitzero"` // that keeps it; zero: the street does
	Name  string `json:"name"`
}

// BirthdayRule is a birthday this month, or within Days days of today.
type BirthdayRule struct {
	When BirthdayWhen `json:"when"`
	Days int64        `json:"days,omitempty"`
}

// Everyone tells whether nobody is left out.
func (a Audience) Everyone() bool {
	return a.Level == nil && len(a.Tags) == 0 && a.Visits == nil && a.TookPart == 0 && a.Circle == nil && a.Joined == 0 && a.Birthday == nil
}

// Private tells whether a figure about the audience would say what the issuer does not know itself: who visits another
// store, who is in a circle that it does not keep, or when somebody was born.
func (a Audience) Private(issuer ID) bool {
	return a.Birthday != nil || a.Visits != nil && a.Visits.Store != issuer || a.Circle != nil && a.Circle.Store != issuer
}

// Chosen tells whether the store itself has picked who is in, one by one.
func (a Audience) Chosen() bool { return len(a.Tags) > 0 }

// Shown is the figure as the store sees it; few says that it is about fewer than k members and withheld. A private one is
// rounded down to a whole number of Ks: a store that adds one person to what it asks must not see the figure answer.
func (a Audience) Shown(reached, k int64, issuer ID) (n int64, few bool) {
	if reached < k {
		return 0, true
	}
	if a.Private(issuer) {
		return reached - reached%k, false
	}
	return reached, false
}

// MonthDay is a day of a year, without the year.
type MonthDay struct{ Month, Day int }

// Fitting lists the birthdays that fit the rule on a day of the street. Who was born on 29 February has the day on the 28th
// in other years.
func (r BirthdayRule) Fitting(now time.Time, zone *time.Location) []MonthDay {
	local := now.In(zone)
	y, m, d := local.Date()
	var days []MonthDay
	if r.When == BirthdayMonth {
		for day := 1; day <= 31; day++ {
			days = append(days, MonthDay{int(m), day})
		}
		return days
	}
	for off := -r.Days; off <= r.Days; off++ {
		at := time.Date(y, m, d+int(off), 12, 0, 0, 0, zone)
		days = append(days, MonthDay{int(at.Month()), at.Day()})
		if at.Month() == time.February && at.Day() == 28 && at.AddDate(0, 0, 1).Month() == time.March {
			days = append(days, MonthDay{2, 29})
		}
	}
	return slices.Compact(days)
}
