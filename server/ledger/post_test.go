package ledger_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/testkit"
)

func TestATransferMovesBothSidesAndIsNumbered(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		rows := b.mustPost(b.commission("noodles", "shoes", "c1", 106), b.commission("tea", "shoes", "c2", 94))
		assert.Equal(t, []int64{1, 2}, []int64{rows[0].Seq, rows[1].Seq})
		assert.Equal(t, models.Balance{Credits: 200}, b.balance(models.StoreFen(b.store("shoes"))))
		assert.Equal(t, models.Balance{Debits: 106}, b.balance(models.StoreFen(b.store("noodles"))))
		assert.EqualValues(t, -106, b.balance(models.StoreFen(b.store("noodles"))).Net())
		for _, row := range b.rows() {
			leaf := row.LeafHash()
			assert.Equal(t, leaf[:], row.Leaf, "what is read back is what was hashed")
		}
		b.mustBalance()
	})
}

func TestBadEntriesAreRefusedAndChangeNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		good := b.commission("noodles", "shoes", "c1", 1)
		expires := app.Clock.Now().Add(time.Hour)
		tests := []struct {
			name string
			bend func(*ledger.Entry)
			err  error
		}{
			{"nothing", func(e *ledger.Entry) { e.Amount = 0 }, ledger.ErrAmount},
			{"less than nothing", func(e *ledger.Entry) { e.Amount = -1 }, ledger.ErrAmount},
			{"over 2 to the 62", func(e *ledger.Entry) { e.Amount = models.MaxTransfer + 1 }, ledger.ErrAmount},
			{"to itself", func(e *ledger.Entry) { e.Credit = e.Debit }, ledger.ErrAccount},
			{"to the fund by two names", func(e *ledger.Entry) {
				e.Debit, e.Credit = models.FundFen(), models.FundFen().In(b.id)
			}, ledger.ErrAccount},
			{"a store without a name", func(e *ledger.Entry) { e.Debit.OwnerID = models.ID{} }, ledger.ErrAccount},
			{"an owner of no kind", func(e *ledger.Entry) { e.Debit.Owner = "cat" }, ledger.ErrAccount},
			{"a unit of no kind", func(e *ledger.Entry) { e.Debit.Unit, e.Credit.Unit = "euro", "euro" }, ledger.ErrAccount},
			{"fen to points", func(e *ledger.Entry) { e.Credit.Unit = models.UnitPoint }, ledger.ErrUnit},
			{"no reference", func(e *ledger.Entry) { e.Reference = "" }, ledger.ErrEntry},
			{"a reference with a blank", func(e *ledger.Entry) { e.Reference = "a b" }, ledger.ErrEntry},
			{"a reference in Chinese", func(e *ledger.Entry) { e.Reference = "佣金" }, ledger.ErrEntry},
			{"too long a reference", func(e *ledger.Entry) { e.Reference = strings.Repeat("x", 121) }, ledger.ErrEntry},
			{"no kind", func(e *ledger.Entry) { e.Kind = "" }, ledger.ErrEntry},
			{"an expiry of what is posted at once", func(e *ledger.Entry) { e.ExpiresAt = &expires }, ledger.ErrEntry},
			{"too long a reason", func(e *ledger.Entry) { e.Reason = strings.Repeat("长", 401) }, ledger.ErrEntry},
		}
		for _, test := range tests {
			t.Run(test.name, func(t *testing.T) {
				bad := good
				bad.Reference = "bad"
				test.bend(&bad)
				_, err := b.post(good, bad)
				assert.ErrorIs(t, err, test.err)
				assert.Empty(t, b.rows(), "a batch is posted together or not at all")
			})
		}
		_, err := app.Ledger.Post(app.DB.Read(t.Context()), models.ID{}, good)
		assert.ErrorIs(t, err, ledger.ErrEntry, "no alliance")
		assert.Zero(t, b.balance(models.StoreFen(b.store("shoes"))))
	})
}

func TestAReferenceIsPostedOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		first := b.mustPost(b.commission("noodles", "shoes", "c1", 106))
		app.Time.Advance(time.Hour)
		again := b.mustPost(b.commission("noodles", "shoes", "c1", 106), b.commission("tea", "shoes", "c2", 5), b.commission("tea", "shoes", "c2", 5))
		assert.Equal(t, first[0].ID, again[0].ID)
		assert.Equal(t, again[1].ID, again[2].ID, "also within one batch")
		assert.Len(t, b.rows(), 2)

		for name, bend := range map[string]func(*ledger.Entry){
			"another amount":  func(e *ledger.Entry) { e.Amount++ },
			"another account": func(e *ledger.Entry) { e.Debit = models.StoreFen(b.store("books")) },
			"another kind":    func(e *ledger.Entry) { e.Kind = models.KindCouponShare },
			"another visit":   func(e *ledger.Entry) { e.Visit = models.NewID() },
			"pending":         func(e *ledger.Entry) { e.Pending = true },
		} {
			other := b.commission("noodles", "shoes", "c1", 106)
			bend(&other)
			_, err := b.post(b.commission("tea", "shoes", "c3", 1), other)
			assert.ErrorIs(t, err, ledger.ErrReference, name)
		}
		assert.Len(t, b.rows(), 2)
		b.mustBalance()
	})
}

