package feed_test

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/feed"
	"onestreet/server/platform/db"
	"onestreet/server/testkit"
	"onestreet/server/testkit/together"
)

const street = "/feeds/street/posts"

func say(t *testing.T, app *testkit.App, p testkit.Persona, text string) feed.PostView {
	t.Helper()
	var v feed.PostView
	app.As(p).Post(street, map[string]any{"text": text}).Must(http.StatusCreated).Into(&v)
	return v
}

func read(t *testing.T, app *testkit.App, p testkit.Persona) feed.Page {
	t.Helper()
	var page feed.Page
	app.As(p).Get(street).Must(http.StatusOK).Into(&page)
	return page
}

func picture(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 40, 30))
	img.Set(3, 3, color.RGBA{R: 200, A: 255})
	var buf bytes.Buffer
	require.NoError(t, png.Encode(&buf, img))
	return buf.Bytes()
}

// bomb is a picture of a few bytes that claims to be so many pixels wide and high.
func bomb(t *testing.T, side uint32) []byte {
	t.Helper()
	file := picture(t)
	binary.BigEndian.PutUint32(file[16:], side)
	binary.BigEndian.PutUint32(file[20:], side)
	binary.BigEndian.PutUint32(file[29:], crc32.ChecksumIEEE(file[12:29]))
	return file
}

func upload(t *testing.T, app *testkit.App, p testkit.Persona) feed.PhotoView {
	t.Helper()
	var v feed.PhotoView
	app.As(p).Upload("/photos", "cat.png", picture(t)).Must(http.StatusCreated).Into(&v)
	return v
}

func TestNeighboursAndPersonasSpeak(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		mine := say(t, app, testkit.Shopper, "  猫找着了\u202e\u0000 ")
		require.Equal(t, "猫找着了", mine.Text)
		require.Equal(t, "李桂芳", mine.Author.Name)
		require.True(t, mine.Mine)
		shoes := app.Street.Stores["shoes"]
		var shop feed.PostView
		app.As(testkit.ClerkOf("shoes")).Post(street, map[string]any{"text": "新到棉鞋", "store_id": shoes.ID}).Must(http.StatusCreated).Into(&shop)
		require.Equal(t, "陈姐", shop.Author.Name)
		require.Equal(t, "staff", shop.Author.Badge)
		require.Equal(t, "shoes", shop.Store.Slug)
		page := read(t, app, testkit.Visitor)
		require.Equal(t, []string{"新到棉鞋", "猫找着了"}, []string{page.Items[0].Text, page.Items[1].Text})
		require.EqualValues(t, page.Items[0].Seq, page.Seq)
		require.False(t, page.Items[1].Mine)
	})
}

