package settlement

import (
	"time"

	"onestreet/models"
	"onestreet/server/ledger"
)

// StatementRow is a statement in a store's list.
type StatementRow struct {
	ID       models.ID             `json:"id"`
	Month    string                `json:"month" example:"2026-10"`
	ClosedAt time.Time             `json:"closed_at"`
	Earned   models.Money          `json:"earned"`
	Owed     models.Money          `json:"owed"`
	Net      models.Money          `json:"net" doc:"over zero the store is paid, under zero it pays"`
	State    models.StatementState `json:"state" enum:"waiting,disputed,answered,confirmed"`
	Payments int                   `json:"payments" doc:"to make or to expect"`
	Settled  int                   `json:"settled" doc:"recorded by both sides"`
}

// Statement is a party's month in full.
type Statement struct {
	StatementRow
	Alliance    string           `json:"alliance"`
	Store       *models.StoreRef `json:"store,omitempty" doc:"absent: the alliance's fund"`
	FromSeq     int64            `json:"from_seq" doc:"the ledger's transfers behind this number"`
	ToSeq       int64            `json:"to_seq" doc:"up to this one"`
	Points      StatementPoints  `json:"points"`
	Groups      []StatementGroup `json:"groups" nullable:"false"`
	Answers     []StatementWord  `json:"answers" nullable:"false"`
	Due         []Payment        `json:"due" nullable:"false" doc:"the payments to make or to expect"`
	Seal        *StatementSeal   `json:"seal,omitempty" doc:"the first checkpoint over all of it; absent until the evening"`
	Corrections []CorrectionView `json:"corrections" nullable:"false" doc:"that answer this statement; they fall into a later month"`
	Kept        *models.Money    `json:"kept,omitempty" doc:"of the treasurer's: the fund's net, which its payments include"`
	Keeper      *models.StoreRef `json:"keeper,omitempty" doc:"of the fund's: the treasurer, who pays and is paid for it"`
}

// StatementSeal is the checkpoint that seals what a statement is made of.
type StatementSeal struct {
	Origin   string    `json:"origin" doc:"the ledger's name in its checkpoints"`
	Size     int64     `json:"size"`
	Root     string    `json:"root" doc:"base64"`
	SealedAt time.Time `json:"sealed_at"`
}

// StatementPoints is what a store's points came to.
type StatementPoints struct {
	Issued   int64        `json:"issued"`
	Honoured int64        `json:"honoured"`
	Rate     models.Money `json:"rate" doc:"for 100 points"`
	Value    models.Money `json:"value" doc:"over zero the fund pays the store"`
}

// StatementGroup is what was earned or owed in one way.
type StatementGroup struct {
	Kind   ledger.Group  `json:"kind" enum:"referral,commission_in,commission_out,coupon_in,coupon_out,points_issued,points_honoured,points_in,points_out,prize_in,prize_out,correction_in,correction_out,referral_out,other_in,other_out"`
	Owed   bool          `json:"owed"`
	Count  int64         `json:"count"`
	Amount *models.Money `json:"amount,omitempty" doc:"under zero when more was taken back than given"`
	Points *int64        `json:"points,omitempty"`
	Others []GroupPart   `json:"others" nullable:"false" doc:"who stands on the other side"`
}

// GroupPart is a group's part with one party.
type GroupPart struct {
	Store  *models.StoreRef `json:"store,omitempty" doc:"absent: the alliance's fund"`
	Count  int64            `json:"count"`
	Amount models.Money     `json:"amount"`
}

// StatementWord is one word about a statement.
type StatementWord struct {
	Kind models.AnswerKind `json:"kind" enum:"confirm,dispute,reply"`
	Text string            `json:"text"`
	At   time.Time         `json:"at"`
}

// Payment is money from one party to another, with what both sides say of it.
type Payment struct {
	ID       models.ID           `json:"id"`
	Month    string              `json:"month"`
	From     *models.StoreRef    `json:"from,omitempty" doc:"absent: the alliance's fund"`
	To       *models.StoreRef    `json:"to,omitempty" doc:"absent: the alliance's fund"`
	Amount   models.Money        `json:"amount"`
	State    models.PaymentState `json:"state" enum:"open,paid,received,settled"`
	Ours     models.PaymentSide  `json:"ours" enum:",payer,payee" doc:"the side of whoever reads; empty: neither"`
	Paid     *MarkView           `json:"paid,omitempty"`
	Received *MarkView           `json:"received,omitempty"`
}

// MarkView is one side's word on a payment.
type MarkView struct {
	At   time.Time `json:"at"`
	Note string    `json:"note"`
}

// CorrectionView is a correction as it stands beside what it answers.
type CorrectionView struct {
	ID     models.ID        `json:"id"`
	From   *models.StoreRef `json:"from,omitempty" doc:"absent: the alliance's fund"`
	To     *models.StoreRef `json:"to,omitempty" doc:"absent: the alliance's fund"`
	Amount models.Money     `json:"amount"`
	Reason string           `json:"reason"`
	At     time.Time        `json:"at"`
}

// names finds the store of a party; nil is the alliance's fund.
type names struct {
	alliance models.ID
	stores   map[models.ID]models.StoreRef
}

func (n names) of(party models.ID) *models.StoreRef {
	if party == n.alliance {
		return nil
	}
	ref := n.stores[party]
	return &ref
}

func (n names) payment(p models.SettlementPayment, month string, marks []models.PaymentMark, reader models.ID) Payment {
	v := Payment{
		ID: p.ID, Month: month, From: n.of(p.FromID), To: n.of(p.ToID), Amount: models.Fen(p.Amount), State: models.PaymentAfter(marks),
	}
	switch reader {
	case p.FromID:
		v.Ours = models.SidePayer
	case p.ToID:
		v.Ours = models.SidePayee
	}
	payer, payee := models.MarksStanding(marks)
	v.Paid, v.Received = markView(payer), markView(payee)
	return v
}

func markView(m *models.PaymentMark) *MarkView {
	if m == nil {
		return nil
	}
	return &MarkView{At: m.At, Note: m.Note}
}

func (n names) correction(c models.Correction) CorrectionView {
	return CorrectionView{ID: c.ID, From: n.of(c.FromID), To: n.of(c.ToID), Amount: models.Fen(c.Amount), Reason: c.Reason, At: c.At}
}

// groups folds a statement's lines, which are in order, by group.
func (n names) groups(lines []models.StatementLine) []StatementGroup {
	groups := []StatementGroup{}
	for _, l := range lines {
		kind := ledger.Group(l.Kind)
		if len(groups) == 0 || groups[len(groups)-1].Kind != kind {
			groups = append(groups, StatementGroup{Kind: kind, Owed: kind.Out(), Others: []GroupPart{}})
		}
		g := &groups[len(groups)-1]
		g.add(l)
		if !kind.Points() {
			g.Others = append(g.Others, GroupPart{Store: n.of(l.OtherID), Count: l.Count, Amount: models.Fen(l.Amount)})
		}
	}
	return groups
}

func (g *StatementGroup) add(l models.StatementLine) {
	g.Count += l.Count
	if g.Kind.Points() {
		points := l.Amount
		g.Points = &points
		return
	}
	sum := models.Fen(l.Amount)
	if g.Amount != nil {
		sum.Amount += g.Amount.Amount
	}
	g.Amount = &sum
}

func answerViews(said []models.StatementAnswer) []StatementWord {
	views := make([]StatementWord, len(said))
	for i, a := range said {
		views[i] = StatementWord{Kind: a.Kind, Text: a.Text, At: a.At}
	}
	return views
}
