package models

import "time"

var _ = table(&Settlement{}, &Statement{}, &StatementLine{}, &SettlementPayment{}, &StatementAnswer{}, &PaymentMark{}, &Correction{})

// Settlement is a closed month of a street: the ledger's transfers after FromSeq up to ToSeq. Like all rows here it is
// written once; triggers of the database refuse to change or delete it.
type Settlement struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	Month      string // "2026-10"
	FromSeq    int64  // ToSeq of the month before; 0 for the first
	ToSeq      int64
	PointsRate int64 // fen for 100 points, as agreed when the month was closed
	// TreasurerID is the store that pays and is paid for the alliance's fund; zero: the fund does so by itself.
	TreasurerID ID
	ClosedAt    time.Time
	ClosedBy    ID // account; zero: by the clock
}

// TableName implements gorm's Tabler.
func (Settlement) TableName() string { return "settlements" }

// Hand is who pays and is paid for a party: the treasurer for the fund, everybody else for themselves. With a treasurer
// only stores pay each other, so there are fewer payments than stores.
func (s Settlement) Hand(party ID) ID {
	if party == s.AllianceID && !s.TreasurerID.IsZero() {
		return s.TreasurerID
	}
	return party
}

// Statement is what a party earned and owes by a settlement, in fen and points. The alliance's own id as PartyID is its
// fund. Net is Earned less Owed: over zero the party is paid, under zero it pays.
type Statement struct {
	ID             ID `gorm:"primaryKey"`
	AllianceID     ID
	SettlementID   ID
	PartyID        ID
	Earned         int64
	Owed           int64
	Net            int64
	PointsIssued   int64
	PointsHonoured int64
	PointsValue    int64 // what the points came to in fen: over zero the fund pays the store
}

// TableName implements gorm's Tabler.
func (Statement) TableName() string { return "statements" }

// StatementLine is what a party earned or owed in one way, by who stands on the other side. Amount is fen, or points
// where the group counts points; it is under zero when more was taken back than given.
type StatementLine struct {
	ID          ID `gorm:"primaryKey"`
	AllianceID  ID
	StatementID ID
	Position    int // 1, 2, 3 …
	Kind        string
	OtherID     ID // a store, or the alliance's own id for its fund; zero for points
	Count       int64
	Amount      int64
}

// TableName implements gorm's Tabler.
func (StatementLine) TableName() string { return "statement_lines" }

// SettlementPayment is one of the payments that settle a month: from one party to another, in fen.
type SettlementPayment struct {
	ID           ID `gorm:"primaryKey"`
	AllianceID   ID
	SettlementID ID
	Position     int
	FromID       ID
	ToID         ID
	Amount       int64
}

// TableName implements gorm's Tabler.
func (SettlementPayment) TableName() string { return "settlement_payments" }

// AnswerKind says what a store, or the coordinator, said of a statement.
type AnswerKind string

// The kinds of answers.
const (
	AnswerConfirm AnswerKind = "confirm" // the store: it is right; the last word
	AnswerDispute AnswerKind = "dispute" // the store: it is not, and why
	AnswerReply   AnswerKind = "reply"   // the coordinator, to a dispute
)

// StatementAnswer is one word about a statement. Step numbers them from 1; two at once are held apart by the unique key.
type StatementAnswer struct {
	ID          ID `gorm:"primaryKey"`
	AllianceID  ID
	StatementID ID
	Step        int
	Kind        AnswerKind
	Text        string
	AccountID   ID
	At          time.Time
}

// TableName implements gorm's Tabler.
func (StatementAnswer) TableName() string { return "statement_answers" }

// StatementState is how a statement stands; it follows from the answers.
type StatementState string

// The states of a statement.
const (
	StatementWaiting   StatementState = "waiting" // for the store to look at it
	StatementDisputed  StatementState = "disputed"
	StatementAnswered  StatementState = "answered" // the coordinator replied: the store is to look again
	StatementConfirmed StatementState = "confirmed"
)

// StateAfter is how a statement stands after its answers, in order.
func StateAfter(answers []StatementAnswer) StatementState {
	if len(answers) == 0 {
		return StatementWaiting
	}
	switch answers[len(answers)-1].Kind {
	case AnswerConfirm:
		return StatementConfirmed
	case AnswerDispute:
		return StatementDisputed
	default:
		return StatementAnswered
	}
}

// Takes tells whether an answer may come when a statement stands so.
func (s StatementState) Takes(k AnswerKind) bool {
	switch k {
	case AnswerConfirm:
		return s != StatementConfirmed
	case AnswerDispute:
		return s == StatementWaiting || s == StatementAnswered
	default:
		return s == StatementDisputed
	}
}

// PaymentSide is one of the two who record a payment.
type PaymentSide string

// The sides.
const (
	SidePayer PaymentSide = "payer"
	SidePayee PaymentSide = "payee"
)

// PaymentMark is what one side said of a payment: Given, or taken back. Step numbers the marks of a payment from 1.
type PaymentMark struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	PaymentID  ID
	Step       int
	Side       PaymentSide
	Given      bool
	Note       string // how: 现金, 微信, 转账 …
	AccountID  ID
	At         time.Time
}

// TableName implements gorm's Tabler.
func (PaymentMark) TableName() string { return "payment_marks" }

// PaymentState is how a payment stands; it follows from the marks.
type PaymentState string

// The states of a payment.
const (
	PaymentOpen     PaymentState = "open"
	PaymentPaid     PaymentState = "paid"     // says the payer
	PaymentReceived PaymentState = "received" // says the payee, the payer has not said anything
	PaymentSettled  PaymentState = "settled"  // both say so: it is in the ledger, and nothing is taken back any more
)

// MarksStanding are the marks that stand after all, by side; nil where a side has none.
func MarksStanding(marks []PaymentMark) (payer, payee *PaymentMark) {
	for i := range marks {
		m := &marks[i]
		standing := m
		if !m.Given {
			standing = nil
		}
		if m.Side == SidePayer {
			payer = standing
		} else {
			payee = standing
		}
	}
	return payer, payee
}

// PaymentAfter is how a payment stands after its marks, in order.
func PaymentAfter(marks []PaymentMark) PaymentState {
	switch payer, payee := MarksStanding(marks); {
	case payer != nil && payee != nil:
		return PaymentSettled
	case payer != nil:
		return PaymentPaid
	case payee != nil:
		return PaymentReceived
	}
	return PaymentOpen
}

// Correction says why money moved from one party to another by the coordinator's hand, and which statement it answers.
// The money itself is a transfer of the ledger, and so falls into the month that is running.
type Correction struct {
	ID          ID `gorm:"primaryKey"`
	AllianceID  ID
	FromID      ID
	ToID        ID
	Amount      int64 // fen
	Reason      string
	StatementID ID // zero: none
	AccountID   ID
	At          time.Time
}

// TableName implements gorm's Tabler.
func (Correction) TableName() string { return "corrections" }

// PointsUnit is how many points the street's rate is for.
const PointsUnit = 100

// PointsWorth is what points come to in fen at a rate of fen for 100 points, rounded half away from zero; points may be
// under zero.
func PointsWorth(points, rate int64) int64 {
	if points < 0 {
		return -PointsWorth(-points, rate)
	}
	whole, rest := points/PointsUnit, points%PointsUnit
	return whole*rate + (rest*rate+PointsUnit/2)/PointsUnit
}
