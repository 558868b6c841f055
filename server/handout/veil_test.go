package handout_test

import (
	"errors"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/handout"
	"onestreet/server/platform/web"
	"onestreet/server/testkit"
)

// figures is all that a store can read, and try, after a send.
type figures struct {
	Reach     handout.ReachView
	Claimed   int64
	Remaining int64
	Results   coupon.ResultsView
	Versions  []int64
	Counts    []handout.WayCount
	Send      []int64
	Taken     int    // by others who come until it ends
	Refused   string // what the next of them hears
}

// Two circles that the street tells apart by no figure: whoever sends to one of them, and looks before and after, and has
// friends take what is left, cannot tell which it was.
func TestNobodyCanCountWhomAPrivateSendReached(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		people, others := r.Join(9, "tea"), r.Join(7, "tea")
		circles := map[int]models.ID{}
		for _, n := range []int{0, 4, 6, 9} {
			circles[n] = r.circle("noodles", models.CircleOpen, people[:n])
		}
		for _, alike := range []struct {
			few, more int
			changes   body
		}{{0, 4, nil}, {6, 9, nil}, {6, 9, body{"stock": 12}}, {0, 4, body{"per_day": 7}}} {
			one, other := r.after(circles[alike.few], others, alike.changes), r.after(circles[alike.more], others, alike.changes)
			assert.Equal(t, one, other, "%v", alike)
			assert.Equal(t, int64(alike.few/5*5+5), one.Claimed-int64(one.Taken), "what is told of, and one K more")
		}
		r.veilHolds()
	})
}

// veilHolds lets somebody take back by hand what a send holds back, and expects the books to name it.
func (r rig) veilHolds() {
	r.t.Helper()
	var v models.CampaignVeil
	require.NoError(r.t, r.DB.Read(r.Ctx()).Where("alliance_id = ? AND n > 0", r.alliance()).Take(&v).Error)
	for _, n := range []int64{v.N - 1, v.N} {
		require.NoError(r.t, r.DB.Tx(r.Ctx(), func(tx *gorm.DB) error {
			return tx.Model(&models.CampaignVeil{}).Where("send_id = ?", v.SendID).Update("n", n).Error
		}))
		report, err := r.Ledger.Audit().Street(r.Ctx(), r.alliance())
		require.NoError(r.t, err)
		if n == v.N {
			require.Nil(r.t, report.Finding)
			continue
		}
		require.NotNil(r.t, report.Finding)
		require.Equal(r.t, v.CampaignID.String(), report.Finding.Row)
		require.Contains(r.t, report.Finding.Problem, "its sends hold")
	}
}

// after sends a campaign to a circle, lets others take what they can, and reads what its store can.
func (r rig) after(circle models.ID, others []testkit.Person, changes body) (f figures) {
	r.t.Helper()
	c, manager := r.live(models.GivenPublic, changes), r.As(testkit.ManagerOf("shoes"))
	to := body{"audience": body{"circle_id": circle}}
	sent := r.sent(c, to)
	require.NoError(r.t, r.Handout.SendDue(r.Ctx()))
	for _, p := range others {
		if _, err := r.Coupon.Claim(r.Ctx(), r.alliance(), c.ID, p.Member.ID); err != nil {
			var said *models.Error
			require.True(r.t, errors.As(err, &said), "%v", err)
			f.Refused = said.Code
			break
		}
		f.Taken++
	}
	r.Drain()
	manager.Post(r.of(c, "/sends/preview"), to).Must(http.StatusOK).Into(&f.Reach)
	manager.Get("/campaigns/" + c.ID.String()).Must(http.StatusOK).Into(&c)
	f.Claimed, f.Remaining = c.Claimed, c.Remaining
	manager.Get(r.of(c, "/results")).Must(http.StatusOK).Into(&f.Results)
	var versions web.Page[coupon.VersionView]
	manager.Get("/campaigns/" + c.ID.String() + "/versions").Must(http.StatusOK).Into(&versions)
	for _, v := range versions.Items {
		f.Versions = append(f.Versions, v.Claimed)
	}
	var h handout.Handing
	manager.Get(r.of(c, "/handing")).Must(http.StatusOK).Into(&h)
	done := r.send(c, sent.ID)
	f.Counts, f.Send = h.Counts, []int64{done.Total, done.Given, done.Had, done.NoneLeft, done.Missed, done.Open}
	return f
}
