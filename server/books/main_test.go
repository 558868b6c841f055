package books_test

import (
	"bytes"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/books"
	"onestreet/server/coupon"
	"onestreet/server/ledger"
	"onestreet/server/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

type body = map[string]any

// rig is a street that has lived: credits, commissions, points, a campaign with partners, a receipt and one taken back.
type rig struct {
	*testkit.App
	t          *testing.T
	id         models.ID
	used, back coupon.RedemptionView
	campaign   models.ID
}

func each(t *testing.T, test func(t *testing.T, r rig)) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		r := rig{App: app, t: t, id: app.Street.Alliance.ID}
		r.live()
		test(t, r)
	})
}

func (r rig) store(slug string) string { return r.Street.Stores[slug].ID.String() }

func (r rig) ask(slug, path string, in, out any) {
	r.t.Helper()
	got := r.As(testkit.OwnerOf(slug)).Post("/stores/"+r.store(slug)+path, in)
	require.Less(r.t, got.Status, 300, "%s: %s", path, got.Body)
	if out != nil {
		got.Into(out)
	}
}

func (r *rig) live() {
	r.t.Helper()
	r.join()
	var c coupon.CampaignView
	r.ask("shoes", "/campaigns", body{
		"title": "秋冬街坊券", "kind": "amount", "off": testkit.Yuan(1000), "min_spend": testkit.Yuan(5000), "stock": 100,
		"claim_from": testkit.Noon, "claim_until": testkit.Noon.AddDate(0, 0, 14), "valid_days": 30,
		"partners": []body{{"store_id": r.store("noodles"), "share_bps": 1500}},
	}, &c)
	r.campaign = c.ID
	r.ask("shoes", "/campaigns/"+c.ID.String()+"/submit", nil, &c)
	r.ask("noodles", "/signatures/"+c.ID.String(), body{"version": c.Version, "share_bps": 1500, "decision": "sign"}, &c)
	r.used, r.back = r.redeem(testkit.Shopper), r.redeem(testkit.OtherShopper)
	r.ask("noodles", "/redemptions/"+r.back.ID.String()+"/reversal", body{"reason": "客人退了货"}, &r.back)
	r.Drain()
	require.Nil(r.t, r.audit().Finding)
}

// join lets somebody join by the shoe shop's link, with a credit, and buy at the tea house, which posts it.
func (r *rig) join() {
	m := r.Join(1, "shoes")[0].Member
	now := r.Time.Now()
	require.NoError(r.t, r.DB.Tx(r.Ctx(), func(tx *gorm.DB) error {
		if err := tx.Model(&models.Member{}).Where("id = ?", m.ID).Update("joined_at", now).Error; err != nil {
			return err
		}
		claim := models.Attribute(models.Joining{Account: m.AccountID, At: now, Touches: []models.Touch{
			{Kind: models.TouchCounter, Store: m.OriginStoreID, Link: m.JoinLinkID, At: now},
		}})
		return r.Outbox.Add(tx, r.id, models.EventMemberJoined, models.MemberJoined{
			MemberID: m.ID, AccountID: m.AccountID, OriginStoreID: claim.Store, LinkID: claim.Link, At: now, Attribution: claim,
		})
	}))
	r.Drain()
	r.As(testkit.ClerkOf("tea")).Post("/stores/"+r.store("tea")+"/visits", body{"kind": "purchase", "code": r.CodeOf(m), "amount": testkit.Yuan(5300)}).Must(http.StatusCreated)
	r.Drain()
}

func (r *rig) redeem(who testkit.Persona) (done coupon.RedemptionView) {
	var c coupon.CouponView
	r.As(who).Post("/campaigns/"+r.campaign.String()+"/claims", nil).Must(http.StatusCreated).Into(&c)
	r.ask("noodles", "/redemptions", body{"code": r.CodeOf(r.Street.People[who].Member), "coupon_id": c.ID, "bill": testkit.Yuan(6800)}, &done)
	return done
}

// settled seals the ledger, closes the month, and lets a shop confirm and pay: the clock stands at the next month's first.
func (r rig) settled() {
	r.t.Helper()
	_, err := r.Ledger.Seal(r.Ctx(), r.id)
	require.NoError(r.t, err)
	r.Time.Set(time.Date(2026, 11, 1, 9, 30, 0, 0, r.Street.Alliance.Location()))
	require.NoError(r.t, r.Settlement.CloseDue(r.Ctx()))
	var pay models.SettlementPayment
	require.NoError(r.t, r.DB.Read(r.Ctx()).Where("alliance_id = ? AND from_id <> ?", r.id, r.id).Order("id").Take(&pay).Error)
	for slug, store := range r.Street.Stores {
		if store.ID == pay.FromID {
			r.ask(slug, "/settlements/2026-10/confirm", nil, nil)
			r.ask(slug, "/settlements/2026-10/payments/"+pay.ID.String(), body{"given": true, "note": "现金"}, nil)
		}
	}
	r.As(testkit.Coordinator).Post("/alliance/corrections", body{
		"from": r.store("shoes"), "to": r.store("tea"), "amount": testkit.Yuan(300), "reason": "十月少算了一单，补给茶馆",
	}).Must(http.StatusOK)
	r.Drain()
	require.Nil(r.t, r.audit().Finding)
}

func (r rig) audit() ledger.Report {
	r.t.Helper()
	report, err := r.Ledger.Audit().Street(r.Ctx(), r.id)
	require.NoError(r.t, err)
	return report
}

// export is the street's books, line by line.
func (r rig) export() []string {
	r.t.Helper()
	var out bytes.Buffer
	_, err := r.Books.Export(r.Ctx(), r.id, &out)
	require.NoError(r.t, err)
	return strings.SplitAfter(strings.TrimSuffix(out.String(), "\n"), "\n")
}

func (r rig) auditLines(lines []string) (books.FileReport, error) {
	return r.auditFile([]byte(strings.TrimSuffix(strings.Join(lines, ""), "\n") + "\n"))
}

func (r rig) auditFile(data []byte) (books.FileReport, error) {
	return books.AuditFile(r.Ctx(), r.t.TempDir(), bytes.NewReader(data), "", &r.Ledger.Checks)
}

// first is the place of the first line of a record that a test is content with.
func first(t *testing.T, lines []string, record, with string) int {
	t.Helper()
	for i, line := range lines {
		if strings.HasPrefix(line, `{"record":"`+record+`"`) && strings.Contains(line, with) {
			return i
		}
	}
	require.Fail(t, "no such line", "%s with %s", record, with)
	return 0
}

// field is a field's value as it stands in a line; "" where it has none.
func field(line, name string) string {
	found := regexp.MustCompile(`"` + name + `":("[^"]*"|-?\d+)`).FindStringSubmatch(line)
	if found == nil {
		return ""
	}
	return strings.Trim(found[1], `"`)
}

func replaced(line, name, value string) string {
	return regexp.MustCompile(`"`+name+`":("[^"]*"|-?\d+)`).ReplaceAllString(line, `"`+name+`":`+value)
}
