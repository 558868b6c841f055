package calendar

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// A member's own calendar: the dates for which the member signed up or waits, at an address that only the member knows, since
// calendar programs log in nowhere. The address holds a key of 160 bits. Of the key only a keyed hash is kept, and it is
// found by that hash: what a guess costs tells nothing of how near it was. A key that never was, one that was replaced and
// one that was given up get the same answer, and who asks in vain too often gets none at all for a while.

const (
	keyBytes   = 20
	keyPurpose = "own calendar"
	askedEvery = time.Hour // how exactly it is noted when the calendar was last read

	// So often a network address may ask for a calendar that is not there, in so long: programs ask for one that was given up a
	// few times an hour.
	guessesMost = 20
	guessesIn   = 10 * time.Minute
)

var keyLetters = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// OwnCalendar is what a member sees of the own calendar's address: not the address, which is shown once.
type OwnCalendar struct {
	MadeAt  *time.Time `json:"made_at,omitempty" doc:"absent: there is no address"`
	AskedAt *time.Time `json:"asked_at,omitempty" doc:"when a program last read it, to the hour"`
}

// OwnAddress is a new address of a member's own calendar.
type OwnAddress struct {
	OwnCalendar
	Path string `json:"path" doc:"below this server's address; shown this once, whoever has it can read the calendar"`
}

// OwnCalendar tells whether a member's own calendar has an address.
func (s *Service) OwnCalendar(ctx context.Context, member models.ID) (OwnCalendar, error) {
	var list []models.CalendarKey
	err := s.DB.Read(ctx).Where("member_id = ?", member).Limit(1).Find(&list).Error
	if err != nil || len(list) == 0 {
		return OwnCalendar{}, err
	}
	return OwnCalendar{MadeAt: &list[0].CreatedAt, AskedAt: list[0].AskedAt}, nil
}

// RenewOwnCalendar gives a member's own calendar a new address, with 160 random bits in it. The one before is good for nothing from then on.
func (s *Service) RenewOwnCalendar(ctx context.Context, alliance, member models.ID) (OwnAddress, error) {
	secret := make([]byte, keyBytes)
	_, _ = rand.Read(secret) // never fails
	key := keyLetters.EncodeToString(secret)
	row := models.CalendarKey{MemberID: member, AllianceID: alliance, KeyHash: s.Keys.Hash(keyPurpose, key), CreatedAt: s.Clock.Now()}
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Clauses(clause.OnConflict{
			Columns: []clause.Column{{Name: "member_id"}}, DoUpdates: clause.AssignmentColumns([]string{"key_hash", "created_at", "asked_at"}),
		}).Create(&row).Error
	})
	return OwnAddress{OwnCalendar: OwnCalendar{MadeAt: &row.CreatedAt}, Path: "/api/v1/own-calendars/" + key + "/calendar.ics"}, err
}

// EndOwnCalendar gives the address up.
func (s *Service) EndOwnCalendar(ctx context.Context, member models.ID) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error { return dropKey(tx, member) })
}

func dropKey(tx *gorm.DB, member models.ID) error {
	return tx.Where("member_id = ?", member).Delete(&models.CalendarKey{}).Error
}

// OwnFeed writes the calendar behind a key, with its ETag. Error: not_found.
func (s *Service) OwnFeed(ctx context.Context, key, locale string) (text, tag string, err error) {
	row, err := db.Find[models.CalendarKey](s.DB.Read(ctx), "key_hash = ?", s.Keys.Hash(keyPurpose, strings.ToLower(key)))
	if err != nil {
		return "", "", err
	}
	f := Feed{service: s, locale: locale}
	if f.street, err = s.Pool.Alliance(ctx, row.AllianceID); err != nil {
		return "", "", err
	}
	if f.stores, err = s.Pool.Hosts(ctx, row.AllianceID); err != nil {
		return "", "", err
	}
	f.name = models.Text{ZH: f.street.Name + "，我报的", EN: "My dates on " + f.street.Name}.In(locale)
	leaves, err := f.ownLeaves(ctx, row.MemberID)
	if err != nil {
		return "", "", err
	}
	text = f.write(leaves)
	return text, tagOf(text), s.noteAsked(ctx, row)
}

// noteAsked keeps when the calendar was last read, so that its owner sees that it works; once an hour, since programs ask often.
func (s *Service) noteAsked(ctx context.Context, row models.CalendarKey) error {
	now := s.Clock.Now()
	if row.AskedAt != nil && now.Sub(*row.AskedAt) < askedEvery {
		return nil
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Model(&models.CalendarKey{}).Where("member_id = ? AND key_hash = ?", row.MemberID, row.KeyHash).UpdateColumn("asked_at", now).Error
	})
}

// ownLeaves are the dates that a member signed up for, and those that the member waits for, which may not come about. Each is
// an entry of its own under the date's UID.
func (f Feed) ownLeaves(ctx context.Context, member models.ID) ([]leaf, error) {
	c := contents{street: f.street, zone: f.street.Location(), hosts: f.stores, url: f.service.PublicURL}
	places, err := f.daysOf(ctx, "sign_ups", member)
	if err != nil {
		return nil, err
	}
	waits, err := f.daysOf(ctx, "waiters", member)
	if err != nil {
		return nil, err
	}
	c.days = slices.Concat(places, waits)
	if c.events, err = f.service.eventsByID(ctx, eventIDs(c.days)); err != nil {
		return nil, err
	}
	leaves := make([]leaf, 0, len(c.days))
	for i, d := range c.days {
		l := c.leaf(d)
		l.tentative = i >= len(places)
		leaves = append(leaves, l)
	}
	return leaves, nil
}

// daysOf are the dates at which a member has a row in a table of those who come or wait.
func (f Feed) daysOf(ctx context.Context, table string, member models.ID) (days []day, err error) {
	err = f.dates(ctx).Where("id IN (?)", f.service.DB.Read(ctx).Table(table).Select("occurrence_id").Where("member_id = ?", member)).
		Order("starts_at, id").Limit(feedMost).Find(&days).Error
	return days, err
}
