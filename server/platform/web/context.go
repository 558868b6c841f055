package web

import (
	"context"
	"sync"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/language"
)

type localeKey struct{}
type requestKey struct{}

// request is what every request knows of itself, as one context: looked up by a switch, and one allocation instead of four.
type request struct {
	context.Context
	id, address, locale string
}

// Value implements context.Context.
func (r *request) Value(key any) any {
	switch key.(type) {
	case requestKey:
		return r
	case localeKey:
		return r.locale
	}
	return r.Context.Value(key)
}

func requestOf(ctx context.Context) *request {
	if r, ok := ctx.Value(requestKey{}).(*request); ok {
		return r
	}
	return &request{}
}

// The languages of the street; the first is the default.
const (
	ZH = "zh-CN"
	EN = "en"
)

var matcher = language.NewMatcher([]language.Tag{language.MustParse(ZH), language.English})

// matched remembers the headers that were matched: browsers send but a few. It takes in no more than matchedMost.
var matched struct {
	sync.RWMutex
	locale map[string]string
}

const matchedMost = 1000

// MatchLocale picks zh-CN or en from an Accept-Language header (RFC 9110, 12.5.4).
func MatchLocale(header string) string {
	matched.RLock()
	locale, known := matched.locale[header]
	matched.RUnlock()
	if known {
		return locale
	}
	locale = matchLocale(header)
	matched.Lock()
	defer matched.Unlock()
	if matched.locale == nil {
		matched.locale = map[string]string{}
	}
	if len(matched.locale) < matchedMost {
		matched.locale[header] = locale
	}
	return locale
}

func matchLocale(header string) string {
	tags, _, err := language.ParseAcceptLanguage(header)
	if err != nil || len(tags) == 0 {
		return ZH
	}
	if _, index, _ := matcher.Match(tags...); index == 1 {
		return EN
	}
	return ZH
}

// Locale is the language of the request: zh-CN or en.
func Locale(ctx context.Context) string {
	if l, ok := ctx.Value(localeKey{}).(string); ok {
		return l
	}
	return ZH
}

// WithLocale sets the language, for what runs outside a request.
func WithLocale(ctx context.Context, locale string) context.Context {
	return context.WithValue(ctx, localeKey{}, locale)
}

// RequestID is the request's id, as in the X-Request-Id header and the logs.
func RequestID(ctx context.Context) string { return requestOf(ctx).id }

// Address is the network address of the caller: behind a trusted proxy the one it tells.
func Address(ctx context.Context) string { return requestOf(ctx).address }

func withRequest(c *fiber.Ctx, id string) context.Context {
	return &request{Context: c.UserContext(), id: id, address: c.IP(), locale: MatchLocale(c.Get(fiber.HeaderAcceptLanguage))}
}
