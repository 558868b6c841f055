package testkit

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/testkit/together"
)

// AtOnce calls do n times at once, all from one starting line, and waits for all of them; who fails in it by require ends
// the test when all have come back.
func AtOnce(n int, do func(i int)) { together.AtOnce(n, do) }

// Crowd does something n times at once and returns what came of each.
func Crowd(n int, do func(i int) error) []error {
	errs := make([]error, n)
	AtOnce(n, func(i int) { errs[i] = do(i) })
	return errs
}

// Counted sorts the answers of a crowd: how many succeeded, and the wanted refusals by their codes. Any other fails the test.
func Counted(t testing.TB, errs []error, wanted ...*models.Error) (ok int, refused map[string]int) {
	t.Helper()
	refused = map[string]int{}
	for _, err := range errs {
		if err == nil {
			ok++
			continue
		}
		refused[codeOf(t, err, wanted)]++
	}
	return ok, refused
}

func codeOf(t testing.TB, err error, wanted []*models.Error) string {
	t.Helper()
	for _, w := range wanted {
		if errors.Is(err, w) {
			return w.Code
		}
	}
	require.NoError(t, err)
	return ""
}
