package ledger_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/testkit"
)

// bad is a call that must be refused with an error and change nothing.
type bad struct {
	name string
	call func(b books) error
	err  *models.Error
}

func (b books) posted(entries ...ledger.Entry) error {
	_, err := b.post(entries...)
	return err
}

func (b books) submitted(entries ...ledger.Entry) error {
	_, err := b.submit(entries...)
	return err
}

// bent is a good entry with one thing changed.
func (b books) bent(change func(e *ledger.Entry)) ledger.Entry {
	e := b.commission("noodles", "shoes", "bent", 106)
	change(&e)
	return e
}

// entries that nobody may post: each is tried by Post, by Submit, and in a batch behind a good one.
var badEntries = []struct {
	name   string
	change func(e *ledger.Entry)
	err    *models.Error
}{
	{"nothing", func(e *ledger.Entry) { e.Amount = 0 }, ledger.ErrAmount},
	{"less than nothing", func(e *ledger.Entry) { e.Amount = -1 }, ledger.ErrAmount},
	{"the least there is", func(e *ledger.Entry) { e.Amount = math.MinInt64 }, ledger.ErrAmount},
	{"one over the largest", func(e *ledger.Entry) { e.Amount = models.MaxTransfer + 1 }, ledger.ErrAmount},
	{"all of 64 bits", func(e *ledger.Entry) { e.Amount = math.MaxInt64 }, ledger.ErrAmount},
	{"from nobody", func(e *ledger.Entry) { e.Debit = models.AccountKey{} }, ledger.ErrAccount},
	{"to nobody", func(e *ledger.Entry) { e.Credit = models.AccountKey{} }, ledger.ErrAccount},
	{"to a store without an id", func(e *ledger.Entry) { e.Credit = models.StoreFen(models.ID{}) }, ledger.ErrAccount},
	{"to an owner of no kind", func(e *ledger.Entry) { e.Credit.Owner = "mayor" }, ledger.ErrAccount},
	{"to itself", func(e *ledger.Entry) { e.Credit = e.Debit }, ledger.ErrAccount},
	{"fen for points", func(e *ledger.Entry) { e.Credit.Unit = models.UnitPoint }, ledger.ErrUnit},
	{"points for fen", func(e *ledger.Entry) { e.Debit.Unit = models.UnitPoint }, ledger.ErrUnit},
	{"no kind", func(e *ledger.Entry) { e.Kind = "" }, ledger.ErrEntry},
	{"no reference", func(e *ledger.Entry) { e.Reference = "" }, ledger.ErrEntry},
}

func TestBadEntriesHaveTheirErrorHoweverTheyCome(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		b.mustPost(b.commission("noodles", "shoes", "first", 50))
		for _, test := range badEntries {
			e := b.bent(test.change)
			b.refuses(bad{test.name, func(b books) error { return b.posted(e) }, test.err})
			b.refuses(bad{test.name + ", submitted", func(b books) error { return b.submitted(e) }, test.err})
			b.refuses(bad{test.name + ", behind a good one", func(b books) error { return b.submitted(b.commission("tea", "shoes", "good", 5), e) }, test.err})
		}
		b.mustBalance()
	})
}

// refuses makes the call and compares what there is before and after, to the last column.
func (b books) refuses(test bad) {
	b.t.Helper()
	rows, accounts := b.rows(), b.accounts()
	err := test.call(b)
	var refusal *models.Error
	if assert.ErrorAs(b.t, err, &refusal, test.name) {
		assert.Equal(b.t, test.err.Code, refusal.Code, test.name)
	}
	assert.Equal(b.t, rows, b.rows(), "%s: nothing is written", test.name)
	assert.Equal(b.t, accounts, b.accounts(), "%s: nothing is moved, no account is opened", test.name)
}

func (b books) accounts() []models.LedgerAccount {
	b.t.Helper()
	var all []models.LedgerAccount
	require.NoError(b.t, b.app.DB.Read(b.t.Context()).Where("alliance_id = ?", b.id).Order("id").Find(&all).Error)
	return all
}

