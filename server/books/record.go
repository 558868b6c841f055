package books

import (
	"database/sql/driver"
	"encoding/hex"
	"fmt"
	"reflect"
	"strings"
	"time"

	"onestreet/models"
)

// record is one kind of line: the rows of a table, and of them the columns that the checks need. A column's name is the
// field's name in the line. Nothing in them is personal: members are ids, and what people wrote stays at home but for a
// transfer's reason, which its leaf covers, and the words of a campaign's earlier terms, which stores signed.
type record struct {
	name  string
	table string
	key   []string     // columns that name a row, as a finding does; lines stand in their order
	row   reflect.Type // a struct
	index []string     // what the checks look rows up by, in the scratch database
}

// records are the kinds in the order in which an export has them.
var records = []record{
	{"account", "ledger_accounts", []string{"id"}, reflect.TypeFor[accountRow](), nil},
	{"transfer", "ledger_transfers", []string{"seq"}, reflect.TypeFor[transferRow](), []string{"alliance_id, seq", "visit_id"}},
	{"checkpoint", "ledger_checkpoints", []string{"size"}, reflect.TypeFor[checkpointRow](), nil},
	{"campaign", "campaigns", []string{"id"}, reflect.TypeFor[campaignRow](), []string{"id"}},
	{"campaign_share", "campaign_shares", []string{"campaign_id", "version", "store_id"}, reflect.TypeFor[campaignShareRow](), []string{"campaign_id"}},
	{"campaign_veil", "campaign_veils", []string{"send_id", "version", "day"}, reflect.TypeFor[campaignVeilRow](), []string{"campaign_id"}},
	{"campaign_terms", "campaign_terms", []string{"campaign_id", "version"}, reflect.TypeFor[campaignTermsRow](), []string{"campaign_id"}},
	{"campaign_fund", "campaign_funds", []string{"campaign_id", "owner_id"}, reflect.TypeFor[campaignFundRow](), nil},
	{"coupon", "coupons", []string{"id"}, reflect.TypeFor[couponRow](), []string{"id", "campaign_id"}},
	{"redemption", "redemptions", []string{"id"}, reflect.TypeFor[redemptionRow](), []string{"id", "coupon_id", "bill_id"}},
	{"redemption_share", "redemption_shares", []string{"redemption_id", "store_id"}, reflect.TypeFor[redemptionShareRow](), []string{"redemption_id"}},
	{"referral", "referrals", []string{"id"}, reflect.TypeFor[referralRow](), []string{"id"}},
	{"commission", "commissions", []string{"id"}, reflect.TypeFor[commissionRow](), []string{"id"}},
	{"commission_month", "commission_months", []string{"member_id", "month"}, reflect.TypeFor[commissionMonthRow](), nil},
	{"settlement", "settlements", []string{"month"}, reflect.TypeFor[settlementRow](), nil},
	{"statement", "statements", []string{"id"}, reflect.TypeFor[statementRow](), nil},
	{"statement_line", "statement_lines", []string{"id"}, reflect.TypeFor[statementLineRow](), []string{"statement_id"}},
	{"payment", "settlement_payments", []string{"id"}, reflect.TypeFor[paymentRow](), nil},
	{"answer", "statement_answers", []string{"id"}, reflect.TypeFor[answerRow](), nil},
	{"mark", "payment_marks", []string{"id"}, reflect.TypeFor[markRow](), nil},
	{"correction", "corrections", []string{"id"}, reflect.TypeFor[correctionRow](), nil},
}

type accountRow struct {
	ID             models.ID `json:"id"`
	Owner          string    `json:"owner"`
	OwnerID        models.ID `json:"owner_id"`
	Unit           string    `json:"unit"`
	Limited        string    `json:"limited,omitempty"`
	Debits         int64     `json:"debits"`
	Credits        int64     `json:"credits"`
	PendingDebits  int64     `json:"pending_debits"`
	PendingCredits int64     `json:"pending_credits"`
}

type transferRow struct {
	Seq          int64      `json:"seq"`
	ID           models.ID  `json:"id"`
	Reference    string     `json:"reference"`
	Step         string     `json:"step"`
	Kind         string     `json:"kind"`
	Unit         string     `json:"unit"`
	Reason       string     `json:"reason,omitempty"`
	Amount       int64      `json:"amount"`
	DebitID      models.ID  `json:"debit_id"`
	CreditID     models.ID  `json:"credit_id"`
	SettlesID    models.ID  `json:"settles_id,omitzero"`
	ReversesID   models.ID  `json:"reverses_id,omitzero"`
	MemberID     models.ID  `json:"member_id,omitzero"`
	StoreID      models.ID  `json:"store_id,omitzero"`
	VisitID      models.ID  `json:"visit_id,omitzero"`
	CampaignID   models.ID  `json:"campaign_id,omitzero"`
	CouponID     models.ID  `json:"coupon_id,omitzero"`
	RedemptionID models.ID  `json:"redemption_id,omitzero"`
	ReferralID   models.ID  `json:"referral_id,omitzero"`
	ExpiresAt    *time.Time `json:"expires_at,omitempty"`
	At           time.Time  `json:"at"`
	RecordedAt   time.Time  `json:"recorded_at"`
	Leaf         hexBytes   `json:"leaf"`
}

