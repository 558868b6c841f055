package handout_test

import (
	"errors"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/handout"
	"onestreet/server/testkit"
)

func TestAnotherStoreOrStreetReachesNothing(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(models.GivenPublic, body{"transferable": true})
		code := r.link(c)
		b, codes := r.printed(c, 2)
		r.customers(r.Join(1, "shoes"))
		s := r.sent(c, body{"everyone": true})
		mine := r.Claimed(testkit.Shopper, c)
		_, gift := r.gift(testkit.Shopper, mine.ID)

		manager := r.As(testkit.ManagerOf("tea"))
		theirs := "/campaigns/" + c.ID.String()
		for _, path := range []string{"/handing", "/sends/" + s.ID.String(), "/batches/" + b.ID.String() + "/codes.csv", "/batches/" + b.ID.String() + "/sheet.pdf", "/batches/" + b.ID.String() + "/sheet"} {
			manager.Get(r.At("tea", theirs+path)).Refused(http.StatusNotFound, "not_found")
			manager.Get(r.of(c, path)).Refused(http.StatusForbidden, "forbidden")
		}
		r.As(testkit.ClerkOf("shoes")).Get(r.of(c, "/batches/"+b.ID.String()+"/sheet")).Refused(http.StatusForbidden, "forbidden")
		for path, with := range map[string]body{
			"/link": {}, "/link/end": nil, "/sends": {"everyone": true}, "/sends/preview": {"everyone": true}, "/sends/" + s.ID.String() + "/stop": nil,
			"/batches": {"size": 1, "label": "x"}, "/batches/" + b.ID.String() + "/void": nil, "/prizes": {"member_id": r.Member(testkit.Shopper).ID, "reason": "抽中"},
		} {
			manager.Post(r.At("tea", theirs+path), with).Refused(http.StatusNotFound, "not_found")
			manager.Post(r.of(c, path), with).Refused(http.StatusForbidden, "forbidden")
			if path != "/sends/"+s.ID.String() {
				r.As(testkit.ClerkOf("shoes")).Post(r.of(c, path), with).Refused(http.StatusForbidden, "forbidden")
			}
		}
		outsider := r.As(testkit.OtherOwner)
		for _, path := range []string{"/coupon-links/" + code + "/claims", "/coupon-links/" + gift + "/claims", "/coupon-links/" + gift + "/refusal"} {
			outsider.Post(path, nil).Refused(http.StatusForbidden, "not_member")
		}
		stranger := r.Other.People[testkit.Shopper].Member.ID
		for _, link := range []string{code, gift} {
			_, err := r.Handout.ClaimLink(r.Ctx(), r.Other.Alliance.ID, stranger, link)
			require.ErrorIs(t, err, handout.ErrLink)
		}
		_, err := r.Handout.TakePaper(r.Ctx(), handout.Bearer{Alliance: r.Other.Alliance.ID, Member: stranger}, codes[0].Code)
		require.ErrorIs(t, err, handout.ErrPaper)
		_, err = r.Handout.Give(r.Ctx(), r.Other.Alliance.ID, stranger, mine.ID)
		require.ErrorIs(t, err, models.ErrNotFound)
		outsider.Get("/coupon-links/"+code).Refused(http.StatusNotFound, "coupon_link_unknown")
	})
}

var errRollBack = errors.New("roll back")

func TestTheAuditNamesWhatAHandHasChanged(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(models.GivenPublic, body{"transferable": true})
		b, codes := r.printed(c, 3)
		r.As(testkit.OtherShopper).Post("/me/coupon-codes", body{"code": codes[0].Code}).Must(http.StatusCreated)
		mine := r.Claimed(testkit.Shopper, c)
		g, gift := r.gift(testkit.Shopper, mine.ID)
		r.As(testkit.ThirdShopper).Post("/coupon-links/"+gift+"/claims", nil).Must(http.StatusCreated)
		r.customers(r.Join(2, "shoes"))
		s := r.sent(c, body{"everyone": true})
		require.NoError(t, r.Handout.SendDue(r.Ctx()))
		r.booksHold()
		for name, spoil := range map[string]struct {
			check, table string
			row          models.ID
			sql          string
			args         []any
		}{
			"a code that was taken twice":      {"handout.paper", "print_batches", b.ID, "UPDATE print_batches SET taken = taken + 1 WHERE id = ?", []any{b.ID}},
			"a code opened again":              {"handout.paper", "print_batches", b.ID, "UPDATE printed_codes SET state = 'open', coupon_id = NULL WHERE batch_id = ? AND serial = 1", []any{b.ID}},
			"a taken code with another coupon": {"handout.paper", "print_batches", b.ID, "UPDATE printed_codes SET coupon_id = ? WHERE batch_id = ? AND serial = 1", []any{models.NewID(), b.ID}},
			"a gift the giver kept":            {"handout.gifts", "coupons", mine.ID, "UPDATE coupon_gifts SET state = 'taken_back', taken_coupon_id = NULL WHERE id = ?", []any{g.ID}},
			"a gift that went elsewhere":       {"handout.gifts", "coupon_gifts", g.ID, "UPDATE coupon_gifts SET taker_id = ? WHERE id = ?", []any{models.NewID(), g.ID}},
			"a send that says less":            {"handout.sends", "coupon_sends", s.ID, "UPDATE coupon_sends SET given = given - 1, missed = missed + 1 WHERE id = ?", []any{s.ID}},
			"a handout that is gone":           {"handout.sends", "coupon_sends", s.ID, "DELETE FROM coupon_handouts WHERE way = 'sent' AND source_id = ?", []any{s.ID}},
		} {
			err := r.DB.Tx(r.Ctx(), func(tx *gorm.DB) error {
				require.NoError(t, tx.Exec(spoil.sql, spoil.args...).Error, name)
				report, err := r.Ledger.Audit().Street(tx.Statement.Context, r.Street.Alliance.ID)
				require.NoError(t, err)
				require.NotNil(t, report.Finding, name)
				assert.Equal(t, []string{spoil.check, spoil.table, spoil.row.String()}, []string{report.Finding.Check, report.Finding.Table, report.Finding.Row}, "%s: %s", name, report.Finding.Problem)
				return errRollBack
			})
			require.ErrorIs(t, err, errRollBack)
		}
	})
}
