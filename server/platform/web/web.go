// Package web is the HTTP edge that any product would have: typed operations (huma on Fiber) that say beside their path
// who may call them, problem details in the reader's language, idempotency keys, security headers, request ids and logs
// without personal data. It knows no shop; who a caller is, a Guard tells.
package web

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"

	"onestreet/server/platform/clock"
	"onestreet/server/platform/db"
)

// Prefix stands before the path of every operation.
const Prefix = "/api/v1"

// defaultMaxBody bounds a JSON body in bytes; operations may set their own.
const defaultMaxBody = 64 << 10

// Guard says who may call an operation. Its text stands in the access matrix and the OpenAPI document.
type Guard interface {
	String() string
	// Admit returns nil, or the models.Error for the caller: unauthorized or forbidden. param reads path parameters.
	Admit(ctx context.Context, param func(name string) string) error
}

// Op describes an operation beside its path.
type Op struct {
	ID         string // stable, such as "campaign-claim"; the generated client's name for it
	Summary    string
	Tag        string // the feature
	Who        Guard
	Idempotent bool // takes an Idempotency-Key
	Keeps      bool // takes an Idempotency-Key and keeps its answers itself: see Ask
	Status     int  // of success; 0: 200, or 204 where the reply has no body
	MaxBody    int64
}

// Once is the operation with an Idempotency-Key: who repeats the key gets the first answer.
func (o Op) Once() Op {
	o.Idempotent = true
	return o
}

// Keeping is the operation with an Idempotency-Key that keeps its first answers itself, in the transaction of what it did: see Ask.
func (o Op) Keeping() Op {
	o.Keeps = true
	return o
}

// Making is the operation of which something new comes: its success is 201.
func (o Op) Making() Op {
	o.Status = http.StatusCreated
	return o
}

// Route is an operation as it stands in the access matrix.
type Route struct {
	Method, Path, ID string
	Who              Guard
}

// Deps is what the edge needs.
type Deps struct {
	DB    *db.DB
	Clock clock.Clock
	Log   *slog.Logger
	// Scope names the caller for idempotency keys, so that one caller's key never meets another's; empty: none is kept.
	Scope func(ctx context.Context) string
}

// API collects operations. Make it with New; features add to it.
type API struct {
	app    *fiber.App
	huma   huma.API
	deps   Deps
	routes []Route
}

// New puts an API on a Fiber app, with its OpenAPI 3.1 document at /openapi.json.
func New(app *fiber.App, title, version string, deps Deps) *API {
	cfg := huma.DefaultConfig(title, version)
	cfg.CreateHooks, cfg.DocsPath, cfg.SchemasPath = nil, "", ""
	cfg.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"bearer": {Type: "http", Scheme: "bearer", BearerFormat: "JWT"}}
	useProblems()
	return &API{app: app, huma: humafiber.New(app, cfg), deps: deps}
}

// Routes lists every operation, in the order they were added.
func (a *API) Routes() []Route { return a.routes }

// OpenAPI is the document of everything added so far.
func (a *API) OpenAPI() *huma.OpenAPI { return a.huma.OpenAPI() }

// Reply is the answer of a typed handler.
type Reply[T any] struct {
	Status int
	ETag   string `header:"ETag"`
	Cookie string `header:"Set-Cookie"`
	Body   T
}

// OK wraps a body with the operation's own status.
func OK[T any](body T) *Reply[T] { return &Reply[T]{Body: body} }

// Empty is the reply without a body (204).
type Empty struct {
	Cookie string `header:"Set-Cookie"`
}

// Get adds a reading operation.
func Get[I, O any](a *API, path string, op Op, h func(context.Context, *I) (*Reply[O], error)) {
	register(a, http.MethodGet, path, op, h)
}

// Post adds an operation that creates or does something.
func Post[I, O any](a *API, path string, op Op, h func(context.Context, *I) (*Reply[O], error)) {
	register(a, http.MethodPost, path, op, h)
}

