package settlement

import (
	"context"
	"fmt"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/referral"
)

// explainPoints says of a month's points what they came to and why.
func (s *Service) explainPoints(ctx context.Context, r referral.Reader, lines []ledger.Line) (map[models.ID]referral.Explanation, error) {
	said := map[models.ID]referral.Explanation{}
	for _, l := range lines {
		closed, err := s.closing(ctx, r.Alliance.ID, l.Seq)
		if err != nil {
			return nil, err
		}
		st, err := statementOf(s.DB.Read(ctx), r.Alliance.ID, l.StoreID, closed.Month)
		if err != nil {
			return nil, err
		}
		said[l.ID] = pointsSaid(closed, st)
	}
	return said, nil
}

// closing is the settlement that holds a number of the ledger. Error: not_found.
func (s *Service) closing(ctx context.Context, alliance models.ID, seq int64) (models.Settlement, error) {
	return find[models.Settlement](s.DB.Read(ctx), alliance, "from_seq < ? AND to_seq >= ?", seq, seq)
}

func pointsSaid(closed models.Settlement, st models.Statement) referral.Explanation {
	rate := models.Yuan(closed.PointsRate)
	text := both("%s 的积分折成钱，向联盟付", "Points of %s in money, to the alliance", closed.Month)
	if st.PointsValue > 0 {
		text = both("%s 的积分折成钱，联盟付来", "Points of %s in money, from the alliance", closed.Month)
	}
	return referral.Explanation{Text: text, Why: []models.Text{
		both("发出 %d 分，收下 %d 分，每 100 分算 %s 元。", "%d points issued, %d honoured, at %s yuan for 100.", st.PointsIssued, st.PointsHonoured, rate),
		both("谁发的积分谁出钱，谁收的积分谁得钱。", "Who issues points pays for them; who honours them is paid."),
	}}
}

func explainCorrections(_ context.Context, r referral.Reader, lines []ledger.Line) (map[models.ID]referral.Explanation, error) {
	said := map[models.ID]referral.Explanation{}
	for _, l := range lines {
		other := r.Sign(l.Other.OwnerID)
		text := models.Text{ZH: "更正：" + other.ZH + "付来", EN: "Correction: paid by " + other.EN}
		if l.Amount < 0 {
			text = models.Text{ZH: "更正：付给" + other.ZH, EN: "Correction: paid to " + other.EN}
		}
		said[l.ID] = referral.Explanation{Text: text, Why: []models.Text{
			{ZH: l.Reason, EN: l.Reason},
			both("协调人记的。关了的月份不改，更正记在下一个月。", "By the coordinator. A closed month stays as it is; a correction falls into the next."),
		}}
	}
	return said, nil
}

func explainPayments(_ context.Context, r referral.Reader, lines []ledger.Line) (map[models.ID]referral.Explanation, error) {
	said := map[models.ID]referral.Explanation{}
	for _, l := range lines {
		other := r.Sign(l.Other.OwnerID)
		text := models.Text{ZH: "结清：付了" + other.ZH, EN: "Settled: we paid " + other.EN}
		if l.Amount < 0 {
			text = models.Text{ZH: "结清：收了" + other.ZH, EN: "Settled: received from " + other.EN}
		}
		said[l.ID] = referral.Explanation{Text: text, Why: []models.Text{
			both("两边都记过了。这是还清以前的账，不算这个月挣的，也不算这个月欠的。", "Recorded by both sides. It pays what was owed before, and is neither earned nor owed this month."),
		}}
	}
	return said, nil
}

func explainPrizes(_ context.Context, r referral.Reader, lines []ledger.Line) (map[models.ID]referral.Explanation, error) {
	said := map[models.ID]referral.Explanation{}
	for _, l := range lines {
		other := r.Sign(l.Other.OwnerID)
		text := models.Text{ZH: "奖品在你家领的，" + other.ZH + "出钱", EN: "A prize was collected here; " + other.EN + " pays"}
		if l.Group.Out() {
			text = models.Text{ZH: "你家出的奖品，在" + other.ZH + "领了", EN: "Our prize was collected at " + other.EN}
		}
		said[l.ID] = referral.Explanation{Text: text}
	}
	return said, nil
}

// both fills both languages with the same arguments.
func both(zh, en string, args ...any) models.Text {
	return models.Text{ZH: fmt.Sprintf(zh, args...), EN: fmt.Sprintf(en, args...)}
}
