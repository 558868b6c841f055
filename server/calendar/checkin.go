package calendar

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/db"
	"onestreet/server/relation"
)

// CheckIn is a member who has come, with so many people (nil: as many as said); At is when a door without a network saw
// them, and zero for now. Door is where they stand, when that is a door.
type CheckIn struct {
	Occurrence, Member models.ID
	Came               *int
	At                 time.Time
	Door               models.ID
}

// CheckIn notes that a member has come, and records the visit; points that the event costs are taken. A guest without a
// place takes one at the door while there is room. first tells that the member has never been checked in at an event of
// this store before.
// Errors: not_found, member_left, event_cancelled, event_over, event_full, few_left, came, already_checked_in (with when and
// by whom), balance_too_low.
func (s *Service) CheckIn(ctx context.Context, desk Desk, in CheckIn) (guest Guest, first bool, err error) {
	var unasked string
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		h, err := s.holdFor(tx, desk, in.Occurrence)
		if err != nil {
			return err
		}
		if err := h.at(tx, desk, in.Door); err != nil {
			return err
		}
		if first, err = firstTime(tx, h.o, in.Member); err != nil {
			return err
		}
		err = h.arrive(tx, desk, in)
		unasked = h.unasked
		return err
	})
	if err != nil {
		return Guest{}, false, err
	}
	guest, err = s.guest(ctx, desk.Alliance, in.Occurrence, in.Member)
	guest.Unasked = unasked
	return guest, first, err
}

// open refuses a door that is shut.
func (h *holding) open() error {
	if h.o.State == models.EventStateCancelled {
		return ErrCancelled
	}
	if !h.o.TakesCheckIns(h.now) {
		return ErrOver
	}
	return nil
}

// firstTime tells whether the member has come to no other event of the host so far.
func firstTime(tx *gorm.DB, o models.Occurrence, member models.ID) (bool, error) {
	hosted := tx.Session(&gorm.Session{NewDB: true}).Model(&models.Occurrence{}).Select("id").
		Where("alliance_id = ? AND store_id = ? AND id <> ?", o.AllianceID, o.StoreID, o.ID)
	var earlier int64
	err := tx.Model(&models.SignUp{}).
		Where("member_id = ? AND state = ? AND occurrence_id IN (?)", member, models.CheckedIn, hosted).Count(&earlier).Error
	return earlier == 0, err
}

func (h *holding) arrive(tx *gorm.DB, desk Desk, in CheckIn) error {
	if !in.At.IsZero() {
		h.now = in.At
	}
	if err := h.open(); err != nil {
		return err
	}
	row, err := h.mark(tx, desk, in.Member, in.Came)
	if err != nil {
		return err
	}
	e, err := db.Find[models.Event](tx, "id = ?", h.o.EventID)
	if err != nil {
		return err
	}
	if err := h.visit(tx, desk, row, e.Title); err != nil {
		return err
	}
	gifts, err := giftsOf(tx, e.ID)
	if err != nil {
		return err
	}
	h.changed(tx)
	return h.Outbox.Add(tx, desk.Alliance, models.EventCheckInMade, models.CheckInMade{
		OccurrenceID: h.o.ID, MemberID: in.Member, StoreID: seenIn(h.o, row), GiftID: h.terms.GiftCampaign, ByID: desk.Account, Title: e.Title, Gifts: gifts,
	})
}

// seenIn is the store whose visit a guest's coming is: the host's; at an event of the street itself that of the store whose
// staff stood at the door, and nobody's (zero) where a coordinator did.
func seenIn(o models.Occurrence, row models.SignUp) models.ID {
	if o.OfStreet() {
		return row.SeenIn
	}
	return o.StoreID
}

// standsIn is the store whose staff stand at the door of an event of the street itself; zero elsewhere, and for coordinators.
func (h *holding) standsIn(desk Desk) models.ID {
	if h.o.OfStreet() && !desk.street() {
		return desk.Store
	}
	return models.ID{}
}

// visit records that the guest was here, gives the points that the host has for it, and takes those that it costs. The visit's
// reference is unique: nobody is given them twice.
func (h *holding) visit(tx *gorm.DB, desk Desk, row models.SignUp, title string) error {
	if h.o.OfStreet() {
		return h.visitStreet(tx, desk, row, title)
	}
	v := relation.Visit{
		Alliance: h.o.AllianceID, Store: h.o.StoreID, Member: row.MemberID, Kind: models.VisitCheckIn, By: desk.Account,
		Reference: "check_in:" + h.o.ID.String() + ":" + row.MemberID.String(), At: *row.CheckedInAt, Points: h.terms.GiftPoints, What: title,
	}
	if _, err := h.Relation.Record(tx, v); err != nil {
		return err
	}
	due := h.costs(row.Came) - row.Paid
	if due <= 0 {
		return nil
	}
	v.Kind, v.Points, v.Reference = models.VisitHonour, due, "event:"+h.o.ID.String()+":"+row.MemberID.String()
	_, err := h.Relation.Record(tx, v)
	return err
}