func (b books) settleAt(pending, reference string, at time.Time) error {
	return b.tx(func(tx *gorm.DB) error {
		_, err := b.app.Ledger.PostPendingAt(tx, b.id, pending, reference, at)
		return err
	})
}

// elsewhere is the other street's books.
func (b books) elsewhere() books {
	b.id = b.app.Other.Alliance.ID
	return b
}

// TestWhatFollowsFromAnEarlierTransferIsRefusedWhereItCannot: by every way to post, void and take back.
func TestWhatFollowsFromAnEarlierTransferIsRefusedWhereItCannot(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		expires := app.Clock.Now().Add(time.Hour)
		late := b.credit("shoes", "late", 200)
		late.ExpiresAt = &expires
		b.mustPost(b.commission("noodles", "shoes", "paid", 106), b.commission("noodles", "shoes", "back", 7),
			b.credit("shoes", "open", 200), b.credit("shoes", "posted", 200), b.credit("shoes", "void", 200), late)
		require.NoError(t, b.settle("posted", "posted+"))
		require.NoError(t, b.void("void", "void-"))
		require.NoError(t, b.reverse("back", "back~"))
		for _, test := range []bad{
			{"voiding what is posted", func(b books) error { return b.void("posted", "x") }, ledger.ErrSettled},
			{"posting what is voided", func(b books) error { return b.settle("void", "x") }, ledger.ErrSettled},
			{"posting twice", func(b books) error { return b.settle("posted", "x") }, ledger.ErrSettled},
			{"voiding twice", func(b books) error { return b.void("void", "x") }, ledger.ErrSettled},
			{"posting what was never pending", func(b books) error { return b.settle("paid", "x") }, ledger.ErrNotOpen},
			{"voiding what was never pending", func(b books) error { return b.void("paid", "x") }, ledger.ErrNotOpen},
			{"voiding a posting", func(b books) error { return b.void("posted+", "x") }, ledger.ErrNotOpen},
			{"posting at the moment it expires", func(b books) error { return b.settleAt("late", "x", expires) }, ledger.ErrExpired},
			{"posting after it expired", func(b books) error { return b.settleAt("late", "x", expires.Add(time.Hour)) }, ledger.ErrExpired},
			{"taking back twice", func(b books) error { return b.reverse("back", "x") }, ledger.ErrReversed},
			{"taking a taking back back", func(b books) error { return b.reverse("back~", "x") }, ledger.ErrNotPosted},
			{"taking back what is pending", func(b books) error { return b.reverse("open", "x") }, ledger.ErrNotPosted},
			{"taking back what is void", func(b books) error { return b.reverse("void-", "x") }, ledger.ErrNotPosted},
			{"posting what there is not", func(b books) error { return b.settle("nothing", "x") }, ledger.ErrUnknown},
			{"voiding what there is not", func(b books) error { return b.void("nothing", "x") }, ledger.ErrUnknown},
			{"taking back what there is not", func(b books) error { return b.reverse("nothing", "x") }, ledger.ErrUnknown},
			{"posting by another's reference", func(b books) error { return b.settle("open", "paid") }, ledger.ErrReference},
			{"voiding by another's reference", func(b books) error { return b.void("open", "paid") }, ledger.ErrReference},
			{"taking back by another's reference", func(b books) error { return b.reverse("paid", "open") }, ledger.ErrReference},
			{"posting without a reference", func(b books) error { return b.settle("open", "") }, ledger.ErrEntry},
			{"another street posting", func(b books) error { return b.elsewhere().settle("open", "x") }, ledger.ErrUnknown},
			{"another street voiding", func(b books) error { return b.elsewhere().void("open", "x") }, ledger.ErrUnknown},
			{"another street taking back", func(b books) error { return b.elsewhere().reverse("paid", "x") }, ledger.ErrUnknown},
		} {
			b.refuses(test)
			assert.Empty(t, b.elsewhere().rows(), "nor in the other street's")
		}
		require.NoError(t, b.settleAt("late", "late+", expires.Add(-time.Microsecond)), "the last moment is in time")
		b.mustBalance()
	})
}

