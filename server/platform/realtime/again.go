package realtime

// lookers is how many connections are looked at again at once: together they share the database's answers.
const lookers = 64

// lookAgain finds out anew what everybody who is logged in may follow, one round at a time, beside everything else.
func (h *Hub) lookAgain() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ctx.Err() != nil || !h.looking.CompareAndSwap(false, true) {
		return
	}
	h.work.Go(func() {
		defer h.looking.Store(false)
		h.recheckAll()
	})
}

func (h *Hub) recheckAll() {
	next := make(chan *Client)
	for range lookers {
		h.work.Go(func() {
			for c := range next {
				c.recheck(h.ctx)
			}
		})
	}
	defer close(next)
	for _, c := range h.everyone() {
		if c.account().IsZero() || h.ctx.Err() != nil {
			continue
		}
		next <- c
	}
}