// visitStreet is visit at an event of the street itself: no store gives or takes its points.
func (h *holding) visitStreet(tx *gorm.DB, desk Desk, row models.SignUp, title string) error {
	reference := "check_in:" + h.o.ID.String() + ":" + row.MemberID.String()
	if !row.SeenIn.IsZero() {
		v := relation.Visit{
			Alliance: h.o.AllianceID, Store: row.SeenIn, Member: row.MemberID, Kind: models.VisitCheckIn, By: desk.Account, Reference: reference, At: *row.CheckedInAt,
		}
		if _, err := h.Relation.Record(tx, v); err != nil {
			return err
		}
	}
	member, street := models.MemberPoints(row.MemberID), h.till()
	var entries []ledger.Entry
	if h.terms.GiftPoints > 0 {
		entries = append(entries, ledger.Entry{
			Debit: street, Credit: member, Amount: h.terms.GiftPoints, Kind: models.KindPointsIssued, Reference: reference + ":points", Member: row.MemberID, Reason: title, At: h.now,
		})
	}
	if due := h.costs(row.Came) - row.Paid; due > 0 {
		entries = append(entries, ledger.Entry{
			Debit: member, Credit: street, Amount: due, Kind: models.KindPointsSpent, Reference: reference + ":paid", Member: row.MemberID, Reason: title, At: h.now,
		})
	}
	if len(entries) == 0 {
		return nil
	}
	_, err := h.Ledger.Post(tx, h.o.AllianceID, entries...)
	return err
}

// mark turns the member's places into checked-in ones, or takes one at the door. Under the occurrence's lock one scan wins,
// however many doors there are.
func (h *holding) mark(tx *gorm.DB, desk Desk, member models.ID, came *int) (models.SignUp, error) {
	row, err := db.Find[models.SignUp](tx, "occurrence_id = ? AND member_id = ?", h.o.ID, member)
	if errors.Is(err, models.ErrNotFound) {
		return h.walkIn(tx, desk, member, came)
	}
	if err == nil && row.State == models.CheckedIn {
		err = h.scannedBefore(tx, row)
	}
	if err != nil {
		return row, err
	}
	row.State, row.CheckedInAt, row.CheckedInBy, row.Came, row.SeenIn = models.CheckedIn, &h.now, desk.Account, row.People(), h.standsIn(desk)
	if came != nil {
		row.Came = *came
	}
	if err := h.moreCame(tx, &row); err != nil {
		return row, err
	}
	err = tx.Save(&row).Error
	if err == nil {
		err = h.offerOn(tx)
	}
	return row, err
}

// moreCame makes room for guests who bring more people than they said, as long as there is some.
func (h *holding) moreCame(tx *gorm.DB, row *models.SignUp) error {
	if row.Came < 1 || row.Came > models.PerMemberMax {
		return ErrCame
	}
	if more := row.Came - row.People(); more > 0 {
		if err := h.place(tx, more); err != nil {
			return err
		}
		row.Companions += more
	}
	return nil
}

// walkIn gives places at the door. Who was waiting is not any more. Whom it is for is the staff's to heed: they are told of a guest
// who could not have signed up, and may let in whom they know.
func (h *holding) walkIn(tx *gorm.DB, desk Desk, member models.ID, came *int) (models.SignUp, error) {
	row := models.SignUp{
		ID: models.NewID(), AllianceID: h.o.AllianceID, OccurrenceID: h.o.ID, MemberID: member, State: models.CheckedIn, WalkIn: true,
		SignedUpAt: h.now, CheckedInAt: &h.now, CheckedInBy: desk.Account, SeenIn: h.standsIn(desk), Arrival: h.number(), Came: 1, Answers: models.Answers{},
	}
	if came != nil {
		row.Came = *came
	}
	if row.Came < 1 || row.Came > models.PerMemberMax {
		return row, ErrCame
	}
	row.Companions = row.Came - 1
	if err := h.doubt(tx, member); err != nil {
		return row, err
	}
	if err := h.leaveLine(tx, member); err != nil {
		return row, err
	}
	if err := h.place(tx, row.People()); err != nil {
		return row, err
	}
	if err := tx.Create(&row).Error; err != nil {
		return row, err
	}
	return row, h.offerOn(tx)
}

// doubt notes why a guest at the door could not have signed up.
func (h *holding) doubt(tx *gorm.DB, member models.ID) error {
	shut, err := h.shutOut(tx, []models.ID{member})
	var why *models.Error
	if h.unasked = ""; errors.As(shut[member], &why) {
		h.unasked = why.Code
	}
	return err
}

func (h *holding) leaveLine(tx *gorm.DB, member models.ID) error {
	w, err := db.Find[models.Waiter](tx, "occurrence_id = ? AND member_id = ?", h.o.ID, member)
	if err != nil {
		return db.IfNone(err, nil)
	}
	return h.strike(tx, w, models.EventSignUpCancelled)
}

// scannedBefore refuses a second scan, and says when the first was and by whom.
func (h *holding) scannedBefore(tx *gorm.DB, row models.SignUp) error {
	names, err := accountNames(tx, []models.ID{row.CheckedInBy})
	if err != nil {
		return err
	}
	at, by := models.SaidMoment(h.street.Local(*row.CheckedInAt)), names[row.CheckedInBy]
	return ErrCheckedIn.Say(at.ZH+" 由"+by+"签到了", "Checked in on "+at.EN+" by "+by+".")
}
