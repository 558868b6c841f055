package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// Problem is the body of every error: RFC 9457 problem details with the error's code and the wrong fields.
type Problem struct {
	Type      string         `json:"type" doc:"always about:blank: code says more"`
	Title     string         `json:"title" doc:"the status in words"`
	Status    int            `json:"status"`
	Code      string         `json:"code" doc:"stable, machine-readable"`
	Detail    string         `json:"detail" doc:"for people, in the language of Accept-Language"`
	RequestID string         `json:"request_id,omitempty"`
	Errors    []ProblemField `json:"errors,omitempty"`
}

// ProblemField is one wrong field.
type ProblemField struct {
	Pointer string `json:"pointer" doc:"JSON pointer (RFC 6901) into the body; query and header parameters by name"`
	Detail  string `json:"detail"`
}

// Error implements error for huma; it is the problem's words.
func (p *Problem) Error() string { return p.Detail }

// GetStatus implements huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType implements huma.ContentTypeFilter.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// retryAfter is how many seconds a client waits that was told "not now".
const retryAfter = "2"

// GetHeaders implements huma.HeadersError: when to try again what cannot be answered now.
func (p *Problem) GetHeaders() http.Header {
	if p.Status != http.StatusServiceUnavailable {
		return nil
	}
	return http.Header{"Retry-After": {retryAfter}}
}

var statuses = map[models.Kind]int{
	models.Invalid: http.StatusUnprocessableEntity, models.Unauthorized: http.StatusUnauthorized, models.Forbidden: http.StatusForbidden,
	models.NotFound: http.StatusNotFound, models.Conflict: http.StatusConflict, models.Gone: http.StatusGone,
	models.TooLarge: http.StatusRequestEntityTooLarge, models.TooMany: http.StatusTooManyRequests,
	models.Unavailable: http.StatusServiceUnavailable, models.Internal: http.StatusInternalServerError,
}

// The edge's own errors.
var (
	errInternal      = models.Fail(models.Internal, "internal", "我们这边出了点问题，请稍后再试", "Something went wrong on our side. Please try again in a moment.")
	errNoRoute       = models.Fail(models.NotFound, "no_such_address", "没有这个地址", "There is nothing at this address.")
	errMethod        = models.Fail(models.Invalid, "method_not_allowed", "这个地址不这样用", "This address does not take that method.")
	errTooLarge      = models.Fail(models.TooLarge, "body_too_large", "内容太大，收不下", "That is more than we can take.")
	errNotJSON       = models.Fail(models.Invalid, "body_not_json", "内容不是 JSON", "The body is not JSON.")
	errDown          = models.Fail(models.Unavailable, "database_away", "街上的账本这会儿连不上，稍等几秒再试，不会重复", "The street's books cannot be reached right now. Try again in a few seconds; nothing happens twice.")
	errTooFast       = models.Fail(models.TooMany, "too_fast", "点得太快了，歇几秒再试", "Too many requests. Please wait a few seconds.")
	errTooSlow       = models.Fail(models.Invalid, "request_timeout", "等这次请求等太久了，再试一次", "The request took too long to arrive. Please try again.")
	errMediaType     = models.Fail(models.Invalid, "media_type", "这里只收 JSON", "Only JSON is taken here.")
	errNotAcceptable = models.Fail(models.Invalid, "not_acceptable", "这里只给 JSON", "Only JSON is served here.")
)

// statusOf lets an error of the edge keep a status that no Kind has.
var statusOf = map[string]int{
	errMethod.Code: http.StatusMethodNotAllowed, errTooSlow.Code: http.StatusRequestTimeout, errNotJSON.Code: http.StatusBadRequest, errMediaType.Code: http.StatusUnsupportedMediaType,
	errNotAcceptable.Code: http.StatusNotAcceptable, errMismatch.Code: http.StatusPreconditionFailed, errNoMatch.Code: http.StatusPreconditionRequired,
}

// NewProblem writes an error for a reader. What is no models.Error becomes "internal": its text stays inside.
func NewProblem(ctx context.Context, err error) *Problem {
	var e *models.Error
	if !errors.As(err, &e) {
		e = edgeError(err)
	}
	status, special := statusOf[e.Code]
	if !special {
		status = statuses[e.Kind]
	}
	p := &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Code: e.Code, Detail: e.Text.In(Locale(ctx)), RequestID: RequestID(ctx)}
	for _, f := range e.Fields {
		p.Errors = append(p.Errors, ProblemField{Pointer: f.Pointer, Detail: f.Text.In(Locale(ctx))})
	}
	return p
}

