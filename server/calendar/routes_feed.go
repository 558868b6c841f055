package calendar

import (
	"net/http"

	"github.com/gofiber/fiber/v2"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

func (s *Service) feedRoutes(api *web.API) {
	api.Raw(http.MethodGet, "/calendar.ics", op("calendar-feed", "The street's calendar, to be subscribed to", identity.Anyone, 0), s.getFeed)
	api.Raw(http.MethodGet, "/stores/{store}/calendar.ics", op("store-feed", "A store's calendar, to be subscribed to", identity.Anyone, 0), s.getFeed)
}

func (s *Service) getFeed(c *fiber.Ctx) error {
	ctx := c.UserContext()
	var store models.ID
	if text := c.Params("store"); text != "" {
		id, err := models.ParseID(text)
		if err != nil {
			return models.ErrNotFound
		}
		store = id
	}
	feed, err := s.FeedOf(ctx, identity.From(ctx).AllianceID, store, web.Locale(ctx))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderETag, feed.Tag)
	c.Set(fiber.HeaderCacheControl, "no-cache")
	if c.Get(fiber.HeaderIfNoneMatch) == feed.Tag {
		return c.SendStatus(http.StatusNotModified)
	}
	text, err := feed.Text(ctx)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/calendar; charset=utf-8")
	return c.SendString(text)
}
