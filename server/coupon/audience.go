package coupon

import (
	"context"
	"encoding/json"
	"strings"

	"gorm.io/gorm"

	"onestreet/models"
)

// Reached lists the members of a street, with those who have left left out, whom a store's audience is about now. It is for
// what gives out and is not shown to anyone: a store sees a count only (Preview).
func (s *Service) Reached(tx *gorm.DB, alliance, store models.ID, a models.Audience) ([]models.ID, error) {
	st, err := s.street(tx.Statement.Context, alliance)
	if err != nil {
		return nil, err
	}
	var ids []models.ID
	err = within(tx, st, store, a).Order("m.id").Pluck("m.id", &ids).Error
	return ids, err
}

// InAudience tells whether a campaign is for a member.
func (s *Service) InAudience(tx *gorm.DB, c models.Campaign, member models.ID) (bool, error) {
	st, err := s.street(tx.Statement.Context, c.AllianceID)
	if err != nil {
		return false, err
	}
	out, err := s.outside(tx, c, st, []models.ID{member})
	return !out[member], err
}

// outside tells which of some members a campaign is not for.
func (s *Service) outside(tx *gorm.DB, c models.Campaign, st street, members []models.ID) (map[models.ID]bool, error) {
	out := make(map[models.ID]bool, len(members))
	if c.Audience.Everyone() {
		return out, nil
	}
	var in []models.ID
	if err := within(tx, st, c.StoreID, c.Audience).Where("m.id IN ?", members).Pluck("m.id", &in).Error; err != nil {
		return nil, err
	}
	for _, id := range members {
		out[id] = true
	}
	for _, id := range in {
		delete(out, id)
	}
	return out, nil
}

// AudienceCount is how many members an audience reaches, as a store sees it.
type AudienceCount struct {
	Reached int64
	Few     bool // fewer than the street's K: the number is withheld
	About   bool // rounded down, since it touches what the store does not know itself
	K       int64
}

// PreviewAudience counts whom a store's audience would reach. A visit rule may name any store of the street: a count says
// nothing of one member. Error: invalid.
func (s *Service) PreviewAudience(ctx context.Context, alliance, store models.ID, a models.Audience) (AudienceCount, error) {
	st, err := s.street(ctx, alliance)
	if err != nil {
		return AudienceCount{}, err
	}
	if a, err = s.Known(ctx, alliance, store, a); err != nil {
		return AudienceCount{}, err
	}
	var p problems
	if checkAudience(&p, a, store, nil); p.error() != nil {
		return AudienceCount{}, p.error()
	}
	var n int64
	if err := within(s.DB.Read(ctx), st, store, a).Count(&n).Error; err != nil {
		return AudienceCount{}, err
	}
	out := AudienceCount{About: a.Private(store), K: int64(st.K)}
	out.Reached, out.Few = a.Shown(n, out.K, store)
	return out, nil
}

// within narrows the members m of a street to those of an audience of a store.
func within(tx *gorm.DB, st street, store models.ID, a models.Audience) *gorm.DB {
	return narrowed(tx.Table("members AS m").Where("m.alliance_id = ? AND m.left_at IS NULL", st.ID), st, store, a)
}

// narrowed leaves of the members m those of one more audience.
func narrowed(q *gorm.DB, st street, store models.ID, a models.Audience) *gorm.DB {
	if a.Level != nil && *a.Level > models.LevelNone {
		q = q.Where("EXISTS (SELECT 1 FROM relations r WHERE r.store_id = ? AND r.member_id = m.id AND r.level >= ?)", store, *a.Level)
	}
	if len(a.Tags) > 0 {
		sql, args := taggedBy(store, a.Tags)
		q = q.Where(sql, args...)
	}
	if a.Visits != nil {
		q = withinVisits(q, st, *a.Visits)
	}
	if a.TookPart > 0 {
		q = q.Where("EXISTS (SELECT 1 FROM participations p WHERE p.store_id = ? AND p.member_id = m.id AND p.kind <> ? AND p.at >= ?)",
			store, models.TookPartBrought, st.daysAgo(a.TookPart))
	}
	if a.Circle != nil {
		q = q.Where("EXISTS (SELECT 1 FROM circle_members c JOIN circles k ON k.id = c.circle_id WHERE k.id = ? AND k.alliance_id = ? AND (k.store_id = ? OR k.access = ?)"+
			" AND c.member_id = m.id AND c.state = ?)", a.Circle.ID, st.ID, store, models.CircleOpen, models.CircleMemberIn)
	}
	if a.Joined > 0 {
		q = q.Where("m.joined_at >= ?", st.daysAgo(a.Joined))
	}
	if a.Birthday != nil {
		q = withinBirthdays(q, a.Birthday.Fitting(st.now, st.zone))
	}
	return q
}

// taggedBy: the tags are kept as a JSON list, so a tag stands there in quotes, and nothing else does.
func taggedBy(store models.ID, tags []string) (string, []any) {
	args, likes := []any{store}, make([]string, len(tags))
	for i, tag := range tags {
		quoted, _ := json.Marshal(tag)
		args, likes[i] = append(args, "%"+likeEscape.Replace(string(quoted))+"%"), "r.tags LIKE ? ESCAPE '!'"
	}
	return "EXISTS (SELECT 1 FROM relations r WHERE r.store_id = ? AND r.member_id = m.id AND (" + strings.Join(likes, " OR ") + "))", args
}

var likeEscape = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")

func withinVisits(q *gorm.DB, st street, v models.VisitRule) *gorm.DB {
	const count = "(SELECT COUNT(*) FROM visits v WHERE v.store_id = ? AND v.member_id = m.id AND v.at >= ? AND v.cancelled_at IS NULL)"
	if v.AtLeast != nil {
		q = q.Where(count+" >= ?", v.Store, st.daysAgo(v.Days), *v.AtLeast)
	}
	if v.AtMost != nil {
		q = q.Where(count+" <= ?", v.Store, st.daysAgo(v.Days), *v.AtMost)
	}
	return q
}

func withinBirthdays(q *gorm.DB, days []models.MonthDay) *gorm.DB {
	numbers := make([]int, len(days))
	for i, d := range days {
		numbers[i] = d.Month*100 + d.Day
	}
	return q.Where("m.birth_month * 100 + m.birth_day IN ?", numbers)
}