type checkpointRow struct {
	Size     int64     `json:"size"`
	ID       models.ID `json:"id"`
	Root     hexBytes  `json:"root"`
	Note     string    `json:"note"`
	Day      string    `json:"day"`
	SealedAt time.Time `json:"sealed_at"`
}

type campaignRow struct {
	ID         models.ID  `json:"id"`
	StoreID    models.ID  `json:"store_id"`
	State      string     `json:"state"`
	Version    int64      `json:"version"`
	SignedAt   *time.Time `json:"signed_at,omitempty"`
	Kind       string     `json:"kind"`
	Off        int64      `json:"off"`
	PercentBPS int64      `json:"percent_bps"`
	Cap        int64      `json:"cap"`
	Price      int64      `json:"price"`
	BuyPieces  int64      `json:"buy_pieces"`
	GetPieces  int64      `json:"get_pieces"`
	Times      int64      `json:"times"`
	Budget     int64      `json:"budget"`
	Reserve    string     `json:"reserve"`
	Stock      int64      `json:"stock"`
	Remaining  int64      `json:"remaining"`
	Claimed    int64      `json:"claimed"`
	Printed    int64      `json:"printed"`
	Veiled     int64      `json:"veiled"`
	PerMember  int64      `json:"per_member"`
}

type campaignShareRow struct {
	CampaignID models.ID `json:"campaign_id"`
	Version    int64     `json:"version"`
	StoreID    models.ID `json:"store_id"`
	Position   int64     `json:"position"`
	ShareBPS   int64     `json:"share_bps"`
	WorstCase  int64     `json:"worst_case"`
	Cap        int64     `json:"cap"`
	State      string    `json:"state"`
}

type campaignVeilRow struct {
	SendID     models.ID `json:"send_id"`
	Version    int64     `json:"version"`
	Day        string    `json:"day"`
	CampaignID models.ID `json:"campaign_id"`
	Given      int64     `json:"given"`
	N          int64     `json:"n"`
}

// campaignTermsRow has the whole of an earlier version, for what it may have cost says how many could be claimed.
type campaignTermsRow struct {
	CampaignID models.ID `json:"campaign_id"`
	Version    int64     `json:"version"`
	State      string    `json:"state"`
	Terms      string    `json:"terms"`
}

type campaignFundRow struct {
	CampaignID models.ID `json:"campaign_id"`
	OwnerID    models.ID `json:"owner_id"`
	Most       int64     `json:"most"`
	Spent      int64     `json:"spent"`
}

type couponRow struct {
	ID           models.ID `json:"id"`
	CampaignID   models.ID `json:"campaign_id"`
	Version      int64     `json:"version"`
	MemberID     models.ID `json:"member_id"`
	Number       int64     `json:"number"`
	State        string    `json:"state"`
	Uses         int64     `json:"uses"`
	Times        int64     `json:"times"`
	Spent        int64     `json:"spent"`
	RedemptionID models.ID `json:"redemption_id,omitzero"`
}

type redemptionRow struct {
	ID              models.ID `json:"id"`
	BillID          models.ID `json:"bill_id"`
	Position        int64     `json:"position"`
	CouponID        models.ID `json:"coupon_id"`
	UseNumber       int64     `json:"use_number"`
	CampaignID      models.ID `json:"campaign_id"`
	StoreID         models.ID `json:"store_id"`
	MemberID        models.ID `json:"member_id"`
	VisitID         models.ID `json:"visit_id,omitzero"`
	At              time.Time `json:"at"`
	State           string    `json:"state"`
	Bill            int64     `json:"bill"`
	Off             int64     `json:"off"`
	Cost            int64     `json:"cost"`
	ToPay           int64     `json:"to_pay"`
	Paid            int64     `json:"paid"`
	CommissionStore models.ID `json:"commission_store,omitzero"`
	Commission      int64     `json:"commission"`
	CommissionBPS   int64     `json:"commission_bps"`
	Keeps           int64     `json:"keeps"`
	Points          int64     `json:"points"`
}

type redemptionShareRow struct {
	RedemptionID models.ID `json:"redemption_id"`
	StoreID      models.ID `json:"store_id"`
	Position     int64     `json:"position"`
	ShareBPS     int64     `json:"share_bps"`
	Amount       int64     `json:"amount"`
}

