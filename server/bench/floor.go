package main

import (
	"bufio"
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"net"
	"net/http"
	"sync"
)

// floor is the least that a broadcast can cost: one frame, built before, and one write for each follower. It looks after
// nothing: a follower that does not read stops it.
type floor struct {
	mu    sync.Mutex
	conns []net.Conn
	frame []byte
}

func newFloor() (peer, error) { return &floor{}, nil }

func (f *floor) followers() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.conns)
}

func (f *floor) serve(ln net.Listener) error {
	for {
		conn, err := ln.Accept()
		if err != nil {
			return err
		}
		go f.welcome(conn)
	}
}

func (f *floor) welcome(conn net.Conn) {
	request, err := http.ReadRequest(bufio.NewReader(conn))
	if err != nil {
		_ = conn.Close()
		return
	}
	sum := sha1.Sum([]byte(request.Header.Get("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	_, err = fmt.Fprintf(conn, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
		base64.StdEncoding.EncodeToString(sum[:]))
	if err != nil {
		_ = conn.Close()
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.conns = append(f.conns, conn)
}

func (f *floor) say(text string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.frame == nil {
		f.frame = append(binary.BigEndian.AppendUint16([]byte{0x81, 126}, uint16(len(text))), text...)
	}
	for _, conn := range f.conns {
		if _, err := conn.Write(f.frame); err != nil {
			return err
		}
	}
	return nil
}
