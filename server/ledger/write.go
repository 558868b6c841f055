package ledger

import (
	"bytes"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// The columns of a transfer, in the order in which they are written and read.
const transferColumns = "id, alliance_id, seq, reference, step, kind, unit, debit_id, credit_id, amount, settles_id, reverses_id, reason," +
	" expires_at, member_id, store_id, visit_id, campaign_id, coupon_id, redemption_id, referral_id, at, recorded_at, leaf"

var (
	insertTransfers = db.Insert{Into: "ledger_transfers (" + transferColumns + ")", Width: 24}
	insertBalances  = db.Insert{
		Into:  "ledger_balances (account_id, recorded_at, seq, alliance_id, debits, credits, pending_debits, pending_credits)",
		Width: 8,
	}
	putAccounts = db.Insert{
		Into: "ledger_accounts (id, alliance_id, owner, owner_id, unit, limited, debits, credits, pending_debits, pending_credits, created_at)",
		Key:  "id", Update: []string{"debits", "credits", "pending_debits", "pending_credits"}, Width: 11,
	}
)

// write puts what was taken into the database: accounts in the order of their ids, what each holds now, the rows, the head.
func (b *batch) write(tx *gorm.DB) error {
	if len(b.fresh) == 0 {
		return nil
	}
	accounts, balances := b.rowsOfAccounts()
	rows := make([]any, 0, len(b.fresh)*insertTransfers.Width)
	for i := range b.fresh {
		rows = appendTransfer(rows, &b.fresh[i])
	}
	for _, put := range []struct {
		insert db.Insert
		rows   []any
	}{{putAccounts, accounts}, {insertBalances, balances}, {insertTransfers, rows}} {
		if err := put.insert.Exec(tx, put.rows); err != nil {
			return err
		}
	}
	return db.Later(tx, "UPDATE ledger_heads SET seq = ?, recorded_at = ? WHERE alliance_id = ?", b.head.Seq, b.at, b.head.AllianceID)
}

func (b *batch) rowsOfAccounts() (accounts, balances []any) {
	ids := make([]models.ID, 0, len(b.touched))
	for id := range b.touched {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b models.ID) int { return bytes.Compare(a[:], b[:]) })
	for _, id := range ids {
		a := b.accounts[id]
		accounts = append(accounts, a.ID, a.AllianceID, string(a.Owner), a.OwnerID, string(a.Unit), string(a.Limit),
			a.Debits, a.Credits, a.PendingDebits, a.PendingCredits, a.CreatedAt)
		balances = append(balances, a.ID, b.at, b.touched[id], a.AllianceID, a.Debits, a.Credits, a.PendingDebits, a.PendingCredits)
	}
	return accounts, balances
}

func appendTransfer(rows []any, t *models.Transfer) []any {
	return append(rows, t.ID, t.AllianceID, t.Seq, t.Reference, string(t.Step), t.Kind, string(t.Unit), t.DebitID, t.CreditID, t.Amount,
		t.SettlesID, t.ReversesID, t.Reason, t.ExpiresAt, t.MemberID, t.StoreID, t.VisitID, t.CampaignID, t.CouponID, t.RedemptionID,
		t.ReferralID, t.At, t.RecordedAt, t.Leaf)
}
