package main

import (
	"context"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/centrifugal/centrifuge"
)

const street = "feed"

// engine is Centrifuge with its own WebSocket handler and its memory broker, as its documentation sets it up, and with the
// promise that a stream of the street makes: who comes back is brought what it missed.
type engine struct {
	node *centrifuge.Node
	subs atomic.Int64
}

func newEngine() (peer, error) {
	node, err := centrifuge.New(centrifuge.Config{})
	if err != nil {
		return nil, err
	}
	e := &engine{node: node}
	node.OnConnecting(func(context.Context, centrifuge.ConnectEvent) (centrifuge.ConnectReply, error) {
		return centrifuge.ConnectReply{Credentials: &centrifuge.Credentials{}}, nil
	})
	node.OnConnect(func(c *centrifuge.Client) {
		c.OnSubscribe(func(_ centrifuge.SubscribeEvent, done centrifuge.SubscribeCallback) {
			e.subs.Add(1)
			done(centrifuge.SubscribeReply{Options: centrifuge.SubscribeOptions{EnableRecovery: true}}, nil)
		})
		c.OnUnsubscribe(func(centrifuge.UnsubscribeEvent) { e.subs.Add(-1) })
	})
	return e, node.Run()
}

func (e *engine) followers() int { return int(e.subs.Load()) }

func (e *engine) serve(ln net.Listener) error {
	sockets := centrifuge.NewWebsocketHandler(e.node, centrifuge.WebsocketConfig{
		CheckOrigin: func(*http.Request) bool { return true }, ReadBufferSize: 1024, UseWriteBufferPool: true,
	})
	return http.Serve(ln, sockets)
}

func (e *engine) say(text string) error {
	_, err := e.node.Publish(street, []byte(`{"text":"`+text+`"}`), centrifuge.WithHistory(1000, time.Hour))
	return err
}
