package chat_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/chat"
	"onestreet/server/testkit"
	"onestreet/server/testkit/together"
)

// corner is one member and the shoe shop, and the addresses of what they say to each other.
type corner struct {
	*testkit.App
	t            *testing.T
	mine, theirs string
	store        models.ID
}

func each(t *testing.T, test func(t *testing.T, c corner)) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		store := app.Street.Stores["shoes"].ID
		test(t, corner{
			App: app, t: t, store: store, mine: "/me/chats/" + store.String(),
			theirs: fmt.Sprintf("/stores/%s/chats/%s", store, app.Street.People[testkit.Shopper].Member.ID),
		})
	})
}

func (c corner) ask(text string) chat.SaidView {
	c.t.Helper()
	var v chat.SaidView
	c.As(testkit.Shopper).Post(c.mine+"/messages", map[string]any{"text": text}).Must(http.StatusCreated).Into(&v)
	return v
}

func (c corner) answer(who testkit.Persona, text string) chat.SaidView {
	c.t.Helper()
	var v chat.SaidView
	c.As(who).Post(c.theirs+"/messages", map[string]any{"text": text}).Must(http.StatusCreated).Into(&v)
	return v
}

func (c corner) thread(who testkit.Persona, path string) chat.ThreadView {
	c.t.Helper()
	var v chat.ThreadView
	c.As(who).Get(path).Must(http.StatusOK).Into(&v)
	return v
}

func (c corner) list(who testkit.Persona, path string) (items []chat.ChatLineView, unread int64) {
	c.t.Helper()
	var v struct {
		Items  []chat.ChatLineView
		Unread int64
	}
	c.As(who).Get(path).Must(http.StatusOK).Into(&v)
	return v.Items, v.Unread
}

func (c corner) dispatch() {
	c.t.Helper()
	c.Drain()
}

func said(v chat.ThreadView) (lines []string) {
	for _, m := range v.Messages {
		lines = append(lines, strings.TrimSuffix(fmt.Sprintf("%s %s %s", m.Kind, m.Text, m.Staff), " "))
	}
	return lines
}

func TestAMemberAsksAndTheStaffAnswers(t *testing.T) {
	each(t, func(t *testing.T, c corner) {
		require.Zero(t, c.thread(testkit.Shopper, c.mine).ID, "nobody has said anything")
		first := c.ask("  42 码的棉鞋有吗\u202e ")
		require.Equal(t, "42 码的棉鞋有吗", first.Message.Text)
		c.answer(testkit.ClerkOf("shoes"), "有，给您留一双")
		v := c.thread(testkit.Shopper, c.mine)
		require.Equal(t, []string{"text 42 码的棉鞋有吗", "text 有，给您留一双 clerk of shoes"}, said(v))
		require.Equal(t, "陈姐", v.Persona.Name)
		require.Equal(t, "clerk of shoes", v.Keeper.Name)
		require.EqualValues(t, 2, v.Seq)
		theirs := c.thread(testkit.OwnerOf("shoes"), c.theirs)
		require.Equal(t, "李桂芳", theirs.Member.Name)
		require.Equal(t, v.ID, theirs.ID)
		items, unread := c.list(testkit.Shopper, "/me/chats")
		require.EqualValues(t, 1, unread)
		require.Equal(t, "有，给您留一双", items[0].Text)
	})
}

func TestWhatCannotBeSaidToAStore(t *testing.T) {
	each(t, func(t *testing.T, c corner) {
		for _, s := range []testkit.Scenario{
			{Name: "nothing", Body: map[string]any{"text": ""}, Status: 422, Code: "text_empty", Says: []string{`"/text"`, "写一句再发"}},
			{Name: "only an id of nothing", Body: map[string]any{}, Status: 422, Code: "text_empty"},
			{Name: "blanks and zero widths", Body: map[string]any{"text": " \n\u200b\u2060\u3164 "}, Status: 422, Code: "text_empty"},
			{Name: "2,001 characters", Body: map[string]any{"text": strings.Repeat("长", 2001)}, Status: 422, Code: "text_too_long", Says: []string{"2000"}},
			{Name: "10,001 characters", Body: map[string]any{"text": strings.Repeat("长", 10_001)}, Status: 422, Code: "text_too_long", Language: "en", Says: []string{"2000 characters at most"}},
			{Name: "nobody's photo", Body: map[string]any{"photo_id": models.NewID()}, Status: 422, Code: "photo_unknown", Says: []string{"/photo_id"}},
			{Name: "no campaign", Body: map[string]any{"campaign_id": models.NewID()}, Status: 422, Code: "coupon_not_given", Says: []string{"/campaign_id"}},
			{Name: "two things", Body: map[string]any{"photo_id": models.NewID(), "campaign_id": models.NewID()}, Status: 422, Code: "one_thing"},
			{Name: "not JSON", Body: `{"text":`, Status: 400},
			{Name: "no such store", Path: "/me/chats/" + models.NewID().String() + "/messages", Body: map[string]any{"text": "x"}, Status: 404, Code: "not_found"},
			{Name: "another street's store", Path: "/me/chats/" + c.Other.Stores["shoes"].ID.String() + "/messages", Body: map[string]any{"text": "x"}, Status: 404, Code: "not_found"},
			{Name: "a visitor", As: testkit.Visitor, Body: map[string]any{"text": "x"}, Status: 401, Code: "login_required"},
		} {
			s.Method = "POST"
			if s.As == "" {
				s.As = testkit.Shopper
			}
			if s.Path == "" {
				s.Path = c.mine + "/messages"
			}
			s.Run(t, c.App)
		}
		items, _ := c.list(testkit.OwnerOf("shoes"), "/stores/"+c.store.String()+"/chats")
		require.Empty(t, items, "nothing began")
		require.Equal(t, "<script>alert(1)</script>", c.ask("<script>alert(1)</script>").Message.Text)
	})
}

