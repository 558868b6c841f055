package calendar

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"
	"github.com/gofiber/fiber/v2"
	xdraw "golang.org/x/image/draw"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/blob"
	"onestreet/server/platform/db"
)

// The card is the picture that a chat shows with a link to a date (Open Graph): the event's cover, or the street at dusk, and on
// paper beside it the code of the page, so that who sees it on another's screen can follow it. It bears no words: those are in the
// page's head, and a server has no Chinese letters.
const (
	cardWidth, cardHeight = 1200, 630
	cardCover             = 790 // pixels from the left; the rest is paper
	cardCode              = 330
)

// Colours of the street.
var (
	cardPaper   = color.RGBA{0xFB, 0xF6, 0xEC, 0xFF}
	cardRed     = color.RGBA{0xB5, 0x40, 0x2C, 0xFF}
	cardDusk    = [2]color.RGBA{{0x2A, 0x26, 0x3F, 0xFF}, {0xB8, 0x5C, 0x3A, 0xFF}}
	cardLantern = color.RGBA{0xE0, 0xA5, 0x26, 0xFF}
)

// Card draws the card of a date, as a JPEG. Error: not_found, also for another street's.
func (s *Service) Card(ctx context.Context, alliance, id models.ID) ([]byte, error) {
	o, err := s.Occurrence(ctx, alliance, id)
	if err != nil {
		return nil, err
	}
	e, err := db.Find[models.Event](s.DB.Read(ctx), "id = ?", o.EventID)
	if err != nil {
		return nil, err
	}
	card := image.NewRGBA(image.Rect(0, 0, cardWidth, cardHeight))
	xdraw.Draw(card, card.Bounds(), image.NewUniform(cardPaper), image.Point{}, xdraw.Src)
	if !s.drawCover(card, e) {
		drawDusk(card)
	}
	if err := drawCode(card, s.PublicURL+"/calendar/"+id.String()); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = jpeg.Encode(&out, card, &jpeg.Options{Quality: 85})
	return out.Bytes(), err
}

// drawCover fills the left with the event's cover. A file that is not there is no reason for no card.
func (s *Service) drawCover(card *image.RGBA, e models.Event) bool {
	if len(e.Pictures) == 0 {
		return false
	}
	file, err := s.Pictures.Get(e.AllianceID, e.Pictures[0].ID, blob.Full)
	if err != nil {
		return false
	}
	cover, err := jpeg.Decode(bytes.NewReader(file))
	if err != nil {
		return false
	}
	xdraw.ApproxBiLinear.Scale(card, image.Rect(0, 0, cardCover, cardHeight), cover, filling(cover.Bounds()), xdraw.Src, nil)
	return true
}

// filling is the middle part of a picture that fills the card's left without being stretched.
func filling(b image.Rectangle) image.Rectangle {
	w, h := b.Dx(), b.Dy()
	if w*cardHeight > h*cardCover {
		w = h * cardCover / cardHeight
	} else {
		h = w * cardHeight / cardCover
	}
	corner := image.Pt(b.Min.X+(b.Dx()-w)/2, b.Min.Y+(b.Dy()-h)/2)
	return image.Rectangle{Min: corner, Max: corner.Add(image.Pt(w, h))}
}

// drawDusk paints the sky over the street, and a row of lanterns.
func drawDusk(card *image.RGBA) {
	for y := range cardHeight {
		mix := func(a, b uint8) uint8 { return uint8((int(a)*(cardHeight-y) + int(b)*y) / cardHeight) }
		row := color.RGBA{mix(cardDusk[0].R, cardDusk[1].R), mix(cardDusk[0].G, cardDusk[1].G), mix(cardDusk[0].B, cardDusk[1].B), 0xFF}
		xdraw.Draw(card, image.Rect(0, y, cardCover, y+1), image.NewUniform(row), image.Point{}, xdraw.Src)
	}
	for i := range 7 {
		lantern(card, 85+i*104, 250+(i-3)*(i-3)*-9)
	}
}

// lantern is a round lantern with its rim.
func lantern(card *image.RGBA, cx, cy int) {
	const rx, ry = 34, 40
	for y := -ry; y <= ry; y++ {
		for x := -rx; x <= rx; x++ {
			if x*x*ry*ry+y*y*rx*rx <= rx*rx*ry*ry {
				card.SetRGBA(cx+x, cy+y, cardRed)
			}
		}
	}
	for _, y := range []int{-ry - 6, ry - 2} {
		xdraw.Draw(card, image.Rect(cx-15, cy+y, cx+15, cy+y+8), image.NewUniform(cardLantern), image.Point{}, xdraw.Src)
	}
}

// drawCode puts the code of an address in the middle of the paper, under a red edge.
func drawCode(card *image.RGBA, url string) error {
	xdraw.Draw(card, image.Rect(cardCover, 0, cardWidth, 14), image.NewUniform(cardRed), image.Point{}, xdraw.Src)
	code, err := qr.Encode(url, qr.M, qr.Auto)
	if err != nil {
		return err
	}
	if code, err = barcode.Scale(code, cardCode, cardCode); err != nil {
		return err
	}
	at := image.Pt(cardCover+(cardWidth-cardCover-cardCode)/2, (cardHeight-cardCode)/2)
	xdraw.Draw(card, image.Rectangle{Min: at, Max: at.Add(image.Pt(cardCode, cardCode))}, code, image.Point{}, xdraw.Src)
	return nil
}

func (s *Service) getCard(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := models.ParseID(c.Params("occurrence"))
	if err != nil {
		return models.ErrNotFound
	}
	card, err := s.Card(ctx, identity.From(ctx).AllianceID, id)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "image/jpeg")
	c.Set(fiber.HeaderCacheControl, "public, max-age=3600")
	return c.Status(http.StatusOK).Send(card)
}
