package conduct

import (
	"context"
	"time"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/blob"
)

// TalkCase is a case as a moderator sees it.
type TalkCase struct {
	ID        models.ID        `json:"id"`
	Kind      string           `json:"kind" enum:"post,comment"`
	PostID    models.ID        `json:"post_id" doc:"the post, or the one that the comment stands under"`
	Author    models.PersonRef `json:"author"`
	Text      string           `json:"text"`
	Why       string           `json:"why" enum:"rule,first,report"`
	Rule      string           `json:"rule"`
	Evidence  string           `json:"evidence"`
	State     models.CaseState `json:"state" enum:"held,shown,passed,struck,removed"`
	Photos    []string         `json:"photos" nullable:"false" doc:"small pictures of a post that is not shown yet"`
	Reports   []string         `json:"reports" nullable:"false" doc:"what neighbours said"`
	CreatedAt time.Time        `json:"created_at"`
	Circle    models.ID        `json:"circle_id,omitzero" doc:"it was said in a circle"`
}

// TalkStrike is a strike as its author and the moderators see it.
type TalkStrike struct {
	ID         models.ID          `json:"id"`
	Nth        int                `json:"nth"`
	Points     int64              `json:"points" doc:"that were taken"`
	Author     models.PersonRef   `json:"author"`
	Text       string             `json:"text"`
	Rule       string             `json:"rule"`
	Evidence   string             `json:"evidence"`
	ByRule     bool               `json:"by_rule" doc:"a rule was sure; else a moderator decided"`
	CreatedAt  time.Time          `json:"created_at"`
	ExpiresAt  time.Time          `json:"expires_at"`
	State      models.AppealState `json:"state" enum:"none,open,granted,refused"`
	Appeal     string             `json:"appeal"`
	Answer     string             `json:"answer"`
	AppealedAt *time.Time         `json:"appealed_at,omitempty"`
}

// TalkQueue is what waits for a moderator, the oldest first.
type TalkQueue struct {
	Cases   []TalkCase   `json:"cases" nullable:"false"`
	Appeals []TalkStrike `json:"appeals" nullable:"false"`
}

// mostQueued bounds a screen of the queue: what is decided makes room for the next.
const mostQueued = 50

// Queue reads what waits on the street, or in one circle. Error: not_moderator.
func (s *Service) Queue(ctx context.Context, by *identity.Principal, circle models.ID) (TalkQueue, error) {
	out := TalkQueue{Cases: []TalkCase{}, Appeals: []TalkStrike{}}
	read := s.DB.Read(ctx)
	if err := s.keeps(read, by, feedOf(circle)); err != nil {
		return out, err
	}
	waiting := read.Where("alliance_id = ? AND state IN ?", by.AllianceID, []models.CaseState{models.CaseHeld, models.CaseShown})
	appealed := read.Where("alliance_id = ? AND state = ?", by.AllianceID, models.AppealOpen)
	if !circle.IsZero() {
		waiting = waiting.Where("feed = ?", feedOf(circle))
		appealed = appealed.Where("case_id IN (SELECT c.id FROM conduct_cases c WHERE c.alliance_id = ? AND c.feed = ?)", by.AllianceID, feedOf(circle))
	}
	var cases []models.ConductCase
	var strikes []models.ConductStrike
	err := waiting.Order("state, created_at, id").Limit(mostQueued).Find(&cases).Error
	if err != nil {
		return out, err
	}
	if err := appealed.Order("appealed_at, id").Limit(mostQueued).Find(&strikes).Error; err != nil {
		return out, err
	}
	if out.Cases, err = s.caseViews(ctx, by.AllianceID, cases); err != nil {
		return out, err
	}
	out.Appeals, err = s.strikeViews(ctx, by.AllianceID, strikes)
	return out, err
}

// circleOf is the circle of a feed; the street's has none.
func circleOf(feed string) models.ID {
	id, err := models.ParseID(feed)
	if err != nil {
		return models.ID{}
	}
	return id
}

// feedOf names the feed of a circle; the zero one is the street's.
func feedOf(circle models.ID) string {
	if circle.IsZero() {
		return models.StreetFeed
	}
	return circle.String()
}

func (s *Service) caseViews(ctx context.Context, alliance models.ID, rows []models.ConductCase) ([]TalkCase, error) {
	views := make([]TalkCase, 0, len(rows))
	ids, members := make([]models.ID, len(rows)), make([]models.ID, len(rows))
	for i, c := range rows {
		ids[i], members[i] = c.ID, c.MemberID
	}
	who, err := s.authors(ctx, alliance, members)
	if err != nil || len(rows) == 0 {
		return views, err
	}
	var reports []models.ConductReport
	if err := s.DB.Read(ctx).Where("case_id IN ?", ids).Order("created_at").Find(&reports).Error; err != nil {
		return views, err
	}
	photos, err := s.photosOf(ctx, rows)
	if err != nil {
		return views, err
	}
	said := map[models.ID][]string{}
	for _, r := range reports {
		said[r.CaseID] = append(said[r.CaseID], r.Reason)
	}
	for _, c := range rows {
		v := TalkCase{ID: c.ID, Kind: c.Kind, PostID: c.PostID, Author: who.of(c.MemberID, c.StoreID), Text: c.Text, Why: c.Why, Rule: c.Rule,
			Evidence: c.Evidence, State: c.State, Reports: said[c.ID], CreatedAt: c.CreatedAt, Circle: circleOf(c.Feed), Photos: photos[c.SubjectID]}
		if c.Kind == "post" {
			v.PostID = c.SubjectID
		}
		if v.Reports == nil {
			v.Reports = []string{}
		}
		if v.Photos == nil {
			v.Photos = []string{}
		}
		views = append(views, v)
	}
	return views, nil
}

