package calendar

import (
	"context"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

func (s *Service) feedRoutes(api *web.API) {
	api.Raw(http.MethodGet, "/calendar.ics", op("calendar-feed", "The street's calendar, to be subscribed to", identity.Anyone, 0), s.getFeed)
	api.Raw(http.MethodGet, "/stores/{store}/calendar.ics", op("store-feed", "A store's calendar, to be subscribed to", identity.Anyone, 0), s.getFeed)
	api.Raw(http.MethodGet, "/own-calendars/{key}/calendar.ics", op("own-feed", "A member's own calendar, for whoever has its address", identity.Anyone, 0), s.getOwnFeed)
	web.Get(api, "/me/calendar", op("own-calendar", "Whether my own calendar has an address", identity.Member, 0), s.getOwnCalendar)
	web.Post(api, "/me/calendar", op("own-calendar-renew", "Give my own calendar a new address; the one before ends", identity.Member, http.StatusCreated), s.postOwnCalendar)
	web.Do(api, http.MethodDelete, "/me/calendar", op("own-calendar-end", "Give up the address of my own calendar", identity.Member, 0), s.deleteOwnCalendar)
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
	return sendFeed(c, "no-cache", feed.Tag, func() (string, error) { return feed.Text(ctx) })
}

func (s *Service) getOwnFeed(c *fiber.Ctx) error {
	var text, tag string
	err := s.guesses.Ask(s.Clock.Now(), c.IP(), func() (err error) {
		text, tag, err = s.OwnFeed(c.UserContext(), c.Params("key"), web.Locale(c.UserContext()))
		return err
	})
	if err != nil {
		return err
	}
	c.Set("X-Robots-Tag", "noindex")
	c.Set(fiber.HeaderReferrerPolicy, "no-referrer")
	return sendFeed(c, "private, no-cache", tag, func() (string, error) { return text, nil })
}

// sendFeed sends a feed to a program that does not have it yet.
func sendFeed(c *fiber.Ctx, caching, tag string, text func() (string, error)) error {
	c.Set(fiber.HeaderETag, tag)
	c.Set(fiber.HeaderCacheControl, caching)
	c.Vary(fiber.HeaderAcceptLanguage)
	if c.Get(fiber.HeaderIfNoneMatch) == tag {
		return c.SendStatus(http.StatusNotModified)
	}
	body, err := text()
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/calendar; charset=utf-8")
	return c.SendString(body)
}

func (s *Service) getOwnCalendar(ctx context.Context, _ *struct{}) (*web.Reply[OwnCalendar], error) {
	view, err := s.OwnCalendar(ctx, identity.From(ctx).MemberID)
	return web.OK(view), err
}

func (s *Service) postOwnCalendar(ctx context.Context, _ *struct{}) (*web.Reply[OwnAddress], error) {
	p := identity.From(ctx)
	made, err := s.RenewOwnCalendar(ctx, p.AllianceID, p.MemberID)
	return web.OK(made), err
}

func (s *Service) deleteOwnCalendar(ctx context.Context, _ *struct{}) (*web.Empty, error) {
	return nil, s.EndOwnCalendar(ctx, identity.From(ctx).MemberID)
}