func TestWhatCannotBeSaid(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		photos := make([]string, 31)
		for i := range photos {
			photos[i] = models.NewID().String()
		}
		for _, s := range []testkit.Scenario{
			{Name: "nothing", Body: map[string]any{"text": ""}, Status: 422, Code: "text_empty", Says: []string{`"/text"`, "写一句再发"}},
			{Name: "blanks", Body: map[string]any{"text": " \n\u200b\u2060 "}, Status: 422, Code: "text_empty"},
			{Name: "too long", Body: map[string]any{"text": strings.Repeat("长", 2001)}, Status: 422, Code: "text_too_long", Says: []string{"2000"}},
			{Name: "far too long", Body: map[string]any{"text": strings.Repeat("长", 10_001)}, Status: 422, Language: "en", Says: []string{"At most 2000 characters"}},
			{Name: "signs that turn the text around, and nothing to turn", Body: map[string]any{"text": "\u202e\u2066 \u200f\u00ad\ufeff"}, Status: 422, Code: "text_empty", Says: []string{`"/text"`}},
			{Name: "ten photos", Body: map[string]any{"text": "x", "photo_ids": photos[:10]}, Status: 422, Code: "too_many_photos", Says: []string{`"/photo_ids"`}},
			{Name: "twenty-one photos", Body: map[string]any{"text": "x", "photo_ids": photos[:21]}, Status: 422, Code: "too_many_photos", Says: []string{`"/photo_ids"`}},
			{Name: "more photos than one reads", Body: map[string]any{"text": "x", "photo_ids": photos}, Status: 422, Code: "invalid", Says: []string{`"/photo_ids"`}},
			{Name: "one that is not text", Body: map[string]any{"text": 7}, Status: 422, Code: "invalid", Says: []string{`"/text"`}},
			{Name: "half a body", Body: `{"text":"x`, Status: 400},
			{Name: "nobody's photo", Body: map[string]any{"text": "x", "photo_ids": photos[:1]}, Status: 422, Code: "photo_unknown"},
			{Name: "another store's voice", Body: map[string]any{"text": "x", "store_id": app.Street.Stores["tea"].ID}, Status: 403, Code: "not_your_store"},
			{Name: "unknown feed", Path: "/feeds/alley/posts", Body: map[string]any{"text": "x"}, Status: 404, Code: "not_found"},
			{Name: "a visitor", As: testkit.Visitor, Body: map[string]any{"text": "x"}, Status: 401, Code: "login_required"},
		} {
			s.Method = "POST"
			if s.As == "" {
				s.As = testkit.Shopper
			}
			if s.Path == "" {
				s.Path = street
			}
			s.Run(t, app)
		}
		require.Empty(t, read(t, app, testkit.Shopper).Items)
	})
}

func TestHTMLIsText(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		for _, text := range []string{"<script>alert(1)</script>", `<img src=x onerror="alert(1)">`, "&lt;b&gt; &amp; {{7*7}}"} {
			p := say(t, app, testkit.Shopper, text)
			require.Equal(t, text, p.Text)
			require.Equal(t, text, answer(app, testkit.OtherShopper, p.ID, body{"text": text}).Text)
		}
	})
}

func TestPhotosBelongToTheirUploaderAndOnePost(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		first, second := upload(t, app, testkit.Shopper), upload(t, app, testkit.Shopper)
		body := map[string]any{"text": "", "photo_ids": []models.ID{second.ID, first.ID}}
		app.As(testkit.OtherShopper).Post(street, body).Refused(http.StatusUnprocessableEntity, "photo_unknown")
		var v feed.PostView
		app.As(testkit.Shopper).Post(street, body).Must(http.StatusCreated).Into(&v)
		require.Equal(t, []models.ID{second.ID, first.ID}, []models.ID{v.Photos[0].ID, v.Photos[1].ID})
		require.Equal(t, []int{40, 30}, []int{v.Photos[0].W, v.Photos[0].H})
		app.As(testkit.Shopper).Post(street, body).Refused(http.StatusUnprocessableEntity, "photo_unknown")
		r := app.As(testkit.Visitor).Get(strings.TrimPrefix(v.Photos[0].ThumbURL, "/api/v1")).Must(http.StatusOK)
		require.Equal(t, "image/jpeg", r.Header.Get("Content-Type"))
		require.Contains(t, r.Header.Get("Cache-Control"), "immutable")
	})
}

func TestUploadsThatAreNoPictures(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		app.As(testkit.Shopper).Upload("/photos", "x.jpg", []byte("hello")).Refused(http.StatusUnprocessableEntity, "not_an_image")
		app.As(testkit.Shopper).Upload("/photos", "x.jpg", bytes.Repeat([]byte("x"), 10<<20+1)).Refused(http.StatusRequestEntityTooLarge, "photo_too_large")
		app.As(testkit.Shopper).Upload("/photos", "x.png", bomb(t, 40_000)).Refused(http.StatusRequestEntityTooLarge, "image_too_large")
		app.As(testkit.Shopper).Post("/photos", "{}").Refused(http.StatusUnprocessableEntity, "photo_missing")
		app.As(testkit.Visitor).Upload("/photos", "x.png", picture(t)).Refused(http.StatusUnauthorized, "login_required")
		for _, path := range []string{"/photos/" + models.NewID().String() + "/full.jpg", "/photos/x/full.jpg", "/photos/" + upload(t, app, testkit.Shopper).ID.String() + "/huge.jpg"} {
			app.As(testkit.Visitor).Get(path).Refused(http.StatusNotFound, "not_found")
		}
	})
}

