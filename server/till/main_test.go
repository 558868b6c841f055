package till_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/testkit"
	"onestreet/server/till"
)

func TestMain(m *testing.M) { testkit.Main(m) }

type body = map[string]any

// rig is a street with what these tests do in it again and again.
type rig struct {
	*testkit.App
	t *testing.T
}

// each runs a test on both databases, and the audit after it.
func each(t *testing.T, test func(t *testing.T, r rig)) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		r := rig{app, t}
		test(t, r)
		r.booksHold()
	})
}

func (r rig) booksHold() {
	r.t.Helper()
	r.BooksHold("coupon.set_aside", "coupon.voids", "till.allotments", "till.log")
}

func (r rig) staff(slug string) till.Staff {
	return till.Staff{Alliance: r.Street.Alliance.ID, Store: r.StoreID(slug), Account: r.Street.People[testkit.ClerkOf(slug)].Account.ID}
}

// live is a campaign of the shoe shop that the noodle shop and the tea house have signed too: ten yuan off from fifty.
func (r rig) live(stock int64, changes body) coupon.CampaignView {
	r.t.Helper()
	terms := testkit.TenOff(body{"stock": stock, "per_member": 1, "partners": r.Partners()})
	return r.LiveCampaign(testkit.With(terms, changes))
}

// copyOf is a coupon with the code that its member's phone shows.
type copyOf struct {
	coupon.CouponView
	member models.Member
}

// claimed lets a persona take a coupon.
func (r rig) claimed(who testkit.Persona, c coupon.CampaignView) copyOf {
	r.t.Helper()
	v := r.Claimed(who, c)
	require.NotEmpty(r.t, v.OfflineToken)
	return copyOf{v, r.Street.People[who].Member}
}

// crowdClaims lets n fresh members take a coupon each.
func (r rig) crowdClaims(n int, c coupon.CampaignView) []copyOf {
	r.t.Helper()
	copies := make([]copyOf, n)
	for i, p := range r.Join(n, "books") {
		_, err := r.Coupon.Claim(r.Ctx(), r.Street.Alliance.ID, c.ID, p.Member.ID)
		require.NoError(r.t, err)
		copies[i] = r.inWallet(p.Member)
	}
	return copies
}

// inWallet is the coupon in a member's wallet.
func (r rig) inWallet(m models.Member) copyOf {
	r.t.Helper()
	w, err := r.Coupon.Wallet(r.Ctx(), r.Street.Alliance.ID, m.ID, models.CouponUsable, "")
	require.NoError(r.t, err)
	require.Len(r.t, w.Items, 1)
	return copyOf{w.Items[0], m}
}

// online redeems a coupon with a network, for a bill of 68 yuan.
func (r rig) online(slug string, c copyOf) error {
	_, err := r.Coupon.Redeem(r.Ctx(), coupon.AtBill{Staff: r.staff(slug), Member: c.member.ID, Coupons: []models.ID{c.ID}, Basket: models.Basket{Bill: 6800}})
	return err
}

// phone is a till's half of the story: its key, its clock, its log.
type phone struct {
	rig
	slug    string
	id      models.ID
	key     *ecdsa.PrivateKey
	wrong   time.Duration // how far its clock is ahead
	contact time.Time
	log     []till.Line
}

// registered makes a phone whose clock is so wrong a till of a store.
func (r rig) registered(slug string, wrong time.Duration) *phone {
	r.t.Helper()
	p := &phone{rig: r, slug: slug, wrong: wrong}
	var pack till.TillPack
	p.register().Must(http.StatusCreated).Into(&pack)
	p.id, p.contact = pack.Till.ID, pack.ServerTime
	return p
}

// register asks with a fresh key.
func (p *phone) register() *testkit.Response {
	p.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(p.t, err)
	spki, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	require.NoError(p.t, err)
	p.key = key
	return p.As(testkit.ManagerOf(p.slug)).Post(p.At(p.slug, "/tills"), body{
		"name": "前台手机", "public_key": base64.StdEncoding.EncodeToString(spki), "device_time": p.clock(),
	})
}

func (p *phone) clock() time.Time { return p.Time.Now().Add(p.wrong) }

// take writes a redemption into the phone's log: nobody else hears of it.
func (p *phone) take(token string, bill, off int64) {
	line := models.TillLine{
		Till: p.id, Seq: int64(len(p.log) + 1), Token: token, Bill: bill, Off: off, By: p.Street.People[testkit.ClerkOf(p.slug)].Account.ID,
		Clock: p.clock(), Contact: p.contact, Since: -time.Millisecond,
	}
	p.log = append(p.log, till.Line{TillLine: line, Signature: p.sign(line)})
}

func (p *phone) sign(line models.TillLine) []byte {
	sum := sha256.Sum256([]byte(line.Text()))
	r, s, err := ecdsa.Sign(rand.Reader, p.key, sum[:])
	require.NoError(p.t, err)
	return append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...)
}

// sync brings the whole log.
func (p *phone) sync() ([]models.TillEntry, error) {
	return p.Till.TakeLog(p.Ctx(), p.staff(p.slug), p.id, p.clock(), p.log)
}

func (p *phone) synced() []models.TillEntry {
	p.t.Helper()
	entries, err := p.sync()
	require.NoError(p.t, err)
	return entries
}

// holds is what the till has set aside of a campaign.
func (p *phone) holds(c coupon.CampaignView) int64 {
	p.t.Helper()
	_, carried, err := p.Till.Contact(p.Ctx(), p.staff(p.slug), p.id, p.clock())
	require.NoError(p.t, err)
	p.contact = p.Time.Now()
	for _, a := range carried {
		if a.ID == c.ID {
			return a.Open()
		}
	}
	return 0
}

func (p *phone) allot(c coupon.CampaignView, n int64) error {
	_, err := p.Till.Allot(p.Ctx(), p.staff(p.slug), p.id, c.ID, n)
	return err
}

// stock is the count of a campaign.
func (r rig) stock(c coupon.CampaignView) (k models.CampaignStock) {
	r.t.Helper()
	require.NoError(r.t, r.DB.Read(r.Ctx()).Where("campaign_id = ?", c.ID).Take(&k).Error)
	return k
}

func (r rig) count(model any, where string, args ...any) (n int64) {
	r.t.Helper()
	require.NoError(r.t, r.DB.Read(r.Ctx()).Model(model).Where(where, args...).Count(&n).Error)
	return n
}

func outcomes(entries []models.TillEntry) []models.TillOutcome {
	list := make([]models.TillOutcome, len(entries))
	for i, e := range entries {
		list[i] = e.Outcome
	}
	return list
}