// photosOf are the small pictures of posts that wait, by the post.
func (s *Service) photosOf(ctx context.Context, cases []models.ConductCase) (map[models.ID][]string, error) {
	subjects, found := make([]models.ID, len(cases)), map[models.ID][]string{}
	for i, c := range cases {
		subjects[i] = c.SubjectID
	}
	var rows []models.Photo
	err := s.DB.Read(ctx).Where("post_id IN ?", subjects).Order("post_id, position").Find(&rows).Error
	for _, p := range rows {
		_, thumb := blob.Addresses(blob.Public, p.ID)
		found[p.PostID] = append(found[p.PostID], thumb)
	}
	return found, err
}

func (s *Service) strikeViews(ctx context.Context, alliance models.ID, rows []models.ConductStrike) ([]TalkStrike, error) {
	members := make([]models.ID, len(rows))
	for i, st := range rows {
		members[i] = st.MemberID
	}
	who, err := s.authors(ctx, alliance, members)
	views := make([]TalkStrike, 0, len(rows))
	for _, st := range rows {
		views = append(views, TalkStrike{ID: st.ID, Nth: st.Nth, Points: st.Points, Author: who.of(st.MemberID, models.ID{}), Text: st.Text, Rule: st.Rule,
			Evidence: st.Evidence, ByRule: st.DecidedBy.IsZero(), CreatedAt: st.CreatedAt, ExpiresAt: st.ExpiresAt, State: st.State, Appeal: st.Appeal,
			Answer: st.Answer, AppealedAt: st.AppealedAt})
	}
	return views, err
}

// authors are the faces beside cases and strikes.
type authors struct {
	members map[models.ID]models.Member
	stores  map[models.ID]models.Store
}

func (s *Service) authors(ctx context.Context, alliance models.ID, members []models.ID) (authors, error) {
	a := authors{stores: map[models.ID]models.Store{}}
	var err error
	if a.members, err = s.Pool.Members(ctx, alliance, members); err != nil {
		return a, err
	}
	stores, err := s.Pool.Stores(ctx, alliance)
	for _, store := range stores {
		a.stores[store.ID] = store
	}
	return a, err
}

func (a authors) of(member, store models.ID) models.PersonRef {
	if s, ok := a.stores[store]; ok {
		return models.PersonRef{ID: s.ID, Name: s.PersonaName, Face: s.PersonaFace, Badge: "staff"}
	}
	if m, ok := a.members[member]; ok {
		return m.Ref()
	}
	return models.PersonRef{}
}

// MyConduct is how the talk's rules concern the caller.
type MyConduct struct {
	Moderator  bool               `json:"moderator"`
	MutedUntil *time.Time         `json:"muted_until,omitempty"`
	MutedWhy   string             `json:"muted_why"`
	Waiting    []TalkCase         `json:"waiting" nullable:"false" doc:"what waits for a moderator"`
	Strikes    []TalkStrike       `json:"strikes" nullable:"false" doc:"of the last 90 days, the newest first"`
	Blocked    []models.PersonRef `json:"blocked" nullable:"false" doc:"id is the account's"`
}

// Mine reads it.
func (s *Service) Mine(ctx context.Context, p *identity.Principal) (MyConduct, error) {
	out := MyConduct{Moderator: s.Moderates(ctx, p) == nil, Blocked: []models.PersonRef{}}
	read, now := s.DB.Read(ctx), s.Clock.Now()
	st, err := s.standing(read, p.AllianceID, p.AccountID)
	if err != nil {
		return out, err
	}
	if st.MutedUntil != nil && st.MutedUntil.After(now) {
		out.MutedUntil, out.MutedWhy = st.MutedUntil, st.MutedWhy
	}
	var cases []models.ConductCase
	var strikes []models.ConductStrike
	if err := read.Where("alliance_id = ? AND account_id = ? AND state = ?", p.AllianceID, p.AccountID, models.CaseHeld).Order("created_at DESC").Limit(mostQueued).Find(&cases).Error; err != nil {
		return out, err
	}
	if err := read.Where("alliance_id = ? AND account_id = ? AND expires_at > ?", p.AllianceID, p.AccountID, now).Order("created_at DESC, nth DESC").Limit(mostQueued).Find(&strikes).Error; err != nil {
		return out, err
	}
	if out.Waiting, err = s.caseViews(ctx, p.AllianceID, cases); err != nil {
		return out, err
	}
	if out.Strikes, err = s.strikeViews(ctx, p.AllianceID, strikes); err != nil {
		return out, err
	}
	err = read.Table("conduct_blocks b").Select("a.id, a.name, a.face").Joins("JOIN accounts a ON a.id = b.blocked_id").
		Where("b.alliance_id = ? AND b.account_id = ?", p.AllianceID, p.AccountID).Order("b.created_at DESC").Limit(100).Scan(&out.Blocked).Error
	return out, err
}