func TestAnotherStreetHasItsOwnReferencesAndNumbers(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		b.mustPost(b.commission("noodles", "shoes", "c1", 106))
		other := b
		other.id = app.Other.Alliance.ID
		rows := other.mustPost(b.commission("noodles", "shoes", "c1", 7))
		assert.EqualValues(t, 1, rows[0].Seq)
		assert.EqualValues(t, 106, b.balance(models.StoreFen(b.store("shoes"))).Credits)
		assert.ErrorIs(t, other.reverse("nothing", "r"), ledger.ErrUnknown)
	})
}

func TestAMemberSpendsOnlyWhatIsThere(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b, member := open(t, app), app.Street.People[testkit.Shopper].Member.ID
		_, err := b.post(b.spend("tea", member, "s0", 1))
		assert.ErrorIs(t, err, ledger.ErrTooLow, "an account that never had anything")
		b.mustPost(b.points("shoes", member, "p1", 100))
		_, err = b.post(b.spend("tea", member, "s1", 60), b.spend("tea", member, "s2", 41))
		assert.ErrorIs(t, err, ledger.ErrTooLow)
		b.mustPost(b.spend("tea", member, "s1", 60), b.spend("tea", member, "s2", 40))
		assert.Zero(t, b.balance(models.MemberPoints(member)).Available())
		assert.ErrorIs(t, b.reverse("p1", "r1"), ledger.ErrTooLow, "what is spent cannot be taken back")

		b.mustPost(b.points("shoes", member, "p2", 10))
		held := b.spend("tea", member, "s3", 8)
		held.Pending = true
		b.mustPost(held)
		assert.EqualValues(t, 2, b.balance(models.MemberPoints(member)).Available())
		_, err = b.post(b.spend("tea", member, "s4", 3))
		assert.ErrorIs(t, err, ledger.ErrTooLow, "what is held is not there")
		require.NoError(t, b.void("s3", "v3"))
		b.mustPost(b.spend("tea", member, "s4", 10))
		b.mustBalance()
	})
}

func TestAnAccountMayBeKeptFromBeingPaidMoreThanItIsOwed(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		till := models.StoreFen(b.store("books"))
		openIt := func(limit models.AccountLimit) error {
			return b.tx(func(tx *gorm.DB) error { return app.Ledger.Open(tx, b.id, till, limit) })
		}
		require.NoError(t, openIt(models.CreditsWithinDebits))
		require.NoError(t, openIt(models.CreditsWithinDebits))
		assert.ErrorIs(t, openIt(models.Unlimited), ledger.ErrLimit)
		pay := func(ref string, from, to models.AccountKey, amount int64) error {
			_, err := b.post(ledger.Entry{Debit: from, Credit: to, Amount: amount, Kind: "payment", Reference: ref})
			return err
		}
		shoes := models.StoreFen(b.store("shoes"))
		require.NoError(t, pay("1", till, shoes, 50))
		require.NoError(t, pay("2", shoes, till, 50))
		assert.ErrorIs(t, pay("3", shoes, till, 1), ledger.ErrTooLow)
	})
}

func TestAnAccountThatIsFullSaysSo(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		b.mustPost(b.commission("noodles", "shoes", "c1", models.MaxTransfer))
		_, err := b.post(b.commission("noodles", "shoes", "c2", 1))
		assert.ErrorIs(t, err, ledger.ErrFull)
		_, err = b.post(b.commission("noodles", "shoes", "c2", models.MaxTransfer))
		assert.ErrorIs(t, err, ledger.ErrFull)
		_, err = b.post(b.commission("tea", "books", "c3", models.MaxTransfer), b.commission("tea", "books", "c4", models.MaxTransfer))
		assert.ErrorIs(t, err, ledger.ErrFull, "also within a batch")
		held := b.credit("books", "h1", models.MaxTransfer)
		b.mustPost(held)
		require.NoError(t, b.void("h1", "v1"))
		require.NoError(t, b.reverse("c1", "r1"))
		b.mustBalance()
	})
}

func TestAnErrorLeavesTheCallersTransactionAsItWas(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b, member := open(t, app), app.Street.People[testkit.Shopper].Member.ID
		err := b.tx(func(tx *gorm.DB) error {
			_, refused := app.Ledger.Post(tx, b.id, b.commission("noodles", "shoes", "c1", 5), b.spend("tea", member, "s1", 1))
			assert.ErrorIs(t, refused, ledger.ErrTooLow)
			_, err := app.Ledger.Post(tx, b.id, b.commission("noodles", "shoes", "c2", 7))
			return err
		})
		require.NoError(t, err)
		assert.Len(t, b.rows(), 1)
		assert.Equal(t, models.Balance{Credits: 7}, b.balance(models.StoreFen(b.store("shoes"))))
		b.mustBalance()
	})
}
