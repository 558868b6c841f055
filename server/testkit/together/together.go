// Package together lets a test do many things at once and end as it should when one of them fails.
//
// require and its like end the goroutine that they are called in, and with it a test only when that is the test's own. What
// is done in a Group may fail by them all the same: the test ends when everything has come back.
package together

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Group is things that are done at once; the zero value is none.
type Group struct {
	done   sync.WaitGroup
	failed atomic.Bool
}

// Go begins something.
func (g *Group) Go(do func()) {
	g.done.Go(func() {
		whole := false
		defer func() {
			if !whole {
				g.failed.Store(true)
			}
		}()
		do()
		whole = true
	})
}

// Wait waits for all. When one of them was ended in the middle, so is who waits: the test, which has been told why.
func (g *Group) Wait() {
	g.done.Wait()
	if g.failed.Load() {
		runtime.Goexit()
	}
}

// AtOnce does something n times at once, all from one starting line, and waits for all of them.
func AtOnce(n int, do func(i int)) {
	var all Group
	var ready sync.WaitGroup
	begin := make(chan struct{})
	ready.Add(n)
	for i := range n {
		all.Go(func() {
			ready.Done()
			<-begin
			do(i)
		})
	}
	ready.Wait()
	close(begin)
	all.Wait()
}
