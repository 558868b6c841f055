package calendar_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/calendar"
	"onestreet/server/coupon"
	"onestreet/server/testkit"
)

// door is a phone at the entrance: its key, its clock, its log.
type door struct {
	*testkit.App
	t     *testing.T
	who   testkit.Persona
	wrong time.Duration // how far its clock is ahead
	key   *ecdsa.PrivateKey
	pack  calendar.DoorPack
	log   []calendar.DoorLine
}

// openDoor makes a phone with a clock that is so wrong a door.
func openDoor(t *testing.T, app *testkit.App, o calendar.OccurrenceView, who testkit.Persona, wrong time.Duration) *door {
	t.Helper()
	d := &door{App: app, t: t, who: who, wrong: wrong}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	spki, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	require.NoError(t, err)
	d.key = key
	app.As(who).Post(tea(app, "/occurrences/"+o.ID.String()+"/doors"), body{
		"name": "前门", "public_key": base64.StdEncoding.EncodeToString(spki), "device_time": d.clock(),
	}).Must(http.StatusCreated).Into(&d.pack)
	return d
}

func (d *door) clock() time.Time { return d.Time.Now().Add(d.wrong) }

func (d *door) path(rest string) string { return tea(d.App, "/doors/"+d.pack.Door.ID.String()+rest) }

func (d *door) desk() calendar.Desk {
	return calendar.Desk{Alliance: d.Street.Alliance.ID, Store: d.Street.Stores["tea"].ID, Account: d.Street.People[d.who].Account.ID}
}

// admit writes a guest into the log: nobody else hears of it.
func (d *door) admit(member models.ID, people int, digits string) {
	l := models.DoorLine{
		Door: d.pack.Door.ID, Seq: int64(len(d.log) + 1), Member: member, People: people, Digits: digits, By: d.Street.People[d.who].Account.ID,
		Clock: d.clock(), Contact: d.pack.ServerTime, Since: -time.Millisecond,
	}
	sum := sha256.Sum256([]byte(l.Text()))
	r, s, err := ecdsa.Sign(rand.Reader, d.key, sum[:])
	require.NoError(d.t, err)
	d.log = append(d.log, calendar.DoorLine{DoorLine: l, Signature: append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...)})
}

// synced brings the whole log and answers with what became of it.
func (d *door) synced() []models.DoorEntry {
	d.t.Helper()
	entries, err := d.Calendar.TakeDoorLog(d.Ctx(), d.desk(), d.pack.Door.ID, d.clock(), d.log)
	require.NoError(d.t, err)
	return entries
}

func (d *door) outcomes() []models.DoorOutcome {
	var list []models.DoorOutcome
	for _, e := range d.synced() {
		list = append(list, e.Outcome)
	}
	return list
}

func occurrenceRow(t *testing.T, app *testkit.App, id models.ID) models.Occurrence {
	t.Helper()
	o, err := app.Calendar.Occurrence(app.Ctx(), app.Street.Alliance.ID, id)
	require.NoError(t, err)
	return o
}