func TestAConversationIsItsTwoSidesAlone(t *testing.T) {
	each(t, func(t *testing.T, c corner) {
		c.ask("悄悄问一句")
		for _, p := range []testkit.Persona{testkit.OwnerOf("tea"), testkit.Coordinator, testkit.OtherShopper, testkit.OtherOwner, testkit.OtherCoordinator} {
			for _, path := range []string{c.theirs, "/stores/" + c.store.String() + "/chats"} {
				c.As(p).Get(path).Must(http.StatusForbidden)
			}
		}
		tea := fmt.Sprintf("/stores/%s/chats/%s", c.Street.Stores["tea"].ID, c.Street.People[testkit.Shopper].Member.ID)
		c.As(testkit.OwnerOf("tea")).Get(tea).Refused(http.StatusNotFound, "not_found")
		c.As(testkit.OwnerOf("tea")).Post(tea+"/messages", map[string]any{"text": "来喝茶"}).Refused(http.StatusForbidden, "not_your_customer")
		strange := fmt.Sprintf("/stores/%s/chats/%s", c.store, c.Other.People[testkit.Shopper].Member.ID)
		c.As(testkit.OwnerOf("shoes")).Get(strange).Refused(http.StatusNotFound, "not_found")
		c.As(testkit.OwnerOf("shoes")).Post(strange+"/messages", map[string]any{"text": "x"}).Refused(http.StatusNotFound, "not_found")
		require.Empty(t, c.thread(testkit.OtherShopper, c.mine).Messages, "each member has a conversation of their own")
	})
}

func TestMessagesOfManyAtOnceStandInOneOrder(t *testing.T) {
	each(t, func(t *testing.T, c corner) {
		me, clerk := c.Street.People[testkit.Shopper], c.Street.People[testkit.ClerkOf("shoes")]
		mine := chat.Seat{Alliance: c.Street.Alliance.ID, Account: me.Account.ID, Member: me.Member.ID, Store: c.store, Side: models.ChatMemberSide}
		theirs := mine
		theirs.Account, theirs.Side = clerk.Account.ID, models.ChatStoreSide
		var all together.Group
		for i := range 40 { // the first of them begins the conversation, whoever it is
			all.Go(func() {
				_, err := c.Chat.Send(c.Ctx(), mine, chat.Saying{Text: fmt.Sprint("问", i)})
				require.NoError(t, err)
			})
		}
		all.Wait()
		for i := range 40 {
			all.Go(func() {
				_, err := c.Chat.Send(c.Ctx(), theirs, chat.Saying{Text: fmt.Sprint("答", i)})
				require.NoError(t, err)
			})
		}
		all.Wait()
		v := c.thread(testkit.Shopper, c.mine+"?limit=100")
		require.Len(t, v.Messages, 80)
		for i, m := range v.Messages {
			require.EqualValues(t, i+1, m.Seq)
		}
		older := c.thread(testkit.Shopper, c.mine+"?limit=30&before=41")
		require.EqualValues(t, []int64{11, 40, 11}, []int64{older.Messages[0].Seq, older.Messages[29].Seq, older.Earlier})
		report, err := c.Ledger.Audit().Street(c.Ctx(), c.Street.Alliance.ID)
		require.NoError(t, err)
		require.Nil(t, report.Finding)
	})
}