// TestAPhotoOfFortyMegabytesIsNotRead: the answer comes while the phone still has all of it to send.
func TestAPhotoOfFortyMegabytesIsNotRead(t *testing.T) {
	app := testkit.New(t, db.SQLite)
	conn, err := net.Dial("tcp", app.Address())
	require.NoError(t, err)
	defer conn.Close()
	_, err = fmt.Fprintf(conn, "POST /api/v1/photos HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: %d\r\n\r\n--x\r\n",
		app.As(testkit.Shopper).Token(), 40<<20)
	require.NoError(t, err)
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	require.NoError(t, err)
	defer answer.Body.Close()
	require.Equal(t, http.StatusRequestEntityTooLarge, answer.StatusCode)
	var problem struct{ Code string }
	require.NoError(t, json.NewDecoder(answer.Body).Decode(&problem))
	require.Equal(t, "body_too_large", problem.Code)
}

func TestCommentsAndLikes(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		p := say(t, app, testkit.Shopper, "葱油拌面怎么熬")
		at := "/posts/" + p.ID.String()
		for i := range 5 {
			app.As(testkit.OtherShopper).Post(at+"/comments", map[string]any{"text": fmt.Sprint("答", i)}).Must(http.StatusCreated)
			app.Time.Advance(time.Second)
		}
		for range 2 { // twice is once
			app.As(testkit.OtherShopper).Put(at+"/like", nil).Must(http.StatusOK)
		}
		app.As(testkit.ClerkOf("shoes")).Put(at+"/like", nil).Must(http.StatusOK)
		seen := read(t, app, testkit.OtherShopper).Items[0]
		require.EqualValues(t, 5, seen.Comments)
		require.EqualValues(t, 2, seen.Likes)
		require.True(t, seen.Liked)
		require.Equal(t, []string{"答2", "答3", "答4"}, []string{seen.LastComments[0].Text, seen.LastComments[1].Text, seen.LastComments[2].Text})
		app.As(testkit.OtherShopper).Delete(at + "/like").Must(http.StatusOK)
		require.EqualValues(t, 1, read(t, app, testkit.Shopper).Items[0].Likes)
		var page struct {
			Items      []feed.CommentView
			NextCursor string `json:"next_cursor"`
		}
		app.As(testkit.Visitor).Get(at + "/comments?limit=3").Must(http.StatusOK).Into(&page)
		require.Len(t, page.Items, 3)
		app.As(testkit.Visitor).Get(at + "/comments?limit=3&cursor=" + page.NextCursor).Must(http.StatusOK).Into(&page)
		require.Equal(t, "答4", page.Items[1].Text)
		app.As(testkit.Shopper).Post(at+"/comments", map[string]any{"text": " "}).Refused(http.StatusUnprocessableEntity, "text_empty")
		app.As(testkit.Shopper).Post(at+"/comments", map[string]any{"text": strings.Repeat("长", 501)}).Refused(http.StatusUnprocessableEntity, "text_too_long")
	})
}

func TestLikesByManyAtOnceAreCountedOnceEach(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		p := say(t, app, testkit.Shopper, "点个头")
		people := app.Join(20, "tea")
		var all together.Group
		for _, person := range people {
			for range 5 {
				all.Go(func() {
					_, err := app.Feed.Like(app.Ctx(), app.Street.Alliance.ID, person.Account.ID, p.ID, true)
					require.NoError(t, err)
				})
			}
		}
		all.Wait()
		require.EqualValues(t, 20, read(t, app, testkit.Shopper).Items[0].Likes)
	})
}