func TestTwoDoorsWithoutANetworkCheckTheSameGuestInOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		o := tasting(app, 20).Occurrences[0]
		me, other := app.Street.People[testkit.Shopper].Member, app.Street.People[testkit.OtherShopper].Member
		app.As(testkit.Shopper).Post(signUps(o), nil).Must(http.StatusCreated)
		app.As(testkit.OtherShopper).Post(signUps(o), nil).Must(http.StatusCreated)
		app.Time.Set(Sunday.Add(-10 * time.Minute))
		front, back := openDoor(t, app, o, testkit.ClerkOf("tea"), 0), openDoor(t, app, o, testkit.ManagerOf("tea"), 40*time.Minute)
		require.Len(t, front.pack.Guests, 2, "the phone carries the list")

		app.Time.Advance(time.Minute)
		front.admit(me.ID, 1, "")
		was := app.Time.Now()
		app.Time.Advance(time.Minute)
		back.admit(me.ID, 1, "")
		back.admit(other.ID, 1, "")
		app.Time.Advance(time.Hour)

		require.Equal(t, []models.DoorOutcome{models.DoorIn}, front.outcomes())
		entries := back.synced()
		require.Equal(t, []models.DoorOutcome{models.DoorBefore, models.DoorIn}, back.outcomes())
		assert.Equal(t, "already_checked_in", entries[0].Code)
		assert.Equal(t, "10 月 18 日 14:21 由clerk of tea签到了", entries[0].WhyZH, "the second is told when and by whom")
		assert.Equal(t, []models.DoorOutcome{models.DoorIn}, front.outcomes(), "told again, the log gets the same answer")

		seen := visits(t, app, me.ID)
		require.Len(t, seen, 1, "one visit, however many doors")
		assert.True(t, seen[0].At.Equal(was), "it stands at its own time")
		list := guests(app, o)
		assert.Equal(t, "manager of tea", list.Items[1].By, "with a clock that is forty minutes wrong")
		assert.False(t, entries[1].Wild)
		booksHold(t, app)
	})
}

// However the phones and the desk take turns, there are never more guests than places.
func TestDoorsLetInNoMoreThanTheirRoom(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		const places = 20
		o := tasting(app, places).Occurrences[0]
		app.Time.Set(Sunday.Add(-time.Hour))
		doors := []*door{openDoor(t, app, o, testkit.ClerkOf("tea"), 0), openDoor(t, app, o, testkit.ManagerOf("tea"), 0)}
		require.Equal(t, 4, doors[0].pack.Door.Open, "a fifth of what is free")
		require.Equal(t, 4, doors[1].pack.Door.Open)
		require.Equal(t, 8, occurrenceRow(t, app, o.ID).Held)
		crowd := app.Join(40, "tea")
		for i, d := range doors {
			for _, p := range crowd[6*i : 6*i+6] { // six stand at each, four have room
				d.admit(p.Member.ID, 1, app.CodeOf(p.Member))
			}
		}
		errs := testkit.Crowd(28, func(i int) error {
			_, _, err := app.Calendar.CheckIn(app.Ctx(), teaDesk(app), calendar.CheckIn{Occurrence: o.ID, Member: crowd[12+i].Member.ID})
			return err
		})
		in := 0
		for _, err := range errs {
			if err == nil {
				in++
				continue
			}
			require.ErrorIs(t, err, calendar.ErrFull)
		}
		require.Equal(t, places-8, in, "with a network, what is not set aside")
		app.Time.Advance(time.Minute)
		results := make([][]models.DoorEntry, 2)
		for _, err := range testkit.Crowd(2, func(i int) (err error) {
			results[i], err = doors[i].Calendar.TakeDoorLog(app.Ctx(), doors[i].desk(), doors[i].pack.Door.ID, app.Time.Now(), doors[i].log)
			return err
		}) {
			require.NoError(t, err)
		}
		for _, entries := range results {
			for i, e := range entries {
				if i < 4 {
					require.Equal(t, models.DoorIn, e.Outcome, "line %d: %s", i, e.Code)
				} else {
					require.Equal(t, "event_full", e.Code)
				}
			}
		}
		row := occurrenceRow(t, app, o.ID)
		assert.Equal(t, places, row.Taken)
		assert.Zero(t, row.Held)
		booksHold(t, app)
	})
}