func TestARepeatedRequestSaysItOnce(t *testing.T) {
	each(t, func(t *testing.T, c corner) {
		as := c.As(testkit.Shopper).With("Idempotency-Key", "once")
		var first, again chat.SaidView
		as.Post(c.mine+"/messages", map[string]any{"text": "在吗"}).Must(http.StatusCreated).Into(&first)
		as.Post(c.mine+"/messages", map[string]any{"text": "在吗"}).Must(http.StatusCreated).Into(&again)
		require.Equal(t, first, again)
		as.Post(c.mine+"/messages", map[string]any{"text": "别的"}).Refused(http.StatusUnprocessableEntity, "idempotency_key_reused")
		require.Len(t, c.thread(testkit.Shopper, c.mine).Messages, 1)
		var all together.Group
		clerk := c.As(testkit.ClerkOf("shoes")).With("Idempotency-Key", "rush")
		for range 20 {
			all.Go(func() { clerk.Post(c.theirs+"/messages", map[string]any{"text": "在的"}).Must(http.StatusCreated) })
		}
		all.Wait()
		c.As(testkit.Shopper).Put("/me/privacy/"+c.store.String(), map[string]any{"phone": false, "muted": true}).Must(http.StatusOK)
		as.Post(c.mine+"/messages", map[string]any{"text": "在吗"}).Must(http.StatusCreated).Into(&again) // it was said before
		require.Equal(t, first, again)
		require.Len(t, c.thread(testkit.Shopper, c.mine).Messages, 2)
	})
}

func TestReadMarksOnlyRise(t *testing.T) {
	each(t, func(t *testing.T, c corner) {
		for i := range 3 {
			c.ask(fmt.Sprint(i))
		}
		desk := "/stores/" + c.store.String() + "/chats"
		read := func(who testkit.Persona, path string, upTo int64) (m chat.ReadMarks) {
			c.As(who).Put(path+"/read", map[string]any{"up_to": upTo}).Must(http.StatusOK).Into(&m)
			return m
		}
		_, unread := c.list(testkit.OwnerOf("shoes"), desk)
		require.EqualValues(t, 3, unread)
		require.EqualValues(t, 2, read(testkit.ClerkOf("shoes"), c.theirs, 2).StoreRead)
		_, unread = c.list(testkit.OwnerOf("shoes"), desk) // what a colleague has read is read
		require.EqualValues(t, 1, unread)
		require.EqualValues(t, 2, read(testkit.OwnerOf("shoes"), c.theirs, 1).StoreRead, "another device is behind")
		require.EqualValues(t, 3, read(testkit.OwnerOf("shoes"), c.theirs, 999).StoreRead)
		items, unread := c.list(testkit.OwnerOf("shoes"), desk+"?show=unread")
		require.Empty(t, items)
		require.Zero(t, unread)
		require.EqualValues(t, 0, c.thread(testkit.Shopper, c.mine).MemberRead)
		c.As(testkit.OtherShopper).Put(c.mine+"/read", map[string]any{"up_to": 1}).Refused(http.StatusNotFound, "not_found")
		c.As(testkit.Shopper).Put(c.mine+"/read", map[string]any{"up_to": -1}).Must(http.StatusUnprocessableEntity)
	})
}

func TestPhotosAreForTheTwoSidesOnly(t *testing.T) {
	each(t, func(t *testing.T, c corner) {
		var buf bytes.Buffer
		require.NoError(t, png.Encode(&buf, image.NewRGBA(image.Rect(0, 0, 40, 30))))
		var photo chat.ChatPhotoView
		c.As(testkit.Shopper).Upload(c.mine+"/photos", "shoe.png", buf.Bytes()).Must(http.StatusCreated).Into(&photo)
		path := strings.TrimPrefix(photo.ThumbURL, "/api/v1")
		c.As(testkit.ClerkOf("shoes")).Get(path).Refused(http.StatusNotFound, "not_found")
		body := map[string]any{"photo_id": photo.ID}
		c.As(testkit.OtherShopper).Post(c.mine+"/messages", body).Refused(http.StatusUnprocessableEntity, "photo_unknown")
		c.As(testkit.Shopper).Post(c.mine+"/messages", body).Must(http.StatusCreated)
		c.As(testkit.Shopper).Post(c.mine+"/messages", body).Refused(http.StatusUnprocessableEntity, "photo_unknown")
		r := c.As(testkit.ClerkOf("shoes")).Get(path).Must(http.StatusOK)
		require.Equal(t, "image/jpeg", r.Header.Get("Content-Type"))
		require.Contains(t, r.Header.Get("Cache-Control"), "private")
		c.As(testkit.Shopper).Get(path).Must(http.StatusOK)
		for _, p := range []testkit.Persona{testkit.OtherShopper, testkit.OwnerOf("tea"), testkit.Coordinator, testkit.OtherCoordinator} {
			c.As(p).Get(path).Refused(http.StatusNotFound, "not_found")
		}
		c.As(testkit.Visitor).Get(path).Refused(http.StatusUnauthorized, "login_required")
		iphone, err := os.ReadFile("../platform/blob/testdata/iphone.heic")
		require.NoError(t, err)
		c.As(testkit.Shopper).Upload(c.mine+"/photos", "IMG_0423.HEIC", iphone).Must(http.StatusCreated).Into(&photo)
		require.Equal(t, []int{100, 120}, []int{photo.W, photo.H}, "120×100, lying")
		c.As(testkit.Shopper).Upload(c.mine+"/photos", "x.png", []byte("no picture")).Refused(http.StatusUnprocessableEntity, "not_an_image")
		c.As(testkit.Shopper).Upload(c.mine+"/photos", "x.png", bytes.Repeat([]byte("x"), 10<<20+1)).Refused(http.StatusRequestEntityTooLarge, "photo_too_large")
		c.As(testkit.Shopper).Upload(c.mine+"/photos", "unused.png", buf.Bytes()).Must(http.StatusCreated).Into(&photo)
		c.Time.Advance(25 * time.Hour)
		require.NoError(t, c.Chat.ForgetUploads(c.Ctx()))
		c.As(testkit.Shopper).Get(strings.TrimPrefix(photo.URL, "/api/v1")).Refused(http.StatusNotFound, "not_found")
		c.As(testkit.Shopper).Get(path).Must(http.StatusOK)
	})
}

