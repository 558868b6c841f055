package ledger

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

// Balance is an account's sums, in its unit (fen or points); an account that nobody has used yet is empty.
func (s *Service) Balance(tx *gorm.DB, alliance models.ID, key models.AccountKey) (models.Balance, error) {
	account, err := db.Find[models.LedgerAccount](tx, "id = ? AND alliance_id = ?", models.AccountID(alliance, key), alliance)
	return account.Balance(), db.IfNone(err, nil)
}

// Points is how many points a member can spend; what is held to go out counts as gone.
func (s *Service) Points(ctx context.Context, alliance, member models.ID) (int64, error) {
	balance, err := s.Balance(s.db.Read(ctx), alliance, models.MemberPoints(member))
	return balance.Available(), err
}

// MemberLine is one change of a member's points: Points is negative when spent.
type MemberLine struct {
	Transfer models.ID
	At       time.Time
	Points   int64
	Kind     string
	What     models.Text
	Store    models.ID // zero when the alliance gave them
	For      string    // what a store gave for points that were spent, or why it gave them back
}

var memberTexts = map[string]models.Text{
	models.KindPointsIssued:   {ZH: "买东西得的", EN: "For a purchase"},
	models.KindPointsSpent:    {ZH: "当钱花了", EN: "Spent"},
	models.KindPointsFine:     {ZH: "街谈里发了广告", EN: "An advert on the feed"},
	models.KindPointsReferral: {ZH: "请来的街坊买了第一单", EN: "A neighbour you invited bought for the first time"},
}

var (
	takenBack   = models.Text{ZH: "冲回一笔", EN: "Taken back"}
	cameToEvent = models.Text{ZH: "来参加活动得的", EN: "For coming to an event"}

	otherLine = models.Text{ZH: "积分变动", EN: "Points changed"}
)

// MemberLines lists the changes of a member's points, newest first, at most limit of them, and the cursor of the next
// page; it is empty at the end. Error: cursor.
func (s *Service) MemberLines(ctx context.Context, alliance, member models.ID, cursor string, limit int) ([]MemberLine, string, error) {
	var from place
	if err := web.DecodeCursor(cursor, &from); err != nil {
		return nil, "", err
	}
	account := models.AccountID(alliance, models.MemberPoints(member))
	q := query{where: "step IN ('single', 'post')", from: from, limit: limit + 1}
	rows, err := q.ofAccounts(s.db.Read(ctx), account)
	if err != nil {
		return nil, "", err
	}
	rows, next := cut(rows, limit)
	lines := make([]MemberLine, 0, len(rows))
	for _, t := range rows {
		lines = append(lines, memberLine(t, account))
	}
	return lines, next, nil
}

func memberLine(t models.Transfer, account models.ID) MemberLine {
	line := MemberLine{Transfer: t.ID, At: t.At, Points: t.Amount, Kind: t.Kind, Store: t.StoreID}
	if t.DebitID == account {
		line.Points = -t.Amount
	}
	given := t.Kind == models.KindPointsIssued && t.Reason != ""
	if t.Kind == models.KindPointsSpent || given {
		line.For = t.Reason
	}
	what, known := memberTexts[t.Kind]
	switch {
	case given && !t.Reverses():
		line.What = cameToEvent
	case t.Reverses():
		line.What = takenBack
	case known:
		line.What = what
	default:
		line.What = otherLine
	}
	return line
}
