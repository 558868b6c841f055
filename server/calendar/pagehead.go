package calendar

import (
	"context"
	"html"
	"strconv"
	"strings"
	"time"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

// PageHead is what the page of a date says to whoever shows a link to it (Open Graph): what, when with the lunar date, where and
// by whom. Any path but /calendar/<date> and /events/<date> has none. Nothing in it is about a guest.
func (s *Service) PageHead(ctx context.Context, path string) (title, tags string, err error) {
	rest, ok := strings.CutPrefix(path, "/calendar/")
	if !ok {
		if rest, ok = strings.CutPrefix(path, "/events/"); !ok {
			return "", "", nil
		}
	}
	id, err := models.ParseID(rest)
	if err != nil {
		return "", "", nil // another page of the calendar
	}
	o, err := db.Find[models.Occurrence](s.DB.Read(ctx), "id = ?", id)
	if err != nil {
		return "", "", err
	}
	view, err := s.View(ctx, o.AllianceID, models.ID{}, id)
	if err != nil {
		return "", "", err
	}
	street, err := s.Pool.Alliance(ctx, o.AllianceID)
	if err != nil {
		return "", "", err
	}
	title = view.Title + " · " + street.Name
	return html.EscapeString(title), s.headTags(view, street, title), nil
}

func (s *Service) headTags(view OccurrenceView, street models.Alliance, title string) string {
	var b strings.Builder
	tag := func(key, name, content string) {
		b.WriteString(`<meta ` + key + `="` + name + `" content="` + html.EscapeString(content) + "\">\n")
	}
	said := headLine(view, street)
	tag("property", "og:type", "event")
	tag("property", "og:site_name", street.Name)
	tag("property", "og:title", title)
	tag("property", "og:description", said)
	tag("property", "og:url", s.PublicURL+"/calendar/"+view.ID.String())
	tag("property", "og:image", s.PublicURL+web.Prefix+"/occurrences/"+view.ID.String()+"/card.jpg?street="+street.Slug)
	tag("property", "og:image:width", strconv.Itoa(cardWidth))
	tag("property", "og:image:height", strconv.Itoa(cardHeight))
	tag("name", "twitter:card", "summary_large_image")
	return b.String()
}

// headLine says when and where: 10 月 18 日周日 14:30，农历九月初八，二楼靠窗，清和茶馆、林家面馆.
func headLine(view OccurrenceView, street models.Alliance) string {
	parts := []string{models.SaidAppointment(street.Local(view.StartsAt)).ZH}
	if lunar := lunarName(view.StartsAt, street.Location(), "zh-CN"); lunar != "" {
		parts = append(parts, "农历"+lunar)
	}
	names := make([]string, len(view.Stores))
	for i, store := range view.Stores {
		names[i] = store.Name
	}
	parts = append(parts, view.Place, strings.Join(names, "、"))
	if view.State == models.EventStateCancelled {
		parts = append([]string{"取消了"}, parts...)
	}
	return strings.Join(parts, "，")
}

// lunarName is the lunar date of a moment in a language, such as 九月初八; empty beyond the almanac.
func lunarName(at time.Time, zone *time.Location, locale string) string {
	day, err := almanac.Of(almanac.At(at, zone))
	if err != nil {
		return ""
	}
	month, name := day.Lunar.MonthName(), day.Lunar.DayName()
	return models.Text{ZH: month.ZH + name.ZH, EN: month.EN + ", day " + name.EN}.In(locale)
}