func TestNeitherWritesWhileTheStoreIsMuted(t *testing.T) {
	each(t, func(t *testing.T, c corner) {
		c.ask("在吗")
		mute := func(on bool) {
			c.As(testkit.Shopper).Put("/me/privacy/"+c.store.String(), map[string]any{"phone": false, "muted": on}).Must(http.StatusOK)
		}
		mute(true)
		c.As(testkit.ClerkOf("shoes")).Post(c.theirs+"/messages", map[string]any{"text": "在"}).Refused(http.StatusConflict, "muted_by_member")
		c.As(testkit.Shopper).Post(c.mine+"/messages", map[string]any{"text": "?"}).Refused(http.StatusConflict, "store_muted")
		require.True(t, c.thread(testkit.Shopper, c.mine).Muted)
		mute(false)
		c.answer(testkit.ClerkOf("shoes"), "在")
	})
}

func TestWhoLeavesTakesTheirWordsAlong(t *testing.T) {
	each(t, func(t *testing.T, c corner) {
		id := c.ask("我的地址是 secret").ConversationID
		c.answer(testkit.ClerkOf("shoes"), "记下了 secret")
		var export map[string]any
		c.As(testkit.Shopper).Get("/me/export").Must(http.StatusOK).Into(&export)
		require.Len(t, export["chat"], 2)
		li, _ := c.live(testkit.Shopper, id)
		li.Hear()
		li.Hear()
		c.As(testkit.Shopper).Post("/me/leave", map[string]any{"confirm": "离开"}).Must(http.StatusNoContent)
		c.As(testkit.OwnerOf("shoes")).Get(c.theirs).Refused(http.StatusNotFound, "not_found")
		items, _ := c.list(testkit.OwnerOf("shoes"), "/stores/"+c.store.String()+"/chats")
		require.Empty(t, items)
		left, err := c.Streams.Since(c.Ctx(), c.Street.Alliance.ID, models.ChatStream(id), 0, 10)
		require.NoError(t, err)
		require.Empty(t, left)
		c.As(testkit.OwnerOf("shoes")).Post(c.theirs+"/messages", map[string]any{"text": "x"}).Refused(http.StatusConflict, "member_left")
	})
}

func TestATalkCountsOnceADay(t *testing.T) {
	each(t, func(t *testing.T, c corner) {
		c.ask("在吗")
		c.answer(testkit.ClerkOf("shoes"), "在")
		c.answer(testkit.ClerkOf("shoes"), "您说")
		c.Time.Advance(24 * time.Hour)
		c.answer(testkit.OwnerOf("shoes"), "鞋到了")
		c.dispatch()
		var talks int64
		require.NoError(t, c.DB.Read(c.Ctx()).Model(&models.Participation{}).
			Where("alliance_id = ? AND kind = ?", c.Street.Alliance.ID, models.TookPartTalk).Count(&talks).Error)
		require.EqualValues(t, 2, talks)
	})
}

func TestTheAuditNamesAMissingMessage(t *testing.T) {
	each(t, func(t *testing.T, c corner) {
		id := c.ask("一").ConversationID
		c.ask("二")
		require.NoError(t, c.DB.Tx(c.Ctx(), func(tx *gorm.DB) error {
			return tx.Where("conversation_id = ? AND seq = 1", id).Delete(&models.ChatMessage{}).Error
		}))
		report, err := c.Ledger.Audit().Street(c.Ctx(), c.Street.Alliance.ID)
		require.NoError(t, err)
		require.Equal(t, []string{"chat.messages", "conversations", id.String()}, []string{report.Finding.Check, report.Finding.Table, report.Finding.Row})
	})
}