func TestADoorHoldsPlacesOnlyNearTheStartAndGivesThemBack(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		o := tasting(app, 10).Occurrences[0]
		d := openDoor(t, app, o, testkit.ClerkOf("tea"), 0)
		require.Zero(t, d.pack.Door.Open, "a day before, the places are for those who sign up")
		app.Time.Set(Sunday.Add(-time.Hour))
		app.As(d.who).Post(d.path("/contact"), body{"device_time": app.Time.Now()}).Must(http.StatusOK).Into(&d.pack)
		require.Equal(t, 2, d.pack.Door.Open)
		require.Equal(t, 2, guests(app, o).Held)
		app.As(d.who).Post(tea(app, "/occurrences/"+o.ID.String()+"/neighbours"), body{"people": 9}).Refused(http.StatusConflict, "few_left")
		app.As(d.who).Post(tea(app, "/occurrences/"+o.ID.String()+"/neighbours"), body{"people": 9, "door_id": d.pack.Door.ID}).Must(http.StatusCreated)
		row := occurrenceRow(t, app, o.ID)
		assert.Equal(t, []int{9, 9, 0}, []int{row.Taken, row.Unnamed, row.Held}, "who stands at the door gets what it holds")
		app.As(d.who).Delete(d.path("")).Must(http.StatusOK)
		app.As(d.who).Delete(d.path("")).Must(http.StatusOK)
		assert.Empty(t, guests(app, o).Doors)
		app.As(d.who).Post(d.path("/contact"), body{"device_time": app.Time.Now()}).Refused(http.StatusGone, "door_closed")
		d.admit(models.ID{}, 1, "")
		require.Equal(t, []models.DoorOutcome{models.DoorIn}, d.outcomes(), "what it brings later is taken while there is room")
		booksHold(t, app)
	})
}

func TestALogComesInOrderAndSigned(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		o := tasting(app, 20).Occurrences[0]
		app.Time.Set(Sunday)
		d := openDoor(t, app, o, testkit.ClerkOf("tea"), 0)
		stranger := app.Other.People[testkit.Shopper].Member
		walkIn := app.Street.People[testkit.ThirdShopper].Member
		d.admit(walkIn.ID, 2, app.CodeOf(walkIn))
		d.admit(stranger.ID, 1, app.CodeOf(stranger))
		d.admit(app.Street.People[testkit.OtherShopper].Member.ID, 1, "00000000")
		d.admit(models.ID{}, 3, "")
		send := func(lines ...calendar.DoorLine) error {
			_, err := app.Calendar.TakeDoorLog(app.Ctx(), d.desk(), d.pack.Door.ID, d.clock(), lines)
			return err
		}
		require.ErrorIs(t, send(d.log[1]), calendar.ErrLogGap.With(1))
		forged := d.log[0]
		forged.People = 10
		require.ErrorIs(t, send(forged), calendar.ErrLogSignature.With(1))

		entries := d.synced()
		assert.Equal(t, []string{"", "not_found", "code_unproven", ""}, []string{entries[0].Code, entries[1].Code, entries[2].Code, entries[3].Code})
		require.ErrorIs(t, send(forged), calendar.ErrLogDiffers.With(1))
		row := occurrenceRow(t, app, o.ID)
		assert.Equal(t, []int{5, 3}, []int{row.Taken, row.Unnamed})

		for _, s := range []testkit.Scenario{
			{Name: "another store's door", As: testkit.ClerkOf("shoes"), Method: "POST", Path: app.At("shoes", "/doors/"+d.pack.Door.ID.String()+"/log"), Body: body{"device_time": app.Time.Now(), "lines": []body{}}, Status: http.StatusOK},
			{Name: "another store's contact", As: testkit.ClerkOf("shoes"), Method: "POST", Path: app.At("shoes", "/doors/"+d.pack.Door.ID.String()+"/contact"), Body: body{"device_time": app.Time.Now()}, Status: http.StatusNotFound},
			{Name: "another store's occurrence", As: testkit.ClerkOf("shoes"), Method: "POST", Path: app.At("shoes", "/occurrences/"+o.ID.String()+"/doors"), Body: body{"name": "后门", "public_key": "x", "device_time": app.Time.Now()}, Status: http.StatusUnprocessableEntity, Code: "door_key"},
			{Name: "a shopper", As: testkit.Shopper, Method: "POST", Path: tea(app, "/occurrences/"+o.ID.String()+"/doors"), Body: body{"name": "后门"}, Status: http.StatusForbidden},
			{Name: "closed by another store", As: testkit.OwnerOf("shoes"), Method: "DELETE", Path: app.At("shoes", "/doors/"+d.pack.Door.ID.String()), Status: http.StatusNotFound},
		} {
			s.Run(t, app)
		}
		booksHold(t, app)
	})
}

