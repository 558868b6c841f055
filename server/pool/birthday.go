package pool

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

// Birthday is a day of the year, never the year: what it takes to be congratulated, and no more.
type Birthday struct {
	Month int `json:"month" minimum:"1" maximum:"12"`
	Day   int `json:"day" minimum:"1" maximum:"31"`
}

// birthdayOf is what a member has told; nil when nothing.
func birthdayOf(m models.Member) *Birthday {
	if m.BirthMonth == 0 {
		return nil
	}
	return &Birthday{m.BirthMonth, m.BirthDay}
}

// exists tells whether some year has the day; 2024 has them all.
func (b *Birthday) exists() bool {
	at := time.Date(2024, time.Month(b.Month), b.Day, 0, 0, 0, 0, time.UTC)
	return int(at.Month()) == b.Month && at.Day() == b.Day
}

func (b *Birthday) String() string {
	if b == nil {
		return ""
	}
	return fmt.Sprintf("%02d-%02d", b.Month, b.Day)
}

// SetBirthday keeps the day that a member tells, or forgets it when b is nil. No store is ever shown it: a campaign for
// birthdays finds out only whether it is for this member. Errors: no_such_day, not_found.
func (s *Service) SetBirthday(ctx context.Context, alliance, member models.ID, b *Birthday) error {
	if b != nil && !b.exists() {
		return ErrNoSuchDay
	}
	kept := Birthday{}
	if b != nil {
		kept = *b
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		m, err := db.Find[models.Member](db.Lock(tx), "id = ? AND alliance_id = ? AND left_at IS NULL", member, alliance)
		if err != nil {
			return err
		}
		return tx.Model(&m).Updates(map[string]any{"birth_month": kept.Month, "birth_day": kept.Day}).Error
	})
}

type birthdayInput struct {
	Body struct {
		Birthday *Birthday `json:"birthday,omitempty" doc:"left out: it is forgotten"`
	}
}

func (s *Service) putBirthday(ctx context.Context, in *birthdayInput) (*web.Reply[Card], error) {
	p := identity.From(ctx)
	if err := s.SetBirthday(ctx, p.AllianceID, p.MemberID, in.Body.Birthday); err != nil {
		return nil, err
	}
	card, err := s.Card(ctx, p.AllianceID, p.MemberID)
	return web.OK(card), err
}
