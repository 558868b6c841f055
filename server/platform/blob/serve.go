package blob

import (
	"net/http"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"onestreet/models"
	"onestreet/server/platform/web"
)

// Public is the path under which anybody reads a street's pictures, by ids that nobody can guess; the feed answers there.
const Public = web.Prefix + "/photos"

// Unused is how long an upload is kept that goes nowhere.
const Unused = 24 * time.Hour

// The caching of pictures, as a header: one that everybody may see never changes, one between two stays on their phones.
const (
	CachedByAll    = "public, max-age=31536000, immutable"
	CachedByReader = "private, max-age=86400"
)

// View is a kept picture as the API shows it; w and h are the full size in pixels.
type View struct {
	ID       models.ID `json:"id"`
	URL      string    `json:"url"`
	ThumbURL string    `json:"thumb_url"`
	W        int       `json:"w"`
	H        int       `json:"h"`
}

// Shown is a picture that is served under a path, such as Public; its full size is in pixels.
func Shown(under string, id models.ID, width, height int) View {
	full, thumb := Addresses(under, id)
	return View{ID: id, URL: full, ThumbURL: thumb, W: width, H: height}
}

// Receive answers an upload, the file of a form, with what keep makes of it. Errors: those of Sent and of keep.
func Receive[V any](c *fiber.Ctx, keep func(data []byte) (V, error)) error {
	data, err := Sent(c.FormFile("file"))
	if err != nil {
		return err
	}
	view, err := keep(data)
	if err != nil {
		return err
	}
	return c.Status(http.StatusCreated).JSON(view)
}

// Serve answers with the picture that a route's {photo} and {file} name, which get reads. Errors: not_found, also for what is no
// name of a picture, and those of get.
func Serve(c *fiber.Ctx, caching string, get func(id models.ID, size string) ([]byte, error)) error {
	id, err := models.ParseID(c.Params("photo"))
	size, isJPEG := strings.CutSuffix(c.Params("file"), ".jpg")
	if err != nil || !isJPEG {
		return models.ErrNotFound
	}
	data, err := get(id, size)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, caching)
	c.Set(fiber.HeaderContentType, "image/jpeg")
	return c.Send(data)
}