func TestWhoMayRemoveAPost(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		shoes := app.Street.Stores["shoes"].ID
		shop := func() string {
			var v feed.PostView
			app.As(testkit.ClerkOf("shoes")).Post(street, map[string]any{"text": "x", "store_id": shoes}).Must(http.StatusCreated).Into(&v)
			return "/posts/" + v.ID.String()
		}
		mine := "/posts/" + say(t, app, testkit.Shopper, "写错了").ID.String()
		app.As(testkit.OtherShopper).Delete(mine).Refused(http.StatusForbidden, "not_your_post")
		app.As(testkit.OwnerOf("shoes")).Delete(mine).Refused(http.StatusForbidden, "not_your_post")
		app.As(testkit.OtherCoordinator).Delete(mine).Refused(http.StatusNotFound, "not_found")
		app.As(testkit.Shopper).Delete(mine).Must(http.StatusNoContent)
		app.As(testkit.Shopper).Delete(mine).Must(http.StatusNoContent)
		app.As(testkit.Visitor).Get(mine).Refused(http.StatusGone, "post_gone")
		app.As(testkit.Shopper).Post(mine+"/comments", map[string]any{"text": "x"}).Refused(http.StatusGone, "post_gone")
		for _, p := range []testkit.Persona{testkit.ClerkOf("shoes"), testkit.OwnerOf("shoes"), testkit.Coordinator} {
			app.As(p).Delete(shop()).Must(http.StatusNoContent)
		}
		app.As(testkit.OwnerOf("tea")).Delete(shop()).Refused(http.StatusForbidden, "not_your_post")
		require.Len(t, read(t, app, testkit.Visitor).Items, 1)
	})
}

func TestARemovedPostIsNotToldAnyMore(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		photo := upload(t, app, testkit.Shopper)
		var v feed.PostView
		app.As(testkit.Shopper).Post(street, map[string]any{"text": "电话 secret", "photo_ids": []models.ID{photo.ID}}).Must(http.StatusCreated).Into(&v)
		app.As(testkit.Shopper).Delete("/posts/" + v.ID.String()).Must(http.StatusNoContent)
		items, err := app.Streams.Since(app.Ctx(), app.Street.Alliance.ID, "feed:street", 0, 10)
		require.NoError(t, err)
		require.Equal(t, []string{"erased", "post.deleted"}, []string{items[0].Kind, items[1].Kind})
		require.NotContains(t, items[0].Data, "secret")
		app.As(testkit.Visitor).Get(strings.TrimPrefix(photo.URL, "/api/v1")).Refused(http.StatusNotFound, "not_found")
	})
}

func TestAnotherStreetsFeedIsAnother(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		p := say(t, app, testkit.Shopper, "我们街的事")
		require.Empty(t, read(t, app, testkit.OtherCoordinator).Items)
		at := "/posts/" + p.ID.String()
		as := app.As(testkit.OtherOwner)
		as.Get(at).Refused(http.StatusNotFound, "not_found")
		as.Get(at+"/comments").Refused(http.StatusNotFound, "not_found")
		as.Post(at+"/comments", map[string]any{"text": "x"}).Refused(http.StatusNotFound, "not_found")
		as.Put(at+"/like", nil).Refused(http.StatusNotFound, "not_found")
	})
}

func TestPagesHaveNoGapsAndNoRepeats(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		for i := range 25 {
			say(t, app, testkit.Shopper, fmt.Sprint("第", i))
		}
		var seen []string
		for cursor := ""; ; {
			var page feed.Page
			app.As(testkit.Visitor).Get(street + "?limit=10&cursor=" + cursor).Must(http.StatusOK).Into(&page)
			for _, p := range page.Items {
				seen = append(seen, p.Text)
			}
			if cursor = page.NextCursor; cursor == "" {
				break
			}
		}
		require.Len(t, seen, 25)
		require.Equal(t, "第0", seen[24])
		app.As(testkit.Visitor).Get(street+"?cursor=%25").Refused(http.StatusUnprocessableEntity, "cursor")
	})
}