type referralRow struct {
	ID       models.ID `json:"id"`
	MemberID models.ID `json:"member_id"`
	StoreID  models.ID `json:"store_id"`
	State    string    `json:"state"`
	Amount   int64     `json:"amount"`
	Points   int64     `json:"points"`
	JoinedAt time.Time `json:"joined_at"`
	VestsBy  time.Time `json:"vests_by"`
	Round    int64     `json:"round"`
}

type commissionRow struct {
	ID         models.ID  `json:"id"`
	VisitID    models.ID  `json:"visit_id"`
	MemberID   models.ID  `json:"member_id"`
	StoreID    models.ID  `json:"store_id"`
	OriginID   models.ID  `json:"origin_id"`
	Month      string     `json:"month"`
	Paid       int64      `json:"paid"`
	BPS        int64      `json:"bps"`
	Uncapped   int64      `json:"uncapped"`
	Prior      int64      `json:"prior"`
	Amount     int64      `json:"amount"`
	At         time.Time  `json:"at"`
	ReversedAt *time.Time `json:"reversed_at,omitempty"`
}

type commissionMonthRow struct {
	MemberID models.ID `json:"member_id"`
	Month    string    `json:"month"`
	Amount   int64     `json:"amount"`
}

type settlementRow struct {
	Month       string    `json:"month"`
	ID          models.ID `json:"id"`
	FromSeq     int64     `json:"from_seq"`
	ToSeq       int64     `json:"to_seq"`
	PointsRate  int64     `json:"points_rate"`
	TreasurerID models.ID `json:"treasurer_id,omitzero"` // who pays and is paid for the fund; absent: nobody
	ClosedAt    time.Time `json:"closed_at"`
}

type statementRow struct {
	ID             models.ID `json:"id"`
	SettlementID   models.ID `json:"settlement_id"`
	PartyID        models.ID `json:"party_id"`
	Earned         int64     `json:"earned"`
	Owed           int64     `json:"owed"`
	Net            int64     `json:"net"`
	PointsIssued   int64     `json:"points_issued"`
	PointsHonoured int64     `json:"points_honoured"`
	PointsValue    int64     `json:"points_value"`
}

type statementLineRow struct {
	ID          models.ID `json:"id"`
	StatementID models.ID `json:"statement_id"`
	Position    int64     `json:"position"`
	Kind        string    `json:"kind"`
	OtherID     models.ID `json:"other_id,omitzero"`
	Count       int64     `json:"count"`
	Amount      int64     `json:"amount"`
}

type paymentRow struct {
	ID           models.ID `json:"id"`
	SettlementID models.ID `json:"settlement_id"`
	Position     int64     `json:"position"`
	FromID       models.ID `json:"from_id"`
	ToID         models.ID `json:"to_id"`
	Amount       int64     `json:"amount"`
}

type answerRow struct {
	ID          models.ID `json:"id"`
	StatementID models.ID `json:"statement_id"`
	Step        int64     `json:"step"`
	Kind        string    `json:"kind"`
	At          time.Time `json:"at"`
}

type markRow struct {
	ID        models.ID `json:"id"`
	PaymentID models.ID `json:"payment_id"`
	Step      int64     `json:"step"`
	Side      string    `json:"side"`
	Given     bool      `json:"given"`
	At        time.Time `json:"at"`
}

type correctionRow struct {
	ID          models.ID `json:"id"`
	FromID      models.ID `json:"from_id"`
	ToID        models.ID `json:"to_id"`
	Amount      int64     `json:"amount"`
	StatementID models.ID `json:"statement_id,omitzero"`
	At          time.Time `json:"at"`
}

// hexBytes are bytes in the database and hexadecimal in a line.
type hexBytes []byte

// MarshalText implements encoding.TextMarshaler.
func (h hexBytes) MarshalText() ([]byte, error) { return []byte(hex.EncodeToString(h)), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (h *hexBytes) UnmarshalText(text []byte) (err error) {
	*h, err = hex.DecodeString(string(text))
	return err
}

// Value implements driver.Valuer.
func (h hexBytes) Value() (driver.Value, error) { return []byte(h), nil }

// Scan implements sql.Scanner.
func (h *hexBytes) Scan(src any) error {
	b, ok := src.([]byte)
	if !ok {
		return fmt.Errorf("a %T from the database, expected bytes", src)
	}
	*h = append((*h)[:0], b...)
	return nil
}

// tables are those that an export has.
func tables() []string {
	names := make([]string, len(records))
	for i, r := range records {
		names[i] = r.table
	}
	return names
}

// columns are the record's columns, in the order of its fields.
func (r record) columns() []string {
	names := make([]string, r.row.NumField())
	for i := range names {
		names[i], _, _ = strings.Cut(r.row.Field(i).Tag.Get("json"), ",")
	}
	return names
}

// fields are the addresses of a row's fields: what the database scans into, and what it is given.
func fields(row reflect.Value) []any {
	all := make([]any, row.NumField())
	for i := range all {
		all[i] = row.Field(i).Addr().Interface()
	}
	return all
}
