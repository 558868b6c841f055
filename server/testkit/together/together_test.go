package together_test

import (
	"runtime"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"onestreet/server/testkit/together"
)

// told is a test that only notes what it is told.
type told struct{ failed atomic.Int64 }

func (t *told) Errorf(string, ...any) {}

// FailNow implements require.TestingT as a test's own does.
func (t *told) FailNow() {
	t.failed.Add(1)
	runtime.Goexit()
}

// ends tells whether a test comes to its end.
func ends(test func()) bool {
	whole, done := false, make(chan struct{})
	go func() {
		defer close(done)
		test()
		whole = true
	}()
	<-done
	return whole
}

func TestWhoFailsAmongManyEndsTheTestWhenAllHaveComeBack(t *testing.T) {
	var failing told
	var back atomic.Int64
	require.False(t, ends(func() {
		together.AtOnce(9, func(i int) {
			defer back.Add(1)
			require.NotEqual(&failing, 4, i)
		})
	}))
	require.EqualValues(t, 9, back.Load())
	require.EqualValues(t, 1, failing.failed.Load())
	require.True(t, ends(func() { together.AtOnce(9, func(int) { back.Add(1) }) }))
	require.EqualValues(t, 18, back.Load())
}

func TestAGroupWithinAGroupHandsItOn(t *testing.T) {
	require.False(t, ends(func() {
		var outer together.Group
		outer.Go(func() {
			var inner together.Group
			inner.Go(runtime.Goexit)
			inner.Wait()
		})
		outer.Wait()
	}))
}