// Put adds an operation that sets something; doing it twice is doing it once.
func Put[I, O any](a *API, path string, op Op, h func(context.Context, *I) (*Reply[O], error)) {
	register(a, http.MethodPut, path, op, h)
}

// Patch adds an operation that changes some fields.
func Patch[I, O any](a *API, path string, op Op, h func(context.Context, *I) (*Reply[O], error)) {
	register(a, http.MethodPatch, path, op, h)
}

// Delete adds an operation that takes something away and answers with what is left.
func Delete[I, O any](a *API, path string, op Op, h func(context.Context, *I) (*Reply[O], error)) {
	register(a, http.MethodDelete, path, op, h)
}

// Do adds an operation of any method whose success has no body (204).
func Do[I any](a *API, method, path string, op Op, h func(context.Context, *I) (*Empty, error)) {
	if op.Status == 0 {
		op.Status = http.StatusNoContent
	}
	huma.Register(a.huma, a.operation(method, path, op), func(ctx context.Context, in *I) (*Empty, error) {
		out, err := h(ctx, in)
		if err == nil && out == nil {
			out = &Empty{}
		}
		return out, a.problem(ctx, err)
	})
}

func register[I, O any](a *API, method, path string, op Op, h func(context.Context, *I) (*Reply[O], error)) {
	if op.Status == 0 {
		op.Status = http.StatusOK
	}
	huma.Register(a.huma, a.operation(method, path, op), func(ctx context.Context, in *I) (*Reply[O], error) {
		out, err := h(ctx, in)
		if err != nil {
			return nil, a.problem(ctx, err)
		}
		if out.Status == 0 {
			out.Status = op.Status
		}
		return out, nil
	})
}

func (a *API) operation(method, path string, op Op) huma.Operation {
	a.note(method, path, op)
	if op.MaxBody == 0 {
		op.MaxBody = defaultMaxBody
	}
	o := huma.Operation{
		Method: method, Path: Prefix + path, OperationID: op.ID, Summary: op.Summary, Tags: []string{op.Tag},
		Description: "Who may call: " + op.Who.String() + ".", DefaultStatus: op.Status, MaxBodyBytes: op.MaxBody,
		Middlewares: huma.Middlewares{a.guard(op.Who)}, Security: []map[string][]string{{"bearer": {}}},
		Errors: []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusUnprocessableEntity},
	}
	if op.Idempotent {
		o.Middlewares = append(o.Middlewares, a.asked(op.ID, a.once))
		o.Parameters = append(o.Parameters, idempotencyParam)
	}
	if op.Keeps {
		o.Middlewares = append(o.Middlewares, a.asked(op.ID, keeping))
		o.Parameters = append(o.Parameters, keepingParam)
	}
	return o
}

func (a *API) note(method, path string, op Op) {
	if op.Who == nil || op.ID == "" {
		panic("operation " + method + " " + path + " does not say who may call it, or has no id")
	}
	a.routes = append(a.routes, Route{Method: method, Path: Prefix + path, ID: op.ID, Who: op.Who})
}

func (a *API) guard(who Guard) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		if err := who.Admit(ctx.Context(), ctx.Param); err != nil {
			a.refuse(humafiber.Unwrap(ctx), err)
			return
		}
		next(ctx)
	}
}

// Raw adds a plain Fiber route (files, calendars, uploads) under the same guard and matrix. path is as in the API,
// with {name} parameters. A returned error becomes a problem like any other.
func (a *API) Raw(method, path string, op Op, h func(c *fiber.Ctx) error) {
	a.note(method, path, op)
	a.app.Add(method, fiberPath(Prefix+path), func(c *fiber.Ctx) error {
		param := func(name string) string { return c.Params(name) }
		if err := op.Who.Admit(c.UserContext(), param); err != nil {
			return err
		}
		return h(c)
	})
}
