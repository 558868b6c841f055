package seeds

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/calendar"
	"onestreet/server/feed"
	"onestreet/server/platform/db"
	"onestreet/server/pool"
)

// meetingData is an event. Store is who holds it, "street" the street itself; With are stores that hold it with them. Day counts
// from today: 3 was three days ago, -4 is in four days. Thanks are what the host writes to those who came, an evening later.
type meetingData struct {
	Store    string   `json:"store"`
	With     []string `json:"with"`
	Day      int      `json:"day"`
	From     string   `json:"from"`
	Until    string   `json:"until"`
	Title    string   `json:"title"`
	Story    string   `json:"story"`
	Place    string   `json:"place"`
	Bring    string   `json:"bring"`
	Pictures []string `json:"pictures"`
	Capacity int      `json:"capacity"`
	SignUps  int      `json:"sign_ups"`
	Thanks   string   `json:"thanks"`
	Circle   string   `json:"circle"` // that it is for, by its name
}

// hosted is who plans a meeting, and who stands at its door: of the street's own a store that holds it too.
func (l *loader) hosted(m meetingData) (plans, door calendar.Desk) {
	if s := l.stores[m.Store]; s != nil {
		return l.desk(s, s.owner), l.desk(s, s.clerk)
	}
	plans = calendar.Desk{Alliance: l.alliance.ID, Store: l.alliance.ID, Account: l.coordinator}
	if len(m.With) == 0 {
		return plans, plans
	}
	s := l.stores[m.With[0]]
	return plans, l.desk(s, s.clerk)
}

// announced is how many days before an event it is told of.
const announced = 6

// planMeetings announces each event a few days before it, one far ahead with the nearest others; then people sign up,
// and come.
func (l *loader) planMeetings() {
	for i, m := range l.meetings {
		told := max(m.Day+announced, 1+i%4)
		if l.plan.Days < told {
			continue // of a longer history than this one
		}
		l.then(at(l.ago(told), "09:30").Add(time.Duration(i*17%180)*time.Minute), func(ctx context.Context, tx *gorm.DB) error {
			return l.announce(ctx, tx, m)
		})
	}
}

// marketTea is what the tea house holds every market day, since so many days.
const marketTea = 15

// planMarket lets the tea house open its door to the market, and one who goes there ask for the letter on its eve.
func (l *loader) planMarket() {
	if l.plan.Days < marketTea {
		return
	}
	l.thenAlone(at(l.ago(marketTea), "08:10"), func(ctx context.Context) error {
		s := l.stores["tea"]
		e, err := l.app.Calendar.PublishSeries(ctx, l.desk(s, s.owner), calendar.Repeated{
			EventPlan: models.EventPlan{
				Title: "赶集早茶", Story: "赶集的先来坐坐，一壶老茶，两块枣糕，歇够了再逛。", Place: "清和茶馆门口",
				StartsAt: at(l.ago(marketTea-1), "08:00"), EndsAt: at(l.ago(marketTea-1), "10:00"), Capacity: 16,
			},
			Pattern: calendar.Pattern{Rule: `{"kind":"street"}`},
		})
		if err != nil {
			return err
		}
		return l.toMarket(ctx, e.ID)
	})
}

// toMarket lets the demo's shoppers come to the market tea that is next at the demo's opening.
func (l *loader) toMarket(ctx context.Context, event models.ID) error {
	var next models.Occurrence
	if err := l.app.DB.Read(ctx).Where("event_id = ? AND starts_at > ?", event, l.plan.Now).Order("starts_at").Take(&next).Error; err != nil {
		return err
	}
	for i, face := range []string{"li", "wang"} {
		l.thenAlone(at(l.ago(2), "19:00").Add(time.Duration(i)*time.Hour), func(ctx context.Context) error {
			n := l.byFace[face]
			if !n.joined {
				return nil
			}
			if err := l.app.Pool.SetNotices(ctx, l.alliance.ID, n.id, pool.NoticeSettings{MarketEve: true}); err != nil {
				return err
			}
			_, err := l.app.Calendar.SignUp(ctx, calendar.SignUp{Alliance: l.alliance.ID, Member: n.id, Occurrence: next.ID})
			return err
		})
	}
	return nil
}

func (l *loader) announce(ctx context.Context, tx *gorm.DB, m meetingData) error {
	day := l.ago(m.Day)
	plans, door := l.hosted(m)
	e, err := l.app.Calendar.Publish(ctx, plans, models.EventPlan{
		Title: m.Title, Story: m.Story, Place: m.Place, StartsAt: at(day, m.From), EndsAt: at(day, m.Until), Capacity: m.Capacity,
	})
	if err != nil {
		return err
	}
	if err := l.hangUp(ctx, plans, e.ID, m); err != nil {
		return err
	}
	if err := l.joinHands(ctx, plans, e.ID, m); err != nil {
		return err
	}
	if err := l.askCircle(ctx, tx, plans, e.ID, m); err != nil {
		return err
	}
	if err := l.drain(ctx, tx); err != nil {
		return err
	}
	var o models.Occurrence
	if err := tx.Where("event_id = ?", e.ID).Take(&o).Error; err != nil {
		return err
	}
	l.planGuests(door, o, m)
	l.planThanks(plans, o, m)
	return l.talkAbout(tx, models.CardEvent, e.ID)
}

