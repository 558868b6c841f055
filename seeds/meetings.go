package seeds

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/calendar"
	"onestreet/server/pool"
)

// meetingData is an event. Day counts from today: 3 was three days ago, -4 is in four days.
type meetingData struct {
	Store    string `json:"store"`
	Day      int    `json:"day"`
	From     string `json:"from"`
	Until    string `json:"until"`
	Title    string `json:"title"`
	Story    string `json:"story"`
	Place    string `json:"place"`
	Capacity int    `json:"capacity"`
	SignUps  int    `json:"sign_ups"`
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
	s, day := l.stores[m.Store], l.ago(m.Day)
	e, err := l.app.Calendar.Publish(ctx, l.desk(s, s.owner), models.EventPlan{
		Title: m.Title, Story: m.Story, Place: m.Place, StartsAt: at(day, m.From), EndsAt: at(day, m.Until), Capacity: m.Capacity,
	})
	if err != nil {
		return err
	}
	if err := l.drain(ctx, tx); err != nil {
		return err
	}
	var o models.Occurrence
	if err := tx.Where("event_id = ?", e.ID).Take(&o).Error; err != nil {
		return err
	}
	l.planGuests(s, o, m)
	return l.talkAbout(tx, models.CardEvent, e.ID)
}

// planGuests lets people take places until the evening before; some of them do not come, and some come without.
func (l *loader) planGuests(s *shop, o models.Occurrence, m meetingData) {
	r, now := l.chance.events, l.clock.Now()
	until := o.StartsAt.Add(-2 * time.Hour)
	if until.After(l.plan.Now) {
		until = l.plan.Now
	}
	places := max(m.SignUps*l.plan.Members/Members, 3)
	if m.SignUps >= m.Capacity {
		places = m.Capacity // the popular ones fill up in the smallest street too
	}
	coming := map[*neighbour]bool{}
	for range places {
		l.thenAlone(l.shiftAwake(between(r, now, until), now, until), func(ctx context.Context) error {
			n := l.guest(s, coming)
			coming[n] = true
			return l.signUp(ctx, s, o, n)
		})
	}
	for _, face := range l.regularsAt(m) {
		l.thenAlone(now.Add(time.Hour), func(ctx context.Context) error {
			if n := l.byFace[face]; n.joined {
				return l.signUp(ctx, s, o, n)
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
			if s.Slug == m.Store && i < 4 && (m.Day+len(m.Title))%2 == 0 {
				faces = append(faces, face)
			}
		}
	}
	return faces
}

// guest is somebody who might come to a store's event and is not coming yet: mostly those who go there anyway.
func (l *loader) guest(s *shop, coming map[*neighbour]bool) *neighbour {
	return pick(l.chance.events, l.present(), func(n *neighbour) float64 {
		if coming[n] {
			return 0
		}
		return n.weight * float64(1+4*min(s.bought[n], 8))
	})
}

// signUp takes a place: sign-ups that come at once share a commit, so this one commits for itself.
func (l *loader) signUp(ctx context.Context, s *shop, o models.Occurrence, n *neighbour) error {
	_, err := l.app.Calendar.SignUp(ctx, calendar.SignUp{Alliance: l.alliance.ID, Member: n.id, Occurrence: o.ID})
	if refused(err) {
		return nil // full, or they have a place
	}
	if err == nil && l.chance.events.IntN(100) < 82 {
		l.then(o.StartsAt.Add(time.Duration(l.chance.events.IntN(25)-12)*time.Minute), l.checkIn(s, o, n))
	}
	return err
}

func (l *loader) checkIn(s *shop, o models.Occurrence, n *neighbour) step {
	return func(ctx context.Context, _ *gorm.DB) error {
		_, _, err := l.app.Calendar.CheckIn(ctx, l.desk(s, s.clerk), calendar.CheckIn{Occurrence: o.ID, Member: n.id})
		if refused(err) {
			return nil
		}
		return err
	}
}
