package calendar

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
)

// Guest is one place of an occurrence as the host's staff see it.
type Guest struct {
	MemberID    models.ID  `json:"member_id"`
	Name        string     `json:"name"`
	Number      int64      `json:"number" doc:"the member's number in the street"`
	SignedUpAt  time.Time  `json:"signed_up_at"`
	WalkIn      bool       `json:"walk_in" doc:"came without signing up"`
	CheckedInAt *time.Time `json:"checked_in_at,omitempty"`
	Companions  int        `json:"companions" doc:"people who come along"`
	Came        int        `json:"came" doc:"people who came, the member included; 0 until then"`
	Missed      bool       `json:"missed" doc:"had places and did not come"`
	Asked       bool       `json:"asked" doc:"was told of another time or place and has not said to come all the same"`

	Answers models.Answers `json:"answers" nullable:"false" doc:"by the question's id"`
	By      string         `json:"by,omitempty" doc:"who checked the guest in"`
	Unasked string         `json:"unasked,omitempty" enum:"not_invited,circle_only,circle_gone,no_shows" doc:"when a guest was let in at the door who could not have signed up: why"`
}

// GuestList is everyone who has a place, in order of signing up.
type GuestList struct {
	Items    []Guest `json:"items" nullable:"false"`
	Capacity int     `json:"capacity"`
	Taken    int     `json:"taken"`
	Held     int     `json:"held" doc:"places that are offered to people who wait, or set aside for the doors"`
	Unnamed  int     `json:"unnamed" doc:"neighbours let in who are no members"`
	Waiting  []Guest `json:"waiting" nullable:"false" doc:"the waiting list, in its order"`

	Questions []models.Question `json:"questions" nullable:"false"`
	Doors     []DoorView        `json:"doors" nullable:"false" doc:"phones of this store that stand at the door"`
}

// Guests lists who comes to an occurrence that the desk's store hosts. Error: not_found.
func (s *Service) Guests(ctx context.Context, desk Desk, id models.ID) (GuestList, error) {
	read := s.DB.Read(ctx)
	o, err := desk.hosted(read, id)
	if err != nil {
		return GuestList{}, err
	}
	var rows []models.SignUp
	if err := read.Where("occurrence_id = ?", id).Order("signed_up_at, id").Find(&rows).Error; err != nil {
		return GuestList{}, err
	}
	list, err := s.guestList(ctx, o, rows)
	if err != nil {
		return list, err
	}
	list.Doors, err = doorsOf(read, desk, id)
	return list, err
}

func doorsOf(read *gorm.DB, desk Desk, occurrence models.ID) ([]DoorView, error) {
	var rows []models.Door
	err := read.Where("occurrence_id = ? AND store_id = ? AND closed_at IS NULL", occurrence, desk.Store).Order("id").Find(&rows).Error
	views := make([]DoorView, len(rows))
	for i, d := range rows {
		views[i] = doorView(d)
	}
	return views, err
}

func (s *Service) guestList(ctx context.Context, o models.Occurrence, rows []models.SignUp) (list GuestList, err error) {
	list = GuestList{Capacity: o.Capacity, Taken: o.Taken, Held: o.Held, Unnamed: o.Unnamed}
	if list.Items, err = s.guestsOf(ctx, o.AllianceID, rows); err != nil {
		return list, err
	}
	read := s.DB.Read(ctx)
	terms, err := termsOf(read, o.EventID, o.AllianceID)
	if err != nil {
		return list, err
	}
	list.Questions = terms.Questions
	for i, r := range rows {
		list.Items[i].Asked = r.Asked(o)
	}
	var line []models.Waiter
	if err := read.Where("occurrence_id = ?", o.ID).Order("arrival").Find(&line).Error; err != nil {
		return list, err
	}
	waits := make([]models.SignUp, len(line))
	for i, w := range line {
		waits[i] = models.SignUp{MemberID: w.MemberID, SignedUpAt: w.Since, Companions: w.Companions, Answers: w.Answers}
	}
	list.Waiting, err = s.guestsOf(ctx, o.AllianceID, waits)
	return list, err
}

func (s *Service) guest(ctx context.Context, alliance, id, member models.ID) (Guest, error) {
	var rows []models.SignUp
	if err := s.DB.Read(ctx).Where("occurrence_id = ? AND member_id = ?", id, member).Find(&rows).Error; err != nil {
		return Guest{}, err
	}
	guests, err := s.guestsOf(ctx, alliance, rows)
	if err != nil || len(guests) == 0 {
		return Guest{}, err
	}
	return guests[0], nil
}

func (s *Service) guestsOf(ctx context.Context, alliance models.ID, rows []models.SignUp) ([]Guest, error) {
	var members, accounts []models.ID
	for _, r := range rows {
		members = append(members, r.MemberID)
		if !r.CheckedInBy.IsZero() && !slices.Contains(accounts, r.CheckedInBy) {
			accounts = append(accounts, r.CheckedInBy)
		}
	}
	people, err := s.Pool.Members(ctx, alliance, members)
	if err != nil {
		return nil, err
	}
	staff, err := accountNames(s.DB.Read(ctx), accounts)
	if err != nil {
		return nil, err
	}
	guests := make([]Guest, 0, len(rows))
	for _, r := range rows {
		if r.Answers == nil {
			r.Answers = models.Answers{}
		}
		m := people[r.MemberID]
		guests = append(guests, Guest{
			MemberID: r.MemberID, Name: m.Ref().Name, Number: m.Number, SignedUpAt: r.SignedUpAt, WalkIn: r.WalkIn,
			Companions: r.Companions, Came: r.Came, Missed: r.State == models.Missed, Answers: r.Answers, CheckedInAt: r.CheckedInAt, By: staff[r.CheckedInBy],
		})
	}
	return guests, nil
}

func accountNames(tx *gorm.DB, ids []models.ID) (map[models.ID]string, error) {
	var rows []models.Account
	names := make(map[models.ID]string, len(ids))
	if len(ids) == 0 {
		return names, nil
	}
	err := tx.Where("id IN ?", ids).Find(&rows).Error
	for _, a := range rows {
		names[a.ID] = a.Name
	}
	return names, err
}
