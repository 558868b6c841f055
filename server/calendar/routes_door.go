package calendar

import (
	"context"
	"encoding/base64"
	"net/http"
	"time"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

func (s *Service) doorRoutes(api *web.API) {
	web.Post(api, "/stores/{store}/occurrences/{occurrence}/neighbours", op("neighbours-in", "Let neighbours in who are no members", identity.AtHost, http.StatusCreated).Once(), s.postNeighbours)
	web.Post(api, "/stores/{store}/occurrences/{occurrence}/doors", op("door-open", "Make this phone a door that goes on without a network", identity.AtHost, http.StatusCreated).Once(), s.postDoor)
	web.Get(api, "/stores/{store}/occurrences/{occurrence}/doors", op("doors", "The phones at the door, and what a person should look at", identity.AtHost, 0), s.getDoors)
	web.Delete(api, "/stores/{store}/occurrences/{occurrence}/doors/{door}", op("door-take-off", "Take any phone off the door at once", identity.PlansHost, 0), s.deleteDoorPhone)
	web.Post(api, "/stores/{store}/doors/{door}/contact", op("door-contact", "Measure the phone's clock, read the list again, set places aside", identity.AtHost, 0), s.postDoorContact)
	web.Post(api, "/stores/{store}/doors/{door}/log", op("door-log", "Bring in who came while there was no network", identity.AtHost, 0), s.postDoorLog)
	web.Delete(api, "/stores/{store}/doors/{door}", op("door-close", "Take a phone off the door", identity.AtHost, 0), s.deleteDoor)
}

// DoorView is a phone at the door.
type DoorView struct {
	ID       models.ID  `json:"id"`
	Name     string     `json:"name"`
	SeenAt   time.Time  `json:"seen_at" doc:"when it last spoke with us"`
	LastSeq  int64      `json:"last_seq" doc:"how many lines of its log have arrived"`
	Open     int        `json:"open" doc:"places set aside for people who come without one while it has no network"`
	ClosedAt *time.Time `json:"closed_at,omitempty"`
}

func doorView(d models.Door) DoorView {
	return DoorView{ID: d.ID, Name: d.Name, SeenAt: d.SeenAt, LastSeq: d.LastSeq, Open: d.Open(), ClosedAt: d.ClosedAt}
}

// DoorPack is all that a door needs to go on without a network. Answers stay away: a phone at the door has no use for them.
type DoorPack struct {
	Door       DoorView       `json:"door"`
	ServerTime time.Time      `json:"server_time"`
	Occurrence OccurrenceView `json:"occurrence"`
	Guests     []Guest        `json:"guests" nullable:"false"`
}

func (s *Service) doorPack(ctx context.Context, desk Desk, d models.Door) (DoorPack, error) {
	o, err := s.View(ctx, d.AllianceID, models.ID{}, d.OccurrenceID)
	if err != nil {
		return DoorPack{}, err
	}
	list, err := s.Guests(ctx, desk, d.OccurrenceID)
	for i := range list.Items {
		list.Items[i].Answers = models.Answers{}
	}
	return DoorPack{Door: doorView(d), ServerTime: s.Clock.Now(), Occurrence: o, Guests: list.Items}, err
}

type postDoorInput struct {
	Store      models.ID `path:"store"`
	Occurrence models.ID `path:"occurrence"`
	Body       struct {
		Name       string    `json:"name" minLength:"1" maxLength:"60"`
		PublicKey  string    `json:"public_key" maxLength:"200" doc:"P-256, SubjectPublicKeyInfo in base64"`
		DeviceTime time.Time `json:"device_time" doc:"what the phone's clock says"`
	}
}

func (s *Service) postDoor(ctx context.Context, in *postDoorInput) (*web.Reply[DoorPack], error) {
	desk := deskOf(ctx, in.Store)
	key, err := base64.StdEncoding.DecodeString(in.Body.PublicKey)
	if err != nil {
		return nil, ErrDoorKey
	}
	d, err := s.OpenDoor(ctx, desk, in.Occurrence, NewDoor{Name: in.Body.Name, PublicKey: key, DeviceTime: in.Body.DeviceTime})
	if err != nil {
		return nil, err
	}
	p, err := s.doorPack(ctx, desk, d)
	return web.OK(p), err
}

type doorContactInput struct {
	Store models.ID `path:"store"`
	Door  models.ID `path:"door"`
	Body  struct {
		DeviceTime time.Time `json:"device_time" doc:"what the phone's clock says"`
	}
}

func (s *Service) postDoorContact(ctx context.Context, in *doorContactInput) (*web.Reply[DoorPack], error) {
	desk := deskOf(ctx, in.Store)
	d, err := s.ContactDoor(ctx, desk, in.Door, in.Body.DeviceTime)
	if err != nil {
		return nil, err
	}
	p, err := s.doorPack(ctx, desk, d)
	return web.OK(p), err
}

type doorInput struct {
	Store models.ID `path:"store"`
	Door  models.ID `path:"door"`
}

func (s *Service) deleteDoor(ctx context.Context, in *doorInput) (*web.Reply[DoorView], error) {
	d, err := s.CloseDoor(ctx, deskOf(ctx, in.Store), in.Door)
	return web.OK(doorView(d)), err
}

type doorLogLine struct {
	Seq       int64     `json:"seq" minimum:"1"`
	MemberID  models.ID `json:"member_id,omitzero" required:"false" doc:"left out: neighbours who are no members"`
	People    int       `json:"people" minimum:"1" maximum:"10" doc:"who came, the member included"`
	Digits    string    `json:"digits,omitempty" pattern:"^([0-9]{8})?$" doc:"of the member's code, when it was scanned"`
	By        models.ID `json:"by" doc:"the account that let them in"`
	Clock     int64     `json:"clock" minimum:"0" maximum:"4102444800000" doc:"the phone's clock, milliseconds since 1970"`
	Contact   int64     `json:"contact" minimum:"0" maximum:"4102444800000" doc:"the server's time of the last contact, as the phone remembers it"`
	Since     int64     `json:"since" minimum:"-1" maximum:"31536000000" doc:"milliseconds since then by a clock that nobody sets; -1: the app was restarted in between"`
	Signature string    `json:"signature" maxLength:"100" doc:"of the line's text (docs/offline.md) by the door's key, in base64"`
}

func (b doorLogLine) line() DoorLine {
	signature, _ := base64.StdEncoding.DecodeString(b.Signature) // what is no base64 is no signature
	return DoorLine{Signature: signature, DoorLine: models.DoorLine{
		Seq: b.Seq, Member: b.MemberID, People: b.People, Digits: b.Digits, By: b.By,
		Clock: time.UnixMilli(b.Clock).UTC(), Contact: time.UnixMilli(b.Contact).UTC(), Since: time.Duration(b.Since) * time.Millisecond,
	}}
}

type doorLogInput struct {
	Store models.ID `path:"store"`
	Door  models.ID `path:"door"`
	Body  struct {
		DeviceTime time.Time     `json:"device_time" doc:"what the phone's clock says"`
		Lines      []doorLogLine `json:"lines" maxItems:"50" nullable:"false"`
	}
}

// DoorEntryView is a line of a door's log, and what became of it.
type DoorEntryView struct {
	Seq     int64              `json:"seq"`
	At      time.Time          `json:"at" doc:"when it was, by the server's clock"`
	Outcome models.DoorOutcome `json:"outcome" enum:"in,before,refused"`
	Code    string             `json:"code,omitempty" doc:"why nobody came in by it"`
	Why     string             `json:"why,omitempty" doc:"before: when and by whom"`
}

func (s *Service) postDoorLog(ctx context.Context, in *doorLogInput) (*web.Reply[web.Page[DoorEntryView]], error) {
	lines := make([]DoorLine, len(in.Body.Lines))
	for i, b := range in.Body.Lines {
		lines[i] = b.line()
	}
	entries, err := s.TakeDoorLog(ctx, deskOf(ctx, in.Store), in.Door, in.Body.DeviceTime, lines)
	if err != nil {
		return nil, err
	}
	views := make([]DoorEntryView, len(entries))
	for i, e := range entries {
		views[i] = DoorEntryView{Seq: e.Seq, At: e.At, Outcome: e.Outcome, Code: e.Code, Why: e.Why().In(web.Locale(ctx))}
	}
	return web.OK(web.NewPage(views, "")), nil
}

type neighboursInput struct {
	Store      models.ID `path:"store"`
	Occurrence models.ID `path:"occurrence"`
	Body       struct {
		People int       `json:"people" doc:"1 to 10"`
		DoorID models.ID `json:"door_id,omitzero" required:"false" doc:"where they stand, when that is a door"`
	}
}

func (s *Service) postNeighbours(ctx context.Context, in *neighboursInput) (*web.Reply[GuestList], error) {
	desk := deskOf(ctx, in.Store)
	if err := s.LetIn(ctx, desk, Neighbours{Occurrence: in.Occurrence, People: in.Body.People, Door: in.Body.DoorID}); err != nil {
		return nil, err
	}
	list, err := s.Guests(ctx, desk, in.Occurrence)
	return web.OK(list), err
}
