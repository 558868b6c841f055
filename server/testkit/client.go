package testkit

import (
	"bytes"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
)

// Client calls the API as somebody.
type Client struct {
	app      *App
	token    string
	Language string
	header   map[string]string
}

// As is a client for a persona of this street or, for the two that say so, of the other one.
func (a *App) As(p Persona) *Client {
	a.t.Helper()
	c := &Client{app: a, header: map[string]string{}}
	switch p {
	case Visitor:
	case OtherCoordinator:
		c.token = a.tokenOf(p, a.Other, Coordinator)
	case OtherOwner:
		c.token = a.tokenOf(p, a.Other, OwnerOf("shoes"))
	default:
		c.token = a.tokenOf(p, a.Street, p)
	}
	return c
}

// AsPerson is a client for one of the members that Join made.
func (a *App) AsPerson(p Person) *Client {
	a.t.Helper()
	return &Client{app: a, token: a.open(p.Account.ID, a.Street.Alliance.ID), header: map[string]string{}}
}

func (a *App) tokenOf(key Persona, street *Street, p Persona) string {
	a.t.Helper()
	a.tokenMu.Lock()
	defer a.tokenMu.Unlock()
	if text, ok := a.tokens[key]; ok {
		if _, err := a.Keys.Parse(text); err == nil { // an old one ends when a test moves the clock
			return text
		}
	}
	person, ok := street.People[p]
	require.True(a.t, ok, "there is no %q in the test's street", p)
	a.tokens[key] = a.open(person.Account.ID, street.Alliance.ID)
	return a.tokens[key]
}

func (a *App) open(account, alliance models.ID) string {
	a.t.Helper()
	var tokens identity.Tokens
	err := a.DB.Tx(a.Ctx(), func(tx *gorm.DB) (err error) {
		tokens, err = a.Identity.OpenSession(tx, account, alliance)
		return err
	})
	require.NoError(a.t, err)
	return tokens.Access
}

// With adds a header to every request of the client.
func (c *Client) With(name, value string) *Client {
	copied := &Client{app: c.app, token: c.token, Language: c.Language, header: map[string]string{name: value}}
	for k, v := range c.header {
		if k != name {
			copied.header[k] = v
		}
	}
	return copied
}

// In sets the reader's language: "zh-CN" or "en".
func (c *Client) In(locale string) *Client { return c.With("Accept-Language", locale) }

// Token is the client's access token.
func (c *Client) Token() string { return c.token }

// Get reads a path under /api/v1.
func (c *Client) Get(path string) *Response { return c.Do(http.MethodGet, path, nil) }

// Post sends a body as JSON.
func (c *Client) Post(path string, body any) *Response { return c.Do(http.MethodPost, path, body) }

// Put sends a body as JSON.
func (c *Client) Put(path string, body any) *Response { return c.Do(http.MethodPut, path, body) }

// Patch sends a body as JSON.
func (c *Client) Patch(path string, body any) *Response { return c.Do(http.MethodPatch, path, body) }

// Delete asks to take something away.
func (c *Client) Delete(path string) *Response { return c.Do(http.MethodDelete, path, nil) }

// Do sends a request. A body that is a string or bytes goes as it is; any other value as JSON.
func (c *Client) Do(method, path string, body any) *Response {
	c.app.t.Helper()
	return c.send(method, path, "application/json", raw(c.app.t, body))
}

// Upload sends a file as the multipart field "file".
func (c *Client) Upload(path, name string, data []byte) *Response {
	c.app.t.Helper()
	var buf bytes.Buffer
	form := multipart.NewWriter(&buf)
	part, err := form.CreateFormFile("file", name)
	require.NoError(c.app.t, err)
	_, err = part.Write(data)
	require.NoError(c.app.t, err)
	require.NoError(c.app.t, form.Close())
	return c.send(http.MethodPost, path, form.FormDataContentType(), buf.Bytes())
}

func raw(t testing.TB, body any) []byte {
	t.Helper()
	switch v := body.(type) {
	case nil:
		return nil
	case string:
		return []byte(v)
	case []byte:
		return v
	}
	data, err := json.Marshal(body)
	require.NoError(t, err)
	return data
}

func (c *Client) send(method, path, contentType string, body []byte) *Response {
	c.app.t.Helper()
	if c.token == "" && !strings.Contains(path, "street=") {
		path += map[bool]string{true: "&", false: "?"}[strings.Contains(path, "?")] + "street=" + c.app.Street.Alliance.Slug
	}
	req := httptest.NewRequest(method, "/api/v1"+path, bytes.NewReader(body))
	if body != nil {
		req.Header.Set("Content-Type", contentType)
	}
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	for k, v := range c.header {
		req.Header.Set(k, v)
	}
	res, err := c.app.Fiber.Test(req, -1)
	require.NoError(c.app.t, err)
	defer func() { _ = res.Body.Close() }()
	data, err := io.ReadAll(res.Body)
	require.NoError(c.app.t, err)
	return &Response{t: c.app.t, Status: res.StatusCode, Header: res.Header, Body: data, what: method + " " + path}
}

// Response is an answer.
type Response struct {
	Status int
	Header http.Header
	Body   []byte

	t    testing.TB
	what string
}

// Must fails the test unless the answer has the status.
func (r *Response) Must(status int) *Response {
	r.t.Helper()
	require.Equal(r.t, status, r.Status, "%s: %s", r.what, r.Body)
	return r
}

// Refused fails the test unless the answer is a problem with the status and code.
func (r *Response) Refused(status int, code string) *Response {
	r.t.Helper()
	r.Must(status)
	require.Equal(r.t, "application/problem+json", r.Header.Get("Content-Type"), r.what)
	require.Equal(r.t, code, r.Code(), "%s: %s", r.what, r.Body)
	return r
}

// Code is the problem's code; empty when the answer is no problem.
func (r *Response) Code() string {
	var p struct {
		Code string `json:"code"`
	}
	_ = json.Unmarshal(r.Body, &p)
	return p.Code
}

// Into reads the JSON body into a value.
func (r *Response) Into(v any) *Response {
	r.t.Helper()
	require.NoError(r.t, json.Unmarshal(r.Body, v), "%s: %s", r.what, r.Body)
	return r
}

// Map is the JSON body as a map.
func (r *Response) Map() map[string]any {
	r.t.Helper()
	m := map[string]any{}
	r.Into(&m)
	return m
}

// CodeOf is a member's rotating code right now, eight digits.
func (a *App) CodeOf(m models.Member) string {
	a.t.Helper()
	code, err := totp.GenerateCodeCustom(m.Secret, a.Time.Now(), totp.ValidateOpts{Period: 30, Digits: 8, Algorithm: otp.AlgorithmSHA1})
	require.NoError(a.t, err)
	return code
}

// QROf is the text of a member's QR code right now.
func (a *App) QROf(m models.Member) string {
	return fmt.Sprintf("OS1.%s.%s", m.ID, a.CodeOf(m))
}

func totpSecret() string {
	id := models.NewID()
	other := models.NewID()
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(append(id[:], other[12:]...))
}
