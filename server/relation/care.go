package relation

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
)

const (
	careShown    = 12
	fallingSoon  = 14 * 24 * time.Hour
	thanksWithin = 7 * 24 * time.Hour
	missedAfter  = 7 * 24 * time.Hour
)

// The things to do about a customer.
const (
	ActionReply = "reply"
	ActionThank = "thank"
	ActionGreet = "greet"
)

// Care is one customer whom a store should look after today, and why.
type Care struct {
	MemberID models.ID    `json:"member_id"`
	Name     string       `json:"name" doc:"as the staff call them"`
	Face     string       `json:"face"`
	Level    models.Level `json:"level" enum:"none,micro,weak,strong,super"`
	Reason   string       `json:"reason"`
	Hint     string       `json:"hint" doc:"from the staff's own note, or what is polite"`
	Action   string       `json:"action" enum:"greet,thank,reply"`
}

// concern is a relation with its reason, before names are known.
type concern struct {
	models.Relation
	action       string
	reason, hint models.Text
}

// Care lists whom a store should look after, the most pressing first: something not settled; a closest customer whose
// neighbour has bought for the first time; whom silence will soon cost a level; close customers who have not been here
// for a week. A member comes once.
func (s *Service) Care(ctx context.Context, alliance, store models.ID, locale string) ([]Care, error) {
	list := &careList{r: s.DB.Read(ctx), store: store, now: s.Clock.Now(), seen: map[models.ID]bool{}}
	for _, look := range []func(*careList) error{unsettled, s.thanks, falling, missed} {
		if len(list.concerns) >= careShown {
			break
		}
		if err := look(list); err != nil {
			return nil, err
		}
	}
	return s.named(ctx, alliance, store, list.concerns, locale)
}

type careList struct {
	r        *gorm.DB
	store    models.ID
	now      time.Time
	seen     map[models.ID]bool
	concerns []concern
}

func (l *careList) relations(order, narrow string, args ...any) ([]models.Relation, error) {
	var rows []models.Relation
	err := l.r.Where("store_id = ?", l.store).Where(narrow, args...).Order(order + ", member_id").Limit(2 * careShown).Find(&rows).Error
	return rows, err
}

func (l *careList) add(c concern) {
	if !l.seen[c.MemberID] && len(l.concerns) < careShown {
		l.seen[c.MemberID] = true
		l.concerns = append(l.concerns, c)
	}
}

func (l *careList) daysSince(at *time.Time) int {
	if at == nil {
		return 0
	}
	return int(l.now.Sub(*at).Hours() / 24)
}

func unsettled(l *careList) error {
	rows, err := l.relations("complained_at", "complained_at IS NOT NULL")
	for _, r := range rows {
		l.add(concern{r, ActionReply, models.Text{ZH: r.Complaint, EN: r.Complaint}, models.Text{ZH: "先说声对不住，再说怎么办。", EN: "Say sorry first, then what you will do."}})
	}
	return err
}

// thanks are due to closest customers who brought somebody lately.
func (s *Service) thanks(l *careList) error {
	var parts []models.Participation
	err := l.r.Where("store_id = ? AND kind = ? AND at > ?", l.store, models.TookPartBrought, l.now.Add(-thanksWithin)).
		Order("at DESC").Limit(careShown).Find(&parts).Error
	if err != nil || len(parts) == 0 {
		return err
	}
	latest, ids := map[models.ID]models.Participation{}, []models.ID{}
	for _, p := range parts {
		if _, more := latest[p.MemberID]; !more {
			latest[p.MemberID] = p
			ids = append(ids, p.MemberID)
		}
	}
	rows, err := l.relations("last_active_at DESC", "level = ? AND member_id IN ?", models.LevelSuper, ids)
	for _, r := range rows {
		at := latest[r.MemberID].At
		zh, en := ago(l.daysSince(&at))
		l.add(concern{r, ActionThank,
			models.Text{ZH: "带来的街坊，" + zh + "买了第一单。", EN: "A neighbour they brought bought for the first time " + en + "."},
			models.Text{ZH: "见面谢一声。", EN: "Say thank you when you meet."}})
	}
	return err
}

func ago(days int) (zh, en string) {
	switch days {
	case 0:
		return "刚", "just now"
	case 1:
		return "前一天", "a day ago"
	}
	return fmt.Sprintf("%d 天前", days), fmt.Sprintf("%d days ago", days)
}

func falling(l *careList) error {
	rows, err := l.relations("falls_at", "level >= ? AND falls_at > ? AND falls_at <= ?", models.LevelWeak, l.now, l.now.Add(fallingSoon))
	for _, r := range rows {
		quiet, left := l.daysSince(r.LastActiveAt), int((r.FallsAt.Sub(l.now)+24*time.Hour-1)/(24*time.Hour))
		l.add(concern{r, ActionGreet,
			models.Text{ZH: fmt.Sprintf("%d 天没来，再过 %d 天降级。", quiet, left), EN: fmt.Sprintf("Not here for %d days; down one level in %d.", quiet, left)},
			models.Text{ZH: "问一声近来怎么样。", EN: "Ask how they are."}})
	}
	return err
}

func missed(l *careList) error {
	rows, err := l.relations("level DESC, last_visit_at", "level >= ? AND last_visit_at < ?", models.LevelStrong, l.now.Add(-missedAfter))
	for _, r := range rows {
		quiet := l.daysSince(r.LastVisitAt)
		l.add(concern{r, ActionGreet,
			models.Text{ZH: fmt.Sprintf("%d 天没来，一共买过 %d 回。", quiet, r.Purchases), EN: fmt.Sprintf("Not here for %d days; bought %d times in all.", quiet, r.Purchases)},
			models.Text{ZH: "来了多聊两句。", EN: "Have a chat when they come."}})
	}
	return err
}

// named puts names, faces and the staff's own notes to what was found.
func (s *Service) named(ctx context.Context, alliance, store models.ID, concerns []concern, locale string) ([]Care, error) {
	ids := make([]models.ID, len(concerns))
	for i, c := range concerns {
		ids[i] = c.MemberID
	}
	members, err := s.Pool.Members(ctx, alliance, ids)
	if err != nil {
		return nil, err
	}
	list := make([]Care, 0, len(concerns))
	for _, c := range concerns {
		line, err := s.Pool.Customer(ctx, alliance, store, c.MemberID)
		if err != nil {
			return nil, err
		}
		m := members[c.MemberID]
		list = append(list, Care{
			MemberID: c.MemberID, Name: first(c.Remark, line.Name, m.Name), Face: m.Face, Level: c.Level,
			Reason: c.reason.In(locale), Hint: first(c.Note, line.Note, c.hint.In(locale)), Action: c.action,
		})
	}
	return list, nil
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
