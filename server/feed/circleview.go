package feed

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
)

// CircleView is a circle as a reader sees it.
type CircleView struct {
	ID        models.ID           `json:"id"`
	Name      string              `json:"name"`
	About     string              `json:"about"`
	Access    models.CircleAccess `json:"access" enum:"open,invitation,level"`
	Level     models.Level        `json:"level" doc:"from which level on, when access is by level"`
	Store     *models.StoreRef    `json:"store,omitempty" doc:"that keeps it"`
	Members   int64               `json:"members"`
	State     models.CircleState  `json:"state" enum:",invited,member" doc:"where the reader stands"`
	Moderator bool                `json:"moderator" doc:"the reader keeps order here"`
	Readable  bool                `json:"readable"`
	CreatedAt time.Time           `json:"created_at"`
}

// Circles lists the circles that somebody can know of: those they are in or invited to, and all that are not by invitation.
// Coordinators know all.
func (s *Service) Circles(ctx context.Context, reader *identity.Principal) ([]CircleView, error) {
	read := s.DB.Read(ctx)
	query := read.Where("alliance_id = ?", reader.AllianceID)
	if !reader.Coordinator {
		mine := s.DB.Read(ctx).Model(&models.CircleMember{}).Select("circle_id").Where("account_id = ? AND alliance_id = ?", reader.AccountID, reader.AllianceID)
		query = query.Where("access <> ? OR id IN (?)", models.CircleInvitation, mine)
	}
	var rows []models.Circle
	if err := query.Order("id").Find(&rows).Error; err != nil {
		return nil, err
	}
	return s.circleViews(ctx, reader, rows)
}

// Circle reads one. Errors: not_found, also for one by invitation that the reader is not invited to.
func (s *Service) Circle(ctx context.Context, reader *identity.Principal, id models.ID) (CircleView, error) {
	c, place, err := s.standing(s.DB.Read(ctx), speaker(reader, models.ID{}), id.String())
	if err == nil && c.Access == models.CircleInvitation && place.State == "" && !reader.Coordinator {
		err = models.ErrNotFound
	}
	if err != nil {
		return CircleView{}, err
	}
	views, err := s.circleViews(ctx, reader, []models.Circle{c})
	if err != nil {
		return CircleView{}, err
	}
	return views[0], nil
}

func (s *Service) circleViews(ctx context.Context, reader *identity.Principal, rows []models.Circle) ([]CircleView, error) {
	ids := make([]models.ID, len(rows))
	for i, c := range rows {
		ids[i] = c.ID
	}
	stores, err := s.Pool.Refs(ctx, reader.AllianceID)
	if err != nil {
		return nil, err
	}
	sizes, places, err := circleFacts(s.DB.Read(ctx), reader.AccountID, ids)
	views := make([]CircleView, 0, len(rows))
	for _, c := range rows {
		place := places[c.ID]
		v := CircleView{
			ID: c.ID, Name: c.Name, About: c.About, Access: c.Access, Level: c.Level, Members: sizes[c.ID], State: place.State, CreatedAt: c.CreatedAt,
			Moderator: reader.Coordinator || place.Moderator && place.State == models.CircleMemberIn,
			Readable:  reader.Coordinator || place.State == models.CircleMemberIn || c.Access == models.CircleOpen && !reader.Visitor(),
		}
		if ref, ok := stores[c.StoreID]; ok {
			v.Store = &ref
		}
		views = append(views, v)
	}
	return views, err
}

// circleFacts counts who is in each circle and finds where an account stands.
func circleFacts(read *gorm.DB, account models.ID, circles []models.ID) (map[models.ID]int64, map[models.ID]models.CircleMember, error) {
	sizes, places := map[models.ID]int64{}, map[models.ID]models.CircleMember{}
	if len(circles) == 0 {
		return sizes, places, nil
	}
	var counts []struct {
		CircleID models.ID
		N        int64
	}
	err := read.Model(&models.CircleMember{}).Select("circle_id, COUNT(*) AS n").Where("circle_id IN ? AND state = ?", circles, models.CircleMemberIn).
		Group("circle_id").Scan(&counts).Error
	if err != nil {
		return nil, nil, err
	}
	for _, c := range counts {
		sizes[c.CircleID] = c.N
	}
	var mine []models.CircleMember
	err = read.Where("circle_id IN ? AND account_id = ?", circles, account).Find(&mine).Error
	for _, m := range mine {
		places[m.CircleID] = m
	}
	return sizes, places, err
}

// InCircle is somebody in a circle, or invited.
type InCircle struct {
	models.PersonRef
	State     models.CircleState `json:"state" enum:"invited,member"`
	Moderator bool               `json:"moderator"`
}

// CircleMembers lists the members of a circle to those in it, moderators first. Errors: not_found, not_in_circle.
func (s *Service) CircleMembers(ctx context.Context, reader *identity.Principal, id models.ID) ([]InCircle, error) {
	who := speaker(reader, models.ID{})
	_, place, err := s.standing(s.DB.Read(ctx), who, id.String())
	if err == nil && place.State != models.CircleMemberIn && !reader.Coordinator {
		err = ErrNotInCircle
	}
	if err != nil {
		return nil, err
	}
	var rows []models.CircleMember
	if err := s.DB.Read(ctx).Where("circle_id = ? AND alliance_id = ?", id, reader.AllianceID).Order("moderator DESC, at, account_id").Limit(1000).Find(&rows).Error; err != nil {
		return nil, err
	}
	said := make([]voice, len(rows))
	for i, m := range rows {
		said[i] = voice{account: m.AccountID, member: m.MemberID}
	}
	known, err := s.people(ctx, reader.AllianceID, said)
	people := make([]InCircle, 0, len(rows))
	for _, m := range rows {
		people = append(people, InCircle{PersonRef: known.speaker(m.AccountID, m.MemberID, models.ID{}), State: m.State, Moderator: m.Moderator})
	}
	return people, err
}