// hangUp says what to bring and hangs the pictures up.
func (l *loader) hangUp(ctx context.Context, plans calendar.Desk, event models.ID, m meetingData) error {
	if m.Bring == "" && len(m.Pictures) == 0 {
		return nil
	}
	leaflet := calendar.Leaflet{Bring: m.Bring}
	for _, name := range m.Pictures {
		photo, err := l.upload(ctx, feed.Author{Alliance: plans.Alliance, Account: plans.Account}, name)
		if err != nil {
			return err
		}
		leaflet.Pictures = append(leaflet.Pictures, photo)
	}
	_, err := l.app.Calendar.SetLeaflet(ctx, plans, event, leaflet)
	return err
}

// joinHands lets the other stores accept to hold it too.
func (l *loader) joinHands(ctx context.Context, plans calendar.Desk, event models.ID, m meetingData) error {
	if len(m.With) == 0 {
		return nil
	}
	ids := make([]models.ID, len(m.With))
	for i, slug := range m.With {
		ids[i] = l.stores[slug].ID
	}
	_, err := l.app.Calendar.AskHosts(ctx, plans, event, ids)
	for i := 0; err == nil && i < len(ids); i++ {
		s := l.stores[m.With[i]]
		err = l.app.Calendar.AnswerHosting(ctx, l.desk(s, s.owner), event, true, models.ID{})
	}
	return err
}

// askCircle says that the meeting is for a circle; on a street that is younger than the circle it is for everybody.
func (l *loader) askCircle(ctx context.Context, tx *gorm.DB, plans calendar.Desk, event models.ID, m meetingData) error {
	if m.Circle == "" {
		return nil
	}
	c, err := db.Find[models.Circle](tx, "alliance_id = ? AND name = ?", l.alliance.ID, m.Circle)
	if errors.Is(err, models.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	terms := models.DefaultTerms(event, l.alliance.ID)
	terms.Who, terms.Circle, terms.PerMember, terms.WaitingPlaces = models.WelcomeCircle, c.ID, 2, 6
	_, err = l.app.Calendar.SetTerms(ctx, plans, terms)
	return err
}

// planThanks lets the host thank all who came, the evening after.
func (l *loader) planThanks(plans calendar.Desk, o models.Occurrence, m meetingData) {
	if m.Thanks == "" {
		return
	}
	l.then(o.EndsAt.Add(3*time.Hour), func(ctx context.Context, _ *gorm.DB) error {
		err := l.app.Calendar.Thank(ctx, plans, o.ID, m.Thanks, models.ID{})
		if refused(err) {
			return nil // nobody came, in so small a street
		}
		return err
	})
}

// planGuests lets people take places until the evening before; some of them do not come, and some come without.
func (l *loader) planGuests(door calendar.Desk, o models.Occurrence, m meetingData) {
	s, r, now := l.stores[m.Store], l.chance.events, l.clock.Now()
	until := o.StartsAt.Add(-2 * time.Hour)
	if until.After(l.plan.Now) {
		until = l.plan.Now
	}
	places := max(m.SignUps*l.plan.Members/Members, 3)
	if m.SignUps >= m.Capacity {
		places = m.Capacity // the popular ones fill up in the smallest street too
	}
	faces := l.regularsAt(m)
	if m.Circle != "" {
		places, faces = 0, facesIn(m.Circle)
	}
	coming := map[*neighbour]bool{}
	for range places {
		l.thenAlone(l.shiftAwake(between(r, now, until), now, until), func(ctx context.Context) error {
			n := l.guest(s, coming)
			coming[n] = true
			return l.signUp(ctx, door, o, n)
		})
	}
	for i, face := range faces {
		l.thenAlone(now.Add(time.Duration(i+1)*time.Hour), func(ctx context.Context) error {
			if n := l.byFace[face]; n.joined {
				return l.signUp(ctx, door, o, n)
			}
			return nil
		})
	}
}

// regularsAt are the demo's shoppers who take an interest: in every second event at a store of theirs.
func (l *loader) regularsAt(m meetingData) []string {
	var faces []string
	for _, face := range []string{"li", "wang", "tang"} {
		for i, s := range l.byFace[face].stores {
			if (s.Slug == m.Store || m.Store == "street" && i == 0) && i < 4 && (m.Day+len(m.Title))%2 == 0 {
				faces = append(faces, face)
			}
		}
	}
	return faces
}

// guest is somebody who might come to a store's event (nil: the street's) and is not coming yet: mostly those who go there anyway.
func (l *loader) guest(s *shop, coming map[*neighbour]bool) *neighbour {
	return pick(l.chance.events, l.present(), func(n *neighbour) float64 {
		if coming[n] {
			return 0
		}
		if s == nil {
			return n.weight
		}
		return n.weight * float64(1+4*min(s.bought[n], 8))
	})
}

// signUp takes a place: sign-ups that come at once share a commit, so this one commits for itself.
func (l *loader) signUp(ctx context.Context, door calendar.Desk, o models.Occurrence, n *neighbour) error {
	_, err := l.app.Calendar.SignUp(ctx, calendar.SignUp{Alliance: l.alliance.ID, Member: n.id, Occurrence: o.ID})
	if refused(err) {
		return nil // full, or they have a place
	}
	if err == nil && l.chance.events.IntN(100) < 82 {
		l.then(o.StartsAt.Add(time.Duration(l.chance.events.IntN(25)-12)*time.Minute), l.checkIn(door, o, n))
	}
	return err
}

func (l *loader) checkIn(door calendar.Desk, o models.Occurrence, n *neighbour) step {
	return func(ctx context.Context, _ *gorm.DB) error {
		_, _, err := l.app.Calendar.CheckIn(ctx, door, calendar.CheckIn{Occurrence: o.ID, Member: n.id})
		if refused(err) {
			return nil
		}
		return err
	}
}
