package pool_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/pool"
	"onestreet/server/testkit"
)

func TestR31_AnInvitedPhoneThatJoinsBringsItsFactsAndBelongsToTheFirstBook(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		phone := testkit.Phone()
		csv := []byte("姓名,手机号,累计消费,购买次数,标签,备注\n沈姐," + phone + ",299,3,宽脚,脚背高\n")
		write(t, app, "shoes", upload(app, "shoes", "a.csv", csv))
		app.Time.Advance(1)
		write(t, app, "tea", upload(app, "tea", "b.csv", []byte("phone\n"+phone+"\n")))

		line := customers(app, "shoes", "").Items[0]
		require.Equal(t, "invited", line.Kind)
		require.Equal(t, phone[:3]+"****"+phone[7:], line.PhoneMasked)
		code := line.InviteURL[strings.LastIndex(line.InviteURL, "/")+1:]
		invitation := app.As(testkit.Visitor).Get("/join/" + code).Must(http.StatusOK)
		require.NotContains(t, string(invitation.Body), "沈姐", "the link may be in the wrong hands")

		join(t, app, app.Street.Links["noodles"], phone, "")
		m := member(t, app, 4)
		require.Equal(t, app.Street.Stores["shoes"].ID, m.OriginStoreID, "though the noodle shop's counter was scanned")
		line = customers(app, "shoes", "?state=member").Items[0]
		require.Equal(t, pool.CustomerView{
			ID: m.ID, Kind: "member", Name: "沈姐", PhoneMasked: phone[:3] + "****" + phone[7:], Tags: []string{"宽脚"}, Note: "脚背高",
			Purchases: 3, Spent: models.Fen(29900), Origin: true,
		}, line)
		tea := customers(app, "tea", "").Items[0]
		require.Equal(t, m.ID, tea.ID)
		require.Empty(t, tea.PhoneMasked, "the tea house must be let see it first")
		require.False(t, tea.Origin)
		require.Zero(t, countOf(t, app, &models.Customer{}, "alliance_id = ? AND phone IS NOT NULL", app.Street.Alliance.ID))
	})
}

func TestPhonesThatJoinWhileTheirBookIsWrittenAreMembersInIt(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		var file strings.Builder
		file.WriteString("phone\n")
		bodies := make([]map[string]any, 20)
		for i := range bodies {
			phone := testkit.Phone()
			bodies[i] = map[string]any{"phone": phone, "code": codeFor(t, app, phone)}
			file.WriteString(phone + "\n")
		}
		imp := upload(app, "tea", "a.csv", []byte(file.String()))
		app.As(testkit.ManagerOf("tea")).Post(store("/imports/"+imp.ID.String()+"/run", app, "tea"), nil).Must(http.StatusAccepted)
		link := app.Street.Links["shoes"].Code
		answers := atOnce(len(bodies)+1, func(i int) string {
			if i < len(bodies) {
				return answer(app.As(testkit.Visitor).Post("/join/"+link, bodies[i]))
			}
			if err := app.Pool.ResumeImports(app.Ctx()); err != nil {
				return err.Error()
			}
			return "written"
		})
		require.Equal(t, map[string]int{"201 ": 20, "written": 1}, answers)
		lines := book(t, app, "tea")
		require.Len(t, lines, 20)
		for _, line := range lines {
			require.False(t, line.Invited(), "nobody is invited who is in already")
			require.Nil(t, line.Phone)
		}
	})
}

func TestR09_AForwardedInvitationIsTheStoresLinkForAnyoneElse(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		write(t, app, "shoes", upload(app, "shoes", "a.csv", []byte("phone\n"+testkit.Phone()+"\n")))
		url := customers(app, "shoes", "").Items[0].InviteURL
		join(t, app, models.JoinLink{Code: url[strings.LastIndex(url, "/")+1:]}, testkit.Phone(), "")
		require.Equal(t, app.Street.Stores["shoes"].ID, member(t, app, 4).OriginStoreID)
		require.Equal(t, models.TouchPoster, joinedEvent(t, app).Attribution.Kind)
	})
}

func TestImportingAMemberLinksTheBookWithoutAnInvitation(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		shopper := app.Street.People[testkit.Shopper]
		csv := []byte("姓名,手机号,备注\n李姐," + (*shopper.Account.Phone) + ",常来\n")
		imp := upload(app, "tea", "a.csv", csv)
		require.Equal(t, 1, imp.Counts.New, "whether a phone is in the pool is not the tea house's to know from a preview")
		require.Equal(t, &models.ImportResult{Updated: 1}, write(t, app, "tea", imp).Result)
		line := customers(app, "tea", "").Items[0]
		require.Equal(t, "member", line.Kind)
		require.Equal(t, "李姐", line.Name)
		require.Empty(t, line.PhoneMasked)
		require.Equal(t, app.Street.Stores["shoes"].ID, app.Street.People[testkit.Shopper].Member.OriginStoreID)
	})
}
