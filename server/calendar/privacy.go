package calendar

import (
	"bytes"
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
)

// attendance is one line of a member's export.
type attendance struct {
	Event       string             `json:"event"`
	Place       string             `json:"place"`
	StartsAt    time.Time          `json:"starts_at"`
	State       models.SignUpState `json:"state"`
	SignedUpAt  time.Time          `json:"signed_up_at"`
	CheckedInAt *time.Time         `json:"checked_in_at,omitempty"`
	Companions  int                `json:"companions"`
	Came        int                `json:"came,omitempty"`
	Answers     models.Answers     `json:"answers" gorm:"serializer:json"`
}

// waitingLine is a place on a waiting list in a member's export.
type waitingLine struct {
	Event      string             `json:"event"`
	Place      string             `json:"place"`
	StartsAt   time.Time          `json:"starts_at"`
	State      models.WaiterState `json:"state"`
	Since      time.Time          `json:"since"`
	Companions int                `json:"companions"`
	Answers    models.Answers     `json:"answers" gorm:"serializer:json"`
}

// taken is what the calendar knows of a member.
type taken struct {
	Places  []attendance  `json:"places"`
	Waiting []waitingLine `json:"waiting"`
}

// export lists the member's places and where the member waits, with what was answered, for the member to take away.
func (s *Service) export(_ context.Context, tx *gorm.DB, m models.Member) (any, error) {
	out := taken{Places: []attendance{}, Waiting: []waitingLine{}}
	err := tx.Table("sign_ups AS s").
		Select("e.title AS event, e.place, o.starts_at, s.state, s.signed_up_at, s.checked_in_at, s.companions, s.came, s.answers").
		Joins("JOIN occurrences AS o ON o.id = s.occurrence_id").Joins("JOIN events AS e ON e.id = o.event_id").
		Where("s.alliance_id = ? AND s.member_id = ?", m.AllianceID, m.ID).Order("o.starts_at, s.id").Scan(&out.Places).Error
	if err != nil {
		return nil, err
	}
	err = tx.Table("waiters AS w").Select("e.title AS event, e.place, o.starts_at, w.state, w.since, w.companions, w.answers").
		Joins("JOIN occurrences AS o ON o.id = w.occurrence_id").Joins("JOIN events AS e ON e.id = o.event_id").
		Where("w.alliance_id = ? AND w.member_id = ?", m.AllianceID, m.ID).Order("o.starts_at, w.id").Scan(&out.Waiting).Error
	return out, err
}

// leave gives back the places of a member who leaves at dates that have not begun, leaves their waiting lists, and
// ends the address of the own calendar. Where they have been stays, under the pseudonym and without what they
// answered: a list of guests must still add up.
func (s *Service) leave(_ context.Context, tx *gorm.DB, m models.Member) error {
	if err := dropKey(tx, m.ID); err != nil {
		return err
	}
	var ahead, waits []models.ID
	err := tx.Table("sign_ups AS s").Joins("JOIN occurrences AS o ON o.id = s.occurrence_id").
		Where("s.member_id = ? AND s.state = ? AND o.starts_at > ?", m.ID, models.SignedUp, s.Clock.Now()).
		Pluck("s.occurrence_id", &ahead).Error
	if err != nil {
		return err
	}
	if err := tx.Model(&models.Waiter{}).Where("member_id = ?", m.ID).Pluck("occurrence_id", &waits).Error; err != nil {
		return err
	}
	ahead = append(ahead, waits...)
	slices.SortFunc(ahead, func(a, b models.ID) int { return bytes.Compare(a[:], b[:]) })
	for _, id := range ahead {
		if err := s.giveBack(tx, m.ID, id, false); err != nil {
			return err
		}
	}
	if err := tx.Model(&models.DoorEntry{}).Where("member_id = ?", m.ID).UpdateColumn("digits", "").Error; err != nil {
		return err
	}
	return tx.Model(&models.SignUp{}).Where("member_id = ?", m.ID).UpdateColumn("answers", "{}").Error
}
