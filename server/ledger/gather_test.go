package ledger_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/db"
	"onestreet/server/testkit"
)

func TestWhatIsGatheredIsDecidedOneByOneAndWrittenOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		member, alone := app.Street.People[testkit.Shopper].Member.ID, errors.New("this part alone")
		b.mustPost(b.commission("tea", "books", "before", 5))
		require.NoError(t, b.tx(func(tx *gorm.DB) error {
			failed := db.Part(tx, func(tx *gorm.DB) error {
				return app.Ledger.Gather(tx, b.id, func(tx *gorm.DB) error {
					_, err := app.Ledger.Post(tx, b.id, b.commission("tea", "books", "undone", 1000))
					return errors.Join(err, alone)
				})
			})
			require.ErrorIs(t, failed, alone)
			return app.Ledger.Gather(tx, b.id, func(tx *gorm.DB) error { return b.gather(tx, member) })
		}))
		require.Equal(t, int64(5+20), b.balance(models.StoreFen(b.store("books"))).Net())
		require.Equal(t, int64(300-5-20), b.balance(models.StoreFen(b.store("tea"))).Net())
		require.Equal(t, int64(10-4), b.balance(models.MemberPoints(member)).Available())
		require.Len(t, b.rows(), 6)
		b.mustBalance()
	})
}

// gather posts on accounts that the posts share, one known already, one twice, one that is refused, and one that follows
// from what waits.
func (b books) gather(tx *gorm.DB, member models.ID) error {
	post := func(e ledger.Entry) (models.Transfer, error) {
		rows, err := b.app.Ledger.Post(tx, b.id, e)
		if err != nil {
			return models.Transfer{}, err
		}
		return rows[0], nil
	}
	known, err := post(b.commission("tea", "books", "before", 5))
	require.NoError(b.t, err)
	require.Equal(b.t, int64(1), known.Seq, "answered with the first")
	first, err := post(b.points("tea", member, "points", 10))
	require.NoError(b.t, err)
	again, err := post(b.points("tea", member, "points", 10))
	require.NoError(b.t, err)
	require.Equal(b.t, first.ID, again.ID)
	_, err = post(b.points("tea", member, "points", 11))
	require.ErrorIs(b.t, err, ledger.ErrReference)
	_, err = post(b.spend("tea", member, "too-much", 11))
	require.ErrorIs(b.t, err, ledger.ErrTooLow)
	_, err = post(b.spend("tea", member, "spent", 4))
	require.NoError(b.t, err)
	_, err = post(b.credit("tea", "credit", 300))
	require.NoError(b.t, err)
	_, err = b.app.Ledger.PostPending(tx, b.id, "credit", "credit:post")
	require.NoError(b.t, err)
	_, err = post(b.commission("tea", "books", "after", 20))
	return err
}