// doorGift is a campaign whose coupons a store hands over itself.
func doorGift(app *testkit.App, slug, gift string, stock int) (c coupon.CampaignView) {
	at := app.At(slug, "/campaigns")
	app.As(testkit.ManagerOf(slug)).Post(at, body{
		"title": "到场送", "kind": "gift", "gift": gift, "stock": stock, "per_member": 1, "given": "prize",
		"claim_from": testkit.Noon, "claim_until": testkit.Noon.AddDate(0, 0, 14), "valid_days": 30,
	}).Must(http.StatusCreated).Into(&c)
	app.As(testkit.OwnerOf(slug)).Post(at+"/"+c.ID.String()+"/submit", nil).Must(http.StatusOK)
	return c
}

func TestACheckInGivesPointsAndACouponOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := tasting(app, 20)
		o := e.Occurrences[0]
		c := doorGift(app, "tea", "菊花茶一壶", 1)
		var terms body
		app.As(testkit.ManagerOf("tea")).Get(tea(app, "/events/"+e.ID.String()+"/terms")).Must(http.StatusOK).Into(&terms)
		path := tea(app, "/events/"+e.ID.String()+"/terms")
		app.As(testkit.ManagerOf("tea")).Put(path, terms.with("gift_points", 1001)).Refused(http.StatusUnprocessableEntity, "invalid")
		app.As(testkit.ManagerOf("tea")).Put(path, terms.with("gift_campaign_id", models.NewID())).Refused(http.StatusUnprocessableEntity, "gift_campaign")
		app.As(testkit.ManagerOf("tea")).Put(path, terms.with("gift_points", 20).with("gift_campaign_id", c.ID)).Must(http.StatusOK)

		me, other := app.Street.People[testkit.Shopper].Member, app.Street.People[testkit.OtherShopper].Member
		front := openDoor(t, app, o, testkit.ManagerOf("tea"), 0)
		front.admit(me.ID, 1, app.CodeOf(me))
		app.As(testkit.ClerkOf("tea")).Post(checkIns(app, o), body{"member_id": me.ID}).Must(http.StatusCreated)
		require.Equal(t, []models.DoorOutcome{models.DoorBefore}, front.outcomes())
		app.As(testkit.ClerkOf("tea")).Post(checkIns(app, o), body{"member_id": other.ID}).Must(http.StatusCreated)
		app.Drain()
		for _, m := range []models.Member{me, other} {
			points, err := app.Ledger.Points(app.Ctx(), app.Street.Alliance.ID, m.ID)
			require.NoError(t, err)
			assert.EqualValues(t, 20, points)
		}
		var handed []models.Handout
		require.NoError(t, app.DB.Read(app.Ctx()).Where("campaign_id = ?", c.ID).Find(&handed).Error)
		require.Len(t, handed, 1, "the one coupon there was; who comes later is checked in all the same")
		assert.Equal(t, "认一认秋天的茶", handed[0].Reason)
		said := string(app.As(testkit.Shopper).Get("/me/points").Must(http.StatusOK).Body)
		assert.True(t, strings.Contains(said, "来参加活动得的") && strings.Contains(said, "认一认秋天的茶"), said)
		booksHold(t, app)
	})
}

