package testkit

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Scenario is one request and what must come of it: a line of a table of the rules.
type Scenario struct {
	Name     string
	As       Persona
	Method   string // GET unless said
	Path     string
	Body     any
	Language string // zh-CN unless said

	Status  int
	Code    string   // of the problem
	Says    []string // must stand in the body
	Silent  []string // must not stand in the body
	After   func(t *testing.T)
	Headers map[string]string
}

// Run sends the request and checks the answer.
func (s Scenario) Run(t *testing.T, app *App) {
	t.Helper()
	c := app.As(s.As)
	if s.Language != "" {
		c = c.In(s.Language)
	}
	for k, v := range s.Headers {
		c = c.With(k, v)
	}
	method := s.Method
	if method == "" {
		method = "GET"
	}
	r := c.Do(method, s.Path, s.Body)
	require.Equal(t, s.Status, r.Status, "%s: %s", s.Name, r.Body)
	if s.Code != "" {
		require.Equal(t, s.Code, r.Code(), "%s: %s", s.Name, r.Body)
	}
	for _, text := range s.Says {
		require.Contains(t, string(r.Body), text, s.Name)
	}
	for _, text := range s.Silent {
		require.NotContains(t, string(r.Body), text, s.Name)
	}
	if s.After != nil {
		s.After(t)
	}
}
