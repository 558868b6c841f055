package calendar

import (
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/db"
)

// Whoever holds the event is paid: a store its own account of points, the street itself (and what it gives at the door) the
// issuer's, for whom points come from nowhere and go to nobody.
//
// Places that cost points are paid when they are taken, and paid back when they are given back or the date is called off: a
// transfer and its reversal, each once by its reference. Who stays away has paid. More people than were paid for, and whoever
// comes without a place, pay at the door.

// References of what sign-ups pay in the ledger, and of what is paid back.
const (
	feeReferences = "sign-up:%:points%"
	feeBack       = ":back"
)

func feeReference(signUp models.ID) string { return "sign-up:" + signUp.String() + ":points" }

// costs is what so many people pay when they sign up.
func (h *holding) costs(people int) int64 {
	if h.terms.Fee != models.FeePoints {
		return 0
	}
	return h.terms.Points * int64(people)
}

// purses reads what members have, under the ledger's lock: nobody spends in between.
func (h *holding) purses(tx *gorm.DB, members ...models.ID) error {
	if h.terms.Fee != models.FeePoints {
		return nil
	}
	if _, err := h.Ledger.Lock(tx, h.o.AllianceID); err != nil {
		return err
	}
	h.purse = make(map[models.ID]int64, len(members))
	for _, m := range members {
		has, err := h.Ledger.Balance(tx, h.o.AllianceID, models.MemberPoints(m))
		if err != nil {
			return err
		}
		h.purse[m] = has.Available()
	}
	return nil
}

// affords takes what so many people cost out of a member's purse. Error: few_points, with what there is.
func (h *holding) affords(member models.ID, people int) (int64, error) {
	cost := h.costs(people)
	if cost > h.purse[member] {
		return 0, ErrFewPoints.With(cost, h.purse[member])
	}
	if cost > 0 {
		h.purse[member] -= cost
	}
	return cost, nil
}

// charge writes down what sign-ups have paid.
func (h *holding) charge(tx *gorm.DB, rows ...models.SignUp) error {
	var entries []ledger.Entry
	for _, row := range rows {
		if row.Paid > 0 {
			entries = append(entries, ledger.Entry{
				Debit: models.MemberPoints(row.MemberID), Credit: h.till(), Amount: row.Paid, Kind: models.KindPointsSpent,
				Reference: feeReference(row.ID), Member: row.MemberID, Store: h.host(), At: h.now,
			})
		}
	}
	if len(entries) == 0 {
		return nil
	}
	e, err := db.Find[models.Event](tx, "id = ?", h.o.EventID)
	if err != nil {
		return err
	}
	for i := range entries {
		entries[i].Reason = e.Title
	}
	_, err = h.Ledger.Post(tx, h.o.AllianceID, entries...)
	return err
}

// till is the host's account of points.
func (h *holding) till() models.AccountKey {
	if h.o.OfStreet() {
		return models.IssuerPoints()
	}
	return models.StorePoints(h.o.StoreID)
}

// host is the store that holds the event; zero for the street itself.
func (h *holding) host() models.ID {
	if h.o.OfStreet() {
		return models.ID{}
	}
	return h.o.StoreID
}

// payBack returns what a sign-up has paid.
func (s *Service) payBack(tx *gorm.DB, row models.SignUp, reason string) error {
	if row.Paid == 0 {
		return nil
	}
	of := feeReference(row.ID)
	_, err := s.Ledger.Reverse(tx, row.AllianceID, of, of+feeBack, reason)
	return err
}

// payAllBack returns what was paid for dates that are called off. Their places stay on the list, paid for with nothing.
func (s *Service) payAllBack(tx *gorm.DB, occurrences ...models.ID) error {
	var rows []models.SignUp
	err := tx.Where("occurrence_id IN ? AND paid > 0 AND state <> ?", occurrences, models.CheckedIn).Order("id").Find(&rows).Error
	for i := 0; err == nil && i < len(rows); i++ {
		if err = s.payBack(tx, rows[i], "活动取消"); err == nil {
			err = tx.Model(&models.SignUp{}).Where("id = ?", rows[i].ID).UpdateColumn("paid", 0).Error
		}
	}
	return err
}
