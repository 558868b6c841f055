package notify

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
)

// offerMade tells one who waits that there are places now, and until when they are kept.
func (s *Service) offerMade(_ context.Context, tx *gorm.DB, e outbox.Event, p models.OfferMade) error {
	o, f, err := s.occasion(tx, e.AllianceID, p.OccurrenceID)
	if err != nil {
		return err
	}
	_, err = db.Find[models.Waiter](tx, "occurrence_id = ? AND member_id = ? AND state = ?", o.ID, p.MemberID, models.Offered)
	if err != nil {
		return db.IfNone(err, nil) // taken or passed on before this was told
	}
	f.Count, f.Until = int64(p.Places), p.Until
	return s.tellWaiter(tx, e, o, p.MemberID, models.NoticeOfferMade, f)
}

// offerExpired tells that the places went to the next.
func (s *Service) offerExpired(_ context.Context, tx *gorm.DB, e outbox.Event, p models.SignUpChanged) error {
	return s.waited(tx, e, p, models.NoticeOfferExpired)
}

// lineClosed tells who still waited that there was no place, unless it is off: that they are told by its own letter.
func (s *Service) lineClosed(_ context.Context, tx *gorm.DB, e outbox.Event, p models.SignUpChanged) error {
	return s.waited(tx, e, p, models.NoticeLineClosed)
}

func (s *Service) waited(tx *gorm.DB, e outbox.Event, p models.SignUpChanged, kind models.NoticeKind) error {
	o, f, err := s.occasion(tx, e.AllianceID, p.OccurrenceID)
	if err != nil {
		return err
	}
	if o.State == models.EventStateCancelled {
		kind = models.NoticeEventCancelled
	}
	return s.tellWaiter(tx, e, o, p.MemberID, kind, f)
}

func (s *Service) tellWaiter(tx *gorm.DB, e outbox.Event, o models.Occurrence, member models.ID, kind models.NoticeKind, f facts) error {
	return s.deliver(tx, draft{
		alliance: e.AllianceID, member: member, store: o.StoreID, kind: kind,
		reference: fmt.Sprintf("%s:%s:%d", kind, o.ID, e.ID), link: linkTo(o), at: e.At, facts: f,
	})
}

// A reminder comes a day and an hour before. Between 22:00 and 8:00 on the street nobody is woken: what falls into the
// night comes in the morning, as long as it has not begun.
const (
	dayBefore  = 24 * time.Hour
	hourBefore = time.Hour
	quietFrom  = 22
	quietUntil = 8
)

// quiet tells whether people sleep.
func quiet(local time.Time) bool { return local.Hour() >= quietFrom || local.Hour() < quietUntil }

// RemindOfEvents reminds those who have places of what begins within a day, and again within an hour. A job: a reminder is
// unique for its member, date and time of beginning, so it comes once however many nodes run it, and anew when it moved.
func (s *Service) RemindOfEvents(ctx context.Context) error {
	now := s.Clock.Now()
	var soon []models.Occurrence
	err := s.DB.Read(ctx).Where("state = ? AND starts_at > ? AND starts_at <= ?", models.EventStatePublished, now, now.Add(dayBefore)).Order("starts_at, id").Find(&soon).Error
	for i := 0; err == nil && i < len(soon); i++ {
		err = s.remindGuests(ctx, soon[i], now)
	}
	return err
}

func (s *Service) remindGuests(ctx context.Context, o models.Occurrence, now time.Time) error {
	street, err := s.Pool.Alliance(ctx, o.AllianceID)
	if err != nil || quiet(street.Local(now)) {
		return err
	}
	kind := models.NoticeEventTomorrow
	if !now.Before(o.StartsAt.Add(-hourBefore)) {
		kind = models.NoticeEventSoon
	}
	reference := fmt.Sprintf("%s:%s:%d", kind, o.ID, o.StartsAt.Unix())
	told := s.DB.Read(ctx).Model(&models.Notice{}).Select("member_id").Where("alliance_id = ? AND reference = ?", o.AllianceID, reference)
	var members []models.ID
	err = s.DB.Read(ctx).Model(&models.SignUp{}).Where("occurrence_id = ? AND state = ? AND member_id NOT IN (?)", o.ID, models.SignedUp, told).
		Where("signed_up_at < ?", o.StartsAt.Add(-spare(kind))).Order("member_id").Pluck("member_id", &members).Error
	if err != nil || len(members) == 0 {
		return err
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		_, f, err := s.occasion(tx, o.AllianceID, o.ID)
		for i := 0; err == nil && i < len(members); i++ {
			err = s.deliver(tx, draft{alliance: o.AllianceID, member: members[i], store: o.StoreID, kind: kind, reference: reference, link: linkTo(o), at: now, facts: f})
		}
		return err
	})
}

// spare is how long before the beginning one must have signed up to be reminded: who has just done so knows.
func spare(kind models.NoticeKind) time.Duration {
	if kind == models.NoticeEventTomorrow {
		return dayBefore
	}
	return hourBefore
}

// waitingLetter finds the words for what a notice tells those who wait and those who are reminded.
func waitingLetter(kind models.NoticeKind, f facts, zone *time.Location) (title, text models.Text) {
	switch kind {
	case models.NoticeOfferMade:
		return words("轮到您了：%s", "It is your turn: %s", f.Title),
			both("腾出 %s 个位子，给您留到 %s。点开接下，过了时间就问下一位", "Places free for you: %s, kept until %s. Open this to take them; then the next is asked.", models.Same(fmt.Sprint(f.Count)), moment(f.Until, zone))
	case models.NoticeOfferExpired:
		return words("%s的位子让给下一位了", "Your place at %s went to the next", f.Title),
			both("等您回话的时间过了。还想来，可以再排一次候补", "The time to answer is over. You can wait again if you would still like to come.")
	case models.NoticeLineClosed:
		return words("%s没排上", "No place at %s this time", f.Title),
			both("%s 这一场没再腾出位子。门口要是有空，直接来也行", "No more places came free for %s. If there is room at the door, you are welcome.", moment(f.From, zone))
	case models.NoticeEventTomorrow:
		return words("快到了：%s", "Coming up: %s", f.Title),
			both("%s，%s，%s。%s去不了就退一下，给别人留个座", "%s, %s, %s. %sIf you cannot come, give the place back for somebody else.", moment(f.From, zone), models.Same(f.Store), models.Same(f.Place), bringLine(f.Bring))
	}
	return words("一会儿见：%s", "See you soon: %s", f.Title),
		both("%s，%s，%s。到了出示会员码就行", "%s, %s, %s. Show your member code when you come.", moment(f.From, zone), models.Same(f.Store), models.Same(f.Place))
}

// bringLine reminds of what to bring, where there is something.
func bringLine(bring string) models.Text {
	if bring == "" {
		return models.Text{}
	}
	return models.Text{ZH: "记得带上" + bring + "。", EN: "Please bring: " + bring + ". "}
}
