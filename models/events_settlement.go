package models

// EventSettlementClosed is the kind of SettlementClosed.
const EventSettlementClosed = "settlement.closed"

// SettlementClosed tells that a street's month is closed and its statements are out.
type SettlementClosed struct {
	SettlementID ID     `json:"settlement_id"`
	Month        string `json:"month"`
}

// EventStatementSaid is the kind of StatementSaid.
const EventStatementSaid = "statement.said"

// StatementSaid tells that a store, or the coordinator, said something of a statement.
type StatementSaid struct {
	StatementID ID         `json:"statement_id"`
	Kind        AnswerKind `json:"kind"`
	Step        int        `json:"step"`
}

// EventPaymentMarked is the kind of PaymentMarked.
const EventPaymentMarked = "payment.marked"

// PaymentMarked tells that one side said that a payment was made, or took that back.
type PaymentMarked struct {
	PaymentID ID          `json:"payment_id"`
	Side      PaymentSide `json:"side"`
	Given     bool        `json:"given"`
	Step      int         `json:"step"`
}

// EventCorrectionPosted is the kind of CorrectionPosted.
const EventCorrectionPosted = "correction.posted"

// CorrectionPosted tells that the coordinator has put something right.
type CorrectionPosted struct {
	CorrectionID ID `json:"correction_id"`
}
