package pool

import (
	"context"
	"time"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

// Card is the member's card: the secret lets the telephone show the rotating code without a network.
type Card struct {
	MemberID      models.ID        `json:"member_id"`
	Number        int64            `json:"number"`
	Name          string           `json:"name"`
	Face          string           `json:"face"`
	Secret        string           `json:"secret" doc:"base32; TOTP (RFC 6238) with HMAC-SHA1"`
	Period        int              `json:"period" doc:"seconds that a code is shown"`
	Digits        int              `json:"digits"`
	Points        int64            `json:"points"`
	StreetName    string           `json:"street_name"`
	Birthday      *Birthday        `json:"birthday,omitempty" doc:"absent when it was not told"`
	StoreOfOrigin *models.StoreRef `json:"store_of_origin,omitempty" doc:"absent when no store can claim the member"`
}

// Card shows a member their card. Error: not_found.
func (s *Service) Card(ctx context.Context, alliance, member models.ID) (Card, error) {
	m, err := s.Member(ctx, alliance, member)
	if err != nil {
		return Card{}, err
	}
	a, err := s.Alliance(ctx, alliance)
	if err != nil {
		return Card{}, err
	}
	refs, err := s.Refs(ctx, alliance)
	if err != nil {
		return Card{}, err
	}
	card := Card{MemberID: m.ID, Number: m.Number, Name: m.Name, Face: m.Face, Secret: m.Secret, Period: CodePeriod, Digits: CodeDigits, StreetName: a.Name, Birthday: birthdayOf(m)}
	if ref, ok := refs[m.OriginStoreID]; ok {
		card.StoreOfOrigin = &ref
	}
	card.Points, err = s.Ledger.Points(ctx, alliance, member)
	return card, err
}

// Invite is a member's own link and what it has earned.
type Invite struct {
	URL          string    `json:"url"`
	Code         string    `json:"code"`
	EarnedPoints int64     `json:"earned_points"`
	Invited      []Invited `json:"invited" nullable:"false"`
	PointsEach   int64     `json:"points_each" doc:"when an invited member has bought something"`
	Days         int       `json:"days" doc:"within so many days of joining"`
}

// Invited is one who joined through a member's link.
type Invited struct {
	Name     string     `json:"name"`
	JoinedAt time.Time  `json:"joined_at"`
	State    string     `json:"state" enum:"pending,posted,voided"`
	Points   int64      `json:"points"`
	Until    *time.Time `json:"until,omitempty" doc:"a pending one counts until then"`
}

// maxInvited bounds the list on the invitation's page.
const maxInvited = 200

// Invite shows a member's invitation. Error: not_found.
func (s *Service) Invite(ctx context.Context, alliance, member models.ID) (Invite, error) {
	a, err := s.Alliance(ctx, alliance)
	if err != nil {
		return Invite{}, err
	}
	newest := s.DB.Read(ctx).Order("created_at DESC, id DESC")
	link, err := db.Find[models.JoinLink](newest, "member_id = ? AND alliance_id = ? AND kind = ? AND expires_at IS NULL", member, alliance, models.TouchMember)
	if err != nil {
		return Invite{}, err
	}
	invite := Invite{URL: s.JoinURL(link.Code), Code: link.Code, PointsEach: a.InviterPoints, Days: a.VestDays, Invited: []Invited{}}
	return invite, s.addInvited(ctx, a, member, &invite)
}

func (s *Service) addInvited(ctx context.Context, a models.Alliance, member models.ID, invite *Invite) error {
	var people []models.Member
	err := s.DB.Read(ctx).Where("inviter_id = ? AND alliance_id = ?", member, a.ID).Order("joined_at DESC, id DESC").Limit(maxInvited).Find(&people).Error
	if err != nil {
		return err
	}
	known, err := s.invitees(ctx, a.ID, member)
	for _, m := range people {
		state, told := known[m.ID]
		if !told { // its event is still on its way
			state = Invitee{State: "pending", Until: m.JoinedAt.AddDate(0, 0, a.VestDays)}
		}
		invite.EarnedPoints += state.Points
		invite.Invited = append(invite.Invited, invited(m, state))
	}
	return err
}

func invited(m models.Member, state Invitee) Invited {
	v := Invited{Name: m.Ref().Name, JoinedAt: m.JoinedAt, State: state.State, Points: state.Points}
	if state.State == "pending" && !state.Until.IsZero() {
		v.Until = &state.Until
	}
	return v
}

// Points is a page of a member's points.
type Points struct {
	Balance int64 `json:"balance"`
	web.Page[PointLine]
}

// PointLine is one change of a member's points.
type PointLine struct {
	At     time.Time        `json:"at"`
	Points int64            `json:"points" doc:"negative when spent"`
	What   string           `json:"what"`
	For    string           `json:"for,omitempty" doc:"what a store gave for points spent, or why it gave them back"`
	Store  *models.StoreRef `json:"store,omitempty"`
}

const pointsPage = 30

// Points shows a member's points, newest first. Error: cursor.
func (s *Service) Points(ctx context.Context, alliance, member models.ID, cursor string) (Points, error) {
	balance, err := s.Ledger.Points(ctx, alliance, member)
	if err != nil {
		return Points{}, err
	}
	lines, next, err := s.Ledger.MemberLines(ctx, alliance, member, cursor, pointsPage)
	if err != nil {
		return Points{}, err
	}
	refs, err := s.Refs(ctx, alliance)
	views := make([]PointLine, 0, len(lines))
	for _, l := range lines {
		v := PointLine{At: l.At, Points: l.Points, What: l.What.In(web.Locale(ctx)), For: l.For}
		if ref, ok := refs[l.Store]; ok {
			v.Store = &ref
		}
		views = append(views, v)
	}
	return Points{Balance: balance, Page: web.NewPage(views, next)}, err
}