func edgeError(err error) *models.Error {
	var f *fiber.Error
	if errors.As(err, &f) {
		switch f.Code {
		case http.StatusNotFound:
			return errNoRoute
		case http.StatusMethodNotAllowed:
			return errMethod
		case http.StatusRequestEntityTooLarge:
			return errTooLarge
		case http.StatusTooManyRequests:
			return errTooFast
		case http.StatusRequestTimeout:
			return errTooSlow
		case http.StatusBadRequest:
			return errNotJSON
		}
	}
	if db.IsDown(err) {
		return errDown
	}
	return errInternal
}

// problem is what a typed handler returns to huma; an unknown error is logged here, once.
func (a *API) problem(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	p := NewProblem(ctx, err)
	if p.Status >= http.StatusInternalServerError {
		a.deps.Log.ErrorContext(ctx, "request failed", "request_id", p.RequestID, "error", err.Error())
	}
	return p
}

// refuse writes a problem to a Fiber response.
func (a *API) refuse(c *fiber.Ctx, err error) {
	ctx := c.UserContext()
	_ = a.problem(ctx, err) // logs what is ours
	p := NewProblem(ctx, err)
	body, jsonErr := json.Marshal(p)
	if jsonErr != nil {
		body = []byte(`{"type":"about:blank","status":500,"code":"internal"}`)
	}
	for name, values := range p.GetHeaders() {
		c.Set(name, values[0])
	}
	c.Status(p.Status).Response().Header.SetContentType("application/problem+json")
	c.Response().SetBodyRaw(body)
}

// ErrorHandler is Fiber's: every error that a raw route, a middleware or the router returns.
func (a *API) ErrorHandler(c *fiber.Ctx, err error) error {
	a.refuse(c, err)
	return nil
}

var problemsOnce sync.Once

// useProblems makes huma's own refusals (validation, wrong JSON) our problems. huma keeps this in package variables.
func useProblems() {
	problemsOnce.Do(func() {
		huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
			return humaProblem(context.Background(), status, msg, errs)
		}
		huma.NewErrorWithContext = func(c huma.Context, status int, msg string, errs ...error) huma.StatusError {
			return humaProblem(c.Context(), status, msg, errs)
		}
	})
}

func humaProblem(ctx context.Context, status int, msg string, errs []error) *Problem {
	switch {
	case status == http.StatusRequestEntityTooLarge:
		return NewProblem(ctx, errTooLarge)
	case status == http.StatusUnsupportedMediaType:
		return NewProblem(ctx, errMediaType)
	case status == http.StatusNotAcceptable:
		return NewProblem(ctx, errNotAcceptable)
	case status == http.StatusBadRequest || notJSON(msg, errs):
		return NewProblem(ctx, errNotJSON)
	case status >= http.StatusInternalServerError:
		return NewProblem(ctx, errInternal)
	}
	e := models.ErrInvalid
	for _, err := range errs {
		var d huma.ErrorDetailer
		if errors.As(err, &d) {
			detail := d.ErrorDetail()
			e = e.Field(pointer(detail.Location)+unmarshalled(detail.Message), translate(detail.Message))
		}
	}
	return NewProblem(ctx, e)
}

func notJSON(msg string, errs []error) bool {
	for _, err := range errs {
		var d huma.ErrorDetailer
		if errors.As(err, &d) && strings.HasPrefix(d.ErrorDetail().Message, "invalid character") || strings.Contains(err.Error(), "unexpected end of JSON") {
			return true
		}
	}
	return strings.Contains(msg, "unmarshal")
}

var misfit = regexp.MustCompile(`^json: cannot unmarshal .* into Go struct field [^.]+\.(\S+) of type`)

// unmarshalled is the field that encoding/json could not fill, of a value that the schema let pass, such as 1e30.
func unmarshalled(message string) string {
	if m := misfit.FindStringSubmatch(message); m != nil {
		return "/" + strings.ReplaceAll(m[1], ".", "/")
	}
	return ""
}

// pointer turns huma's "body.shares[0].share_bps" into "/shares/0/share_bps"; "query.limit" stays "limit".
func pointer(location string) string {
	rest, inBody := strings.CutPrefix(location, "body")
	if !inBody {
		_, name, _ := strings.Cut(location, ".")
		return name
	}
	r := strings.NewReplacer(".", "/", "[", "/", "]", "")
	return r.Replace(rest)
}
