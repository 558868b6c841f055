package testkit

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"onestreet/models"
)

// AtOnce calls do n times at once, all from one starting line, and waits for all of them.
func AtOnce(n int, do func(i int)) {
	var ready, done sync.WaitGroup
	begin := make(chan struct{})
	ready.Add(n)
	for i := range n {
		done.Go(func() {
			ready.Done()
			<-begin
			do(i)
		})
	}
	ready.Wait()
	close(begin)
	done.Wait()
}

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
		if w.Is(err) {
			return w.Code
		}
	}
	require.NoError(t, err)
	return ""
}
