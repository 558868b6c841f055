package realtime

import (
	"context"
	"sync"
)

// Broker carries messages between the nodes that serve a street. It may lose, repeat and reorder: hubs put things
// right from the database.
type Broker interface {
	// Publish hands m to every node that subscribes to its stream, this one included. It never fails and never waits
	// for a network: what it tells of is committed already.
	Publish(m Message)
	// Subscribe returns when everything published from now on arrives. Calls are counted: as many Unsubscribes end it.
	Subscribe(ctx context.Context, k Key) error
	Unsubscribe(k Key)
	// Gap tells whether other nodes may have said something that did not arrive since it was last asked.
	Gap(ctx context.Context) bool
	// Attach adds a receiver; deliver must not block for long.
	Attach(deliver func(Message))
}

// Local is the broker within one process. Hubs that share one are like nodes that share a network.
type Local struct {
	mu        sync.RWMutex
	receivers []func(Message)
}

// NewLocal returns a broker without receivers.
func NewLocal() *Local { return &Local{} }

// Publish implements Broker: receivers have m when it returns.
func (l *Local) Publish(m Message) {
	l.mu.RLock()
	receivers := l.receivers
	l.mu.RUnlock()
	for _, deliver := range receivers {
		deliver(m)
	}
}

// Subscribe implements Broker; in one process everything arrives anyway.
func (l *Local) Subscribe(context.Context, Key) error { return nil }

// Unsubscribe implements Broker.
func (l *Local) Unsubscribe(Key) {}

// Gap implements Broker.
func (l *Local) Gap(context.Context) bool { return false }

// Attach implements Broker.
func (l *Local) Attach(deliver func(Message)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.receivers = append(l.receivers[:len(l.receivers):len(l.receivers)], deliver)
}
