package realtime

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDrainTellsEveryoneToComeBackLaterAndWaits(t *testing.T) {
	noLeaks(t)
	s := newStreet(t, sqlite(t), NewLocal(), Options{})
	url := s.listen(s.hub)
	a, b := enter(t, url, "li"), enter(t, url, "")
	drained := make(chan struct{})
	go func() {
		s.hub.Drain(context.Background())
		close(drained)
	}()
	a.mustClose(CloseGoingAway)
	b.mustClose(CloseGoingAway)
	<-drained
	late := dial(t, url)
	late.mustClose(CloseGoingAway)
	require.Zero(t, s.hub.Stats())
}

func TestDrainCutsOffWhoDoesNotGo(t *testing.T) {
	noLeaks(t)
	s := newStreet(t, sqlite(t), NewLocal(), Options{})
	w := s.wire(s.hub)
	w.enter("li")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	s.hub.Drain(ctx) // returns although w reads nothing
	require.Zero(t, s.hub.Stats().Connections)
}
