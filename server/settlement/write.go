package settlement

import (
	"bytes"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
)

// rowsAStatement bounds an insert.
const rowsAStatement = 40

// figures is what a party's parts come to: fen, and points issued and honoured.
type figures struct {
	earned, owed            int64
	issued, honoured, worth int64
}

func tally(parts []ledger.Part) (f figures) {
	for _, p := range parts {
		switch {
		case p.Group == ledger.GroupPointsIssued:
			f.issued += p.Amount
		case p.Group == ledger.GroupPointsHonoured:
			f.honoured += p.Amount
		case p.Group.Out():
			f.owed += p.Amount
		default:
			f.earned += p.Amount
		}
		switch p.Group {
		case ledger.GroupPointsIn:
			f.worth += p.Amount
		case ledger.GroupPointsOut:
			f.worth -= p.Amount
		}
	}
	return f
}

func (f figures) net() int64 { return f.earned - f.owed }

// sorted are the parties in the order of their ids, so that everything computed from them is the same every time.
func sorted(parties map[models.ID][]ledger.Part) []models.ID {
	ids := make([]models.ID, 0, len(parties))
	for id := range parties {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b models.ID) int { return bytes.Compare(a[:], b[:]) })
	return ids
}

// sheet is what a settlement holds, as it follows from the ledger: what close writes and the audit compares.
type sheet struct {
	statements []models.Statement
	lines      map[models.ID][]models.StatementLine // by party
	payments   []models.SettlementPayment
}

// draw makes a settlement's sheet from what its part of the ledger comes to, without ids. Error: settlement_unbalanced.
func draw(closed models.Settlement, tallies ledger.Tallies) (drawn sheet, err error) {
	parties := tallies.Parties()
	if _, there := parties[closed.AllianceID]; !there {
		parties[closed.AllianceID] = nil // the fund has a statement even when it had nothing to do
	}
	drawn.lines = map[models.ID][]models.StatementLine{}
	due := map[models.ID]int64{}
	for _, party := range sorted(parties) {
		f := tally(parties[party])
		drawn.statements = append(drawn.statements, models.Statement{
			AllianceID: closed.AllianceID, SettlementID: closed.ID, PartyID: party, Earned: f.earned, Owed: f.owed, Net: f.net(),
			PointsIssued: f.issued, PointsHonoured: f.honoured, PointsValue: f.worth,
		})
		drawn.lines[party] = lines(closed.AllianceID, parties[party])
		due[closed.Hand(party)] += f.net()
	}
	drawn.payments, err = payments(closed, due)
	return drawn, err
}

func lines(alliance models.ID, parts []ledger.Part) []models.StatementLine {
	list := make([]models.StatementLine, len(parts))
	for i, p := range parts {
		list[i] = models.StatementLine{
			AllianceID: alliance, Position: i + 1, Kind: string(p.Group), OtherID: p.Other, Count: p.Count, Amount: p.Amount,
		}
	}
	return list
}

func payments(closed models.Settlement, due map[models.ID]int64) ([]models.SettlementPayment, error) {
	dues := make([]models.Due, 0, len(due))
	for party, amount := range due {
		dues = append(dues, models.Due{Party: party, Amount: amount})
	}
	netted, ok := models.Net(dues) // the same in whatever order
	if !ok {
		return nil, ErrUnbalanced
	}
	list := make([]models.SettlementPayment, len(netted))
	for i, p := range netted {
		list[i] = models.SettlementPayment{
			AllianceID: closed.AllianceID, SettlementID: closed.ID, Position: i + 1, FromID: p.From, ToID: p.To, Amount: p.Amount,
		}
	}
	return list, nil
}

// writeDown puts a settlement and its sheet into the database.
func writeDown(tx *gorm.DB, closed models.Settlement, tallies ledger.Tallies) error {
	drawn, err := draw(closed, tallies)
	if err != nil {
		return err
	}
	if err := tx.Create(&closed).Error; err != nil {
		return err
	}
	var all []models.StatementLine
	for i := range drawn.statements {
		st := &drawn.statements[i]
		st.ID = models.NewID()
		for _, l := range drawn.lines[st.PartyID] {
			l.ID, l.StatementID = models.NewID(), st.ID
			all = append(all, l)
		}
	}
	for i := range drawn.payments {
		drawn.payments[i].ID = models.NewID()
	}
	return insert(tx, drawn.statements, all, drawn.payments)
}

func insert(tx *gorm.DB, statements []models.Statement, lines []models.StatementLine, payments []models.SettlementPayment) error {
	if err := tx.CreateInBatches(statements, rowsAStatement).Error; err != nil {
		return err
	}
	if len(lines) > 0 {
		if err := tx.CreateInBatches(lines, rowsAStatement).Error; err != nil {
			return err
		}
	}
	if len(payments) == 0 {
		return nil
	}
	return tx.CreateInBatches(payments, rowsAStatement).Error
}