// TestAReferenceWithAnyOtherBodyIsRefused: field by field; when it happened is no part of the body.
func TestAReferenceWithAnyOtherBodyIsRefused(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		b.mustPost(b.bent(func(*ledger.Entry) {}))
		other := models.NewID()
		for name, change := range map[string]func(e *ledger.Entry){
			"who gives": func(e *ledger.Entry) { e.Debit = models.StoreFen(b.store("tea")) }, "who gets": func(e *ledger.Entry) { e.Credit = models.FundFen() },
			"the other way round": func(e *ledger.Entry) { e.Debit, e.Credit = e.Credit, e.Debit },
			"the amount":          func(e *ledger.Entry) { e.Amount++ }, "the kind": func(e *ledger.Entry) { e.Kind = models.KindCouponShare },
			"the unit": func(e *ledger.Entry) {
				e.Debit, e.Credit = models.StorePoints(b.store("noodles")), models.StorePoints(b.store("shoes"))
			},
			"pending":    func(e *ledger.Entry) { e.Pending = true },
			"the reason": func(e *ledger.Entry) { e.Reason = "因为" }, "the member": func(e *ledger.Entry) { e.Member = other },
			"the store": func(e *ledger.Entry) { e.Store = other }, "the visit": func(e *ledger.Entry) { e.Visit = other },
			"the campaign": func(e *ledger.Entry) { e.Campaign = other }, "the coupon": func(e *ledger.Entry) { e.Coupon = other },
			"the redemption": func(e *ledger.Entry) { e.Redemption = other }, "the referral": func(e *ledger.Entry) { e.Referral = other },
		} {
			e := b.bent(change)
			b.refuses(bad{name, func(b books) error { return b.posted(e) }, ledger.ErrReference})
			b.refuses(bad{name + ", submitted", func(b books) error { return b.submitted(e) }, ledger.ErrReference})
			b.refuses(bad{name + ", in a batch", func(b books) error { return b.submitted(b.commission("tea", "shoes", "good", 5), e) }, ledger.ErrReference})
		}
		b.mustPost(b.bent(func(e *ledger.Entry) { e.At = app.Clock.Now().Add(-time.Hour) }))
		assert.Len(t, b.rows(), 1, "the same told at another time is the same")
		b.mustBalance()
	})
}

// TestSumsThatAnAccountCannotHoldAreRefused: in one batch, over several, and while something is held.
func TestSumsThatAnAccountCannotHoldAreRefused(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		most := models.MaxTransfer
		b.refuses(bad{"twice the largest at once", func(b books) error {
			return b.submitted(b.commission("tea", "books", "a", most), b.commission("tea", "books", "b", most))
		}, ledger.ErrFull})
		b.refuses(bad{"four times, which is over 64 bits", func(b books) error {
			return b.submitted(b.commission("tea", "books", "a", most), b.commission("tea", "books", "b", most), b.commission("tea", "books", "c", most), b.commission("tea", "books", "d", most))
		}, ledger.ErrFull})
		b.mustPost(b.commission("noodles", "shoes", "full", most))
		for _, test := range []bad{
			{"one fen more out", func(b books) error { return b.posted(b.commission("noodles", "tea", "x", 1)) }, ledger.ErrFull},
			{"one fen more in", func(b books) error { return b.posted(b.commission("tea", "shoes", "x", 1)) }, ledger.ErrFull},
			{"one fen more held", func(b books) error { return b.posted(b.credit("shoes", "x", 1)) }, ledger.ErrFull},
			{"the largest again", func(b books) error { return b.submitted(b.commission("noodles", "shoes", "x", most)) }, ledger.ErrFull},
		} {
			b.refuses(test)
		}
		b.mustBalance()
	})
}