func TestWhoLeavesTakesTheirWordsAlong(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		p := say(t, app, testkit.OtherShopper, "留下的话")
		app.As(testkit.Shopper).Post("/posts/"+p.ID.String()+"/comments", map[string]any{"text": "私房话"}).Must(http.StatusCreated)
		say(t, app, testkit.Shopper, "我的号码")
		export := app.As(testkit.Shopper).Get("/me/export").Must(http.StatusOK)
		require.Contains(t, string(export.Body), "私房话")
		require.Contains(t, string(export.Body), "我的号码")
		app.As(testkit.Shopper).Post("/me/leave", map[string]any{"confirm": "离开"}).Must(http.StatusNoContent)
		items, err := app.Streams.Since(app.Ctx(), app.Street.Alliance.ID, "feed:street", 0, 50)
		require.NoError(t, err)
		for _, item := range items {
			require.NotContains(t, item.Data, "私房话")
			require.NotContains(t, item.Data, "我的号码")
			require.NotContains(t, item.Data, "李桂芳")
		}
		page := read(t, app, testkit.OtherShopper)
		require.Len(t, page.Items, 1)
		require.Zero(t, page.Items[0].Comments)
	})
}

func TestUploadsThatWereNeverPostedGo(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		photo := upload(t, app, testkit.Shopper)
		kept := upload(t, app, testkit.OtherShopper)
		app.As(testkit.OtherShopper).Post(street, map[string]any{"text": "", "photo_ids": []models.ID{kept.ID}}).Must(http.StatusCreated)
		app.Time.Advance(25 * time.Hour)
		require.NoError(t, app.Feed.ForgetUploads(app.Ctx()))
		app.As(testkit.Visitor).Get(strings.TrimPrefix(photo.URL, "/api/v1")).Refused(http.StatusNotFound, "not_found")
		app.As(testkit.Visitor).Get(strings.TrimPrefix(kept.URL, "/api/v1")).Must(http.StatusOK)
	})
}

// TestAnIPhonesPhotoComesOutRight: it lies in tiles, turned, with its place beside, and under another's name.
func TestAnIPhonesPhotoComesOutRight(t *testing.T) {
	app := testkit.New(t, db.SQLite)
	file, err := os.ReadFile("../platform/blob/testdata/iphone.heic")
	require.NoError(t, err)
	var photo feed.PhotoView
	app.As(testkit.Shopper).Upload("/photos", "IMG_0423.jpg", file).Must(http.StatusCreated).Into(&photo)
	require.Equal(t, []int{100, 120}, []int{photo.W, photo.H}, "120×100, lying")
	for _, url := range []string{photo.URL, photo.ThumbURL} {
		r := app.As(testkit.Visitor).Get(strings.TrimPrefix(url, "/api/v1")).Must(http.StatusOK)
		require.Equal(t, "image/jpeg", r.Header.Get("Content-Type"))
		m, err := jpeg.Decode(bytes.NewReader(r.Body))
		require.NoError(t, err)
		red, _, blue, _ := m.At(75, 30).RGBA() // its top left quarter, which is red, has come to the right
		require.Greater(t, red, 3*blue)
		require.NotContains(t, string(r.Body), "Exif")
		require.NotContains(t, string(r.Body), "31.2304")
	}
	app.As(testkit.Shopper).Upload("/photos", "IMG_0424.HEIC", file[:400]).Refused(http.StatusUnprocessableEntity, "not_an_image")
	bomb := bytes.ReplaceAll(file, []byte{0, 0, 0, 120, 0, 0, 0, 100}, []byte{0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60})
	app.As(testkit.Shopper).Upload("/photos", "IMG_0425.HEIC", bomb).Refused(http.StatusRequestEntityTooLarge, "image_too_large")
}
