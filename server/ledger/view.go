package ledger

import (
	"encoding/base64"
	"strconv"
	"time"

	"onestreet/models"
)

// CheckpointView is a checkpoint as everybody may have it: it holds no personal data.
type CheckpointView struct {
	Size     int64     `json:"size" doc:"how many transfers it seals"`
	Root     string    `json:"root" doc:"base64 of the Merkle tree's root (RFC 6962), 32 bytes"`
	Note     string    `json:"note" doc:"the checkpoint as a signed note (C2SP tlog-checkpoint)"`
	Day      string    `json:"day" doc:"the local date whose evening it seals" example:"2026-10-17"`
	SealedAt time.Time `json:"sealed_at"`
}

func checkpointView(c models.Checkpoint) CheckpointView {
	return CheckpointView{c.Size, base64.StdEncoding.EncodeToString(c.Root), c.Note, c.Day, c.SealedAt}
}

// SealView is the state of the street's seal: whose key signs, what it sealed last, when it seals next.
type SealView struct {
	Origin     string          `json:"origin" example:"onestreet/qingshi"`
	Key        string          `json:"key" doc:"the verifier key of the notes: name, key hash and key (golang.org/x/mod/sumdb/note)"`
	Next       time.Time       `json:"next" doc:"when the street seals next"`
	Checkpoint *CheckpointView `json:"checkpoint,omitempty" doc:"absent until the first evening"`
}

// Record is a transfer with every field that its leaf covers, in the leaf's order (models/ledgerhash.go), so that the
// bytes can be made again exactly: ids as text, the zero id where there is none; numbers beyond 53 bits as text; times in
// microseconds since 1970, "0" where there is none.
type Record struct {
	Alliance   string `json:"alliance"`
	Seq        int64  `json:"seq"`
	ID         string `json:"id"`
	Reference  string `json:"reference"`
	Step       string `json:"step"`
	Kind       string `json:"kind"`
	Unit       string `json:"unit"`
	Reason     string `json:"reason"`
	Amount     string `json:"amount" doc:"decimal, in the unit; never negative"`
	Debit      string `json:"debit" doc:"the account that gives"`
	Credit     string `json:"credit" doc:"the account that gets"`
	Settles    string `json:"settles"`
	Reverses   string `json:"reverses"`
	Member     string `json:"member"`
	Store      string `json:"store"`
	Visit      string `json:"visit"`
	Campaign   string `json:"campaign"`
	Coupon     string `json:"coupon"`
	Redemption string `json:"redemption"`
	Referral   string `json:"referral"`
	ExpiresAt  string `json:"expires_at"`
	At         string `json:"at"`
	RecordedAt string `json:"recorded_at"`
}

// RecordOf is what a transfer's leaf covers, for whoever verifies it.
func RecordOf(t models.Transfer) Record {
	return Record{
		Alliance: t.AllianceID.String(), Seq: t.Seq, ID: t.ID.String(), Reference: t.Reference, Step: string(t.Step), Kind: t.Kind,
		Unit: string(t.Unit), Reason: t.Reason, Amount: strconv.FormatInt(t.Amount, 10), Debit: t.DebitID.String(), Credit: t.CreditID.String(),
		Settles: t.SettlesID.String(), Reverses: t.ReversesID.String(), Member: t.MemberID.String(), Store: t.StoreID.String(),
		Visit: t.VisitID.String(), Campaign: t.CampaignID.String(), Coupon: t.CouponID.String(), Redemption: t.RedemptionID.String(),
		Referral: t.ReferralID.String(), ExpiresAt: microText(t.ExpiresAt), At: microText(&t.At), RecordedAt: microText(&t.RecordedAt),
	}
}

func microText(at *time.Time) string {
	if at == nil {
		return "0"
	}
	return strconv.FormatInt(at.UnixMicro(), 10)
}

// ProofView is a Proof for a device that verifies it.
type ProofView struct {
	Record     Record          `json:"record"`
	Checkpoint *CheckpointView `json:"checkpoint,omitempty" doc:"absent while the line waits for its seal"`
	Index      int64           `json:"index" doc:"the leaf's place in the tree: seq - 1"`
	Hashes     []string        `json:"hashes" nullable:"false" doc:"base64; from the leaf to the root (RFC 6962, 2.1.1)"`
}

func proofView(p Proof) ProofView {
	v := ProofView{Record: RecordOf(p.Transfer), Index: p.Transfer.Seq - 1, Hashes: hashesView(p.Hashes)}
	if p.Checkpoint.Size > 0 {
		c := checkpointView(p.Checkpoint)
		v.Checkpoint = &c
	}
	return v
}

func hashesView(hashes [][]byte) []string {
	texts := make([]string, len(hashes))
	for i, h := range hashes {
		texts[i] = base64.StdEncoding.EncodeToString(h)
	}
	return texts
}

// ConsistencyView proves that an earlier checkpoint's transfers are the beginning of a later one's.
type ConsistencyView struct {
	From   int64    `json:"from"`
	To     int64    `json:"to"`
	Hashes []string `json:"hashes" nullable:"false" doc:"base64 (RFC 6962, 2.1.2)"`
}