func TestWhatAMemberTakesAwayHasAnswersAndWaitingPlaces(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := tasting(app, 1)
		o := e.Occurrences[0]
		var terms body
		path := tea(app, "/events/"+e.ID.String()+"/terms")
		app.As(testkit.ManagerOf("tea")).Get(path).Must(http.StatusOK).Into(&terms)
		app.As(testkit.ManagerOf("tea")).Put(path, terms.with("waiting_places", 3).with("questions", []body{{"id": "q1", "kind": "text", "ask": "喝不喝绿茶", "required": true}})).Must(http.StatusOK)
		app.As(testkit.Shopper).Post(signUps(o), body{"answers": body{"q1": "喝得惯"}}).Must(http.StatusCreated)
		app.As(testkit.OtherShopper).Post(signUps(o), body{"wait": true, "answers": body{"q1": "只喝红茶"}}).Must(http.StatusCreated)
		mine := string(app.As(testkit.Shopper).Get("/me/export").Must(http.StatusOK).Body)
		assert.Contains(t, mine, "喝得惯")
		assert.NotContains(t, mine, "只喝红茶")
		theirs := string(app.As(testkit.OtherShopper).Get("/me/export").Must(http.StatusOK).Body)
		assert.Contains(t, theirs, "只喝红茶")
		assert.Contains(t, theirs, `"state": "waiting"`)
	})
}

func TestAPhoneThatIsTakenOffTheDoorLetsNobodyInAnyMore(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		o := tasting(app, 20).Occurrences[0]
		me := app.Street.People[testkit.Shopper].Member
		app.As(testkit.Shopper).Post(signUps(o), nil).Must(http.StatusCreated)
		app.Time.Set(Sunday.Add(-10 * time.Minute))
		lost := openDoor(t, app, o, testkit.ClerkOf("tea"), 0)
		lost.admit(me.ID, 1, "")
		held := occurrenceRow(t, app, o.ID).Held
		require.Positive(t, held)

		phones := tea(app, "/occurrences/"+o.ID.String()+"/doors")
		one := phones + "/" + lost.pack.Door.ID.String()
		for _, s := range []testkit.Scenario{
			{Name: "a clerk", As: testkit.ClerkOf("tea"), Method: "DELETE", Path: one, Status: http.StatusForbidden},
			{Name: "another store", As: testkit.ManagerOf("shoes"), Method: "DELETE", Path: occurrencePath(app, "shoes", o, "/doors/"+lost.pack.Door.ID.String()), Status: http.StatusNotFound},
			{Name: "another store looks", As: testkit.ManagerOf("shoes"), Method: "GET", Path: occurrencePath(app, "shoes", o, "/doors"), Status: http.StatusNotFound},
			{Name: "no such phone", As: testkit.ManagerOf("tea"), Method: "DELETE", Path: phones + "/" + models.NewID().String(), Status: http.StatusNotFound},
		} {
			s.Run(t, app)
		}
		var list struct{ Items []calendar.DoorPhone }
		app.As(testkit.ManagerOf("tea")).Delete(one).Must(http.StatusOK).Into(&list)
		app.As(testkit.ManagerOf("tea")).Delete(one).Must(http.StatusOK)
		require.True(t, list.Items[0].TakenOff)
		assert.Zero(t, occurrenceRow(t, app, o.ID).Held, "the places that it held are everybody's again")
		app.As(testkit.ClerkOf("tea")).Post(lost.path("/contact"), body{"device_time": app.Time.Now()}).Refused(http.StatusGone, "door_closed")

		require.Equal(t, []models.DoorOutcome{models.DoorRefused}, lost.outcomes(), "what it had signed before too")
		require.Equal(t, []models.DoorOutcome{models.DoorRefused}, lost.outcomes(), "told again, the same answer")
		assert.Empty(t, visits(t, app, me.ID))
		app.As(testkit.ClerkOf("tea")).Get(phones).Must(http.StatusOK).Into(&list)
		require.Len(t, list.Items[0].ToSee, 1, "kept for a person to look at")
		doubt := list.Items[0].ToSee[0]
		assert.Equal(t, []any{"李桂芳", 1, "clerk of tea", "clerk of tea"}, []any{doubt.Name, doubt.People, doubt.By, list.Items[0].OpenedBy})
		app.As(testkit.ClerkOf("tea")).Post(checkIns(app, o), body{"member_id": me.ID}).Must(http.StatusCreated)
		booksHold(t, app)
	})
}
