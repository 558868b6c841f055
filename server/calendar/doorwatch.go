package calendar

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

// DoorPhone is a phone at the door as the organiser sees it.
type DoorPhone struct {
	DoorView
	Store    models.StoreRef `json:"store" doc:"whose staff opened it"`
	OpenedBy string          `json:"opened_by"`
	OpenedAt time.Time       `json:"opened_at"`
	TakenOff bool            `json:"taken_off" doc:"by the organiser: what it still brings lets nobody in"`
	ToSee    []DoorDoubt     `json:"to_see" nullable:"false" doc:"lines of its log that let nobody in, for a person to look at"`
}

// DoorDoubt is a line of a door's log that let nobody in.
type DoorDoubt struct {
	Seq    int64     `json:"seq"`
	At     time.Time `json:"at"`
	Name   string    `json:"name" doc:"empty: neighbours who are no members"`
	Number int64     `json:"number,omitempty" doc:"the member's number in the street"`
	People int       `json:"people"`
	By     string    `json:"by" doc:"who let them in"`
	Why    string    `json:"why"`
}

// Doors lists the phones at the door of an occurrence, those that have gone too: all of them to whoever holds the event, a store
// that hosts with it its own. Error: not_found.
func (s *Service) Doors(ctx context.Context, desk Desk, occurrence models.ID) ([]DoorPhone, error) {
	read := s.DB.Read(ctx)
	o, err := desk.hosted(read, occurrence)
	if err != nil {
		return nil, err
	}
	own := read.Where("occurrence_id = ?", occurrence)
	if o.StoreID != desk.Store {
		own = own.Where("store_id = ?", desk.Store)
	}
	var rows []models.Door
	if err := own.Order("opened_at, id").Find(&rows).Error; err != nil || len(rows) == 0 {
		return []DoorPhone{}, err
	}
	return s.doorPhones(ctx, desk.Alliance, rows)
}

func (s *Service) doorPhones(ctx context.Context, alliance models.ID, rows []models.Door) ([]DoorPhone, error) {
	read := s.DB.Read(ctx)
	hosts, err := s.Pool.Hosts(ctx, alliance)
	if err != nil {
		return nil, err
	}
	ids, accounts := make([]models.ID, len(rows)), make([]models.ID, len(rows))
	for i, d := range rows {
		ids[i], accounts[i] = d.ID, d.OpenedBy
	}
	names, err := accountNames(read, accounts)
	if err != nil {
		return nil, err
	}
	doubts, err := s.doubts(ctx, alliance, ids)
	views := make([]DoorPhone, len(rows))
	for i, d := range rows {
		views[i] = DoorPhone{
			DoorView: doorView(d), Store: hosts[d.StoreID], OpenedBy: names[d.OpenedBy], OpenedAt: d.OpenedAt, TakenOff: d.TakenOff(),
			ToSee: append([]DoorDoubt{}, doubts[d.ID]...),
		}
	}
	return views, err
}

// doubts reads the lines of doors that let nobody in.
func (s *Service) doubts(ctx context.Context, alliance models.ID, doors []models.ID) (map[models.ID][]DoorDoubt, error) {
	read, found := s.DB.Read(ctx), map[models.ID][]DoorDoubt{}
	var rows []models.DoorEntry
	err := read.Where("door_id IN ? AND outcome = ?", doors, models.DoorRefused).Order("door_id, seq").Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return found, err
	}
	var members, accounts []models.ID
	for _, e := range rows {
		members, accounts = append(members, e.MemberID), append(accounts, e.ByAccount)
	}
	people, err := s.Pool.Members(ctx, alliance, members)
	if err != nil {
		return nil, err
	}
	names, err := accountNames(read, accounts)
	for _, e := range rows {
		one := DoorDoubt{Seq: e.Seq, At: e.At, People: e.People, By: names[e.ByAccount], Why: e.Why().In(web.Locale(ctx))}
		if m, known := people[e.MemberID]; known {
			one.Name, one.Number = m.Ref().Name, m.Number
		}
		found[e.DoorID] = append(found[e.DoorID], one)
	}
	return found, err
}

// TakeOff takes a phone off the door of an occurrence, at once: the places that it holds are everybody's again, and what it brings
// afterwards is kept for a person to look at but lets nobody in. Whoever holds the event takes any phone off, a store that hosts
// with it its own. Doing it twice changes nothing. Error: not_found.
func (s *Service) TakeOff(ctx context.Context, desk Desk, occurrence, door models.ID) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		h, err := s.holdFor(tx, desk, occurrence)
		if err != nil {
			return err
		}
		d, err := db.Find[models.Door](tx, "id = ? AND occurrence_id = ?", door, occurrence)
		if err != nil || d.TakenOff() {
			return err
		}
		if h.o.StoreID != desk.Store && d.StoreID != desk.Store {
			return models.ErrNotFound
		}
		h.o.Held -= d.Open()
		d.TakenOffBy = desk.Account
		if d.Room = d.Used; d.ClosedAt == nil {
			d.ClosedAt = &h.now
		}
		if err := tx.Model(&d).Select("room", "closed_at", "taken_off_by").Updates(&d).Error; err != nil {
			return err
		}
		h.changed(tx)
		return h.offerOn(tx)
	})
}

func (s *Service) getDoors(ctx context.Context, in *hostedInput) (*web.Reply[web.Page[DoorPhone]], error) {
	list, err := s.Doors(ctx, deskOf(ctx, in.Store), in.Occurrence)
	return web.OK(web.NewPage(list, "")), err
}

type takeOffInput struct {
	Store      models.ID `path:"store"`
	Occurrence models.ID `path:"occurrence"`
	Door       models.ID `path:"door"`
}

func (s *Service) deleteDoorPhone(ctx context.Context, in *takeOffInput) (*web.Reply[web.Page[DoorPhone]], error) {
	desk := deskOf(ctx, in.Store)
	if err := s.TakeOff(ctx, desk, in.Occurrence, in.Door); err != nil {
		return nil, err
	}
	return s.getDoors(ctx, &hostedInput{Store: in.Store, Occurrence: in.Occurrence})
}
