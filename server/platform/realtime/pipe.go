package realtime

import (
	"net"
	"syscall"
)

// pipe is the socket below a connection.
type pipe struct {
	net.Conn
	raw syscall.RawConn // nil when the kernel cannot be asked directly (TLS in this process, pipes): all writes queue
}

// newPipe unwraps what servers put around a socket; the wrappers are pooled and must not be kept.
func newPipe(c net.Conn) pipe {
	for {
		outer, ok := c.(interface{ UnsafeConn() net.Conn })
		if !ok {
			break
		}
		c = outer.UnsafeConn()
	}
	p := pipe{Conn: c}
	if socket, ok := c.(syscall.Conn); ok {
		if raw, err := socket.SyscallConn(); err == nil {
			p.raw = raw
		}
	}
	return p
}

// try writes what the kernel takes at once and returns how much that was; it never waits.
func (p pipe) try(b []byte) (n int, err error) {
	if p.raw == nil {
		return 0, nil
	}
	broken := p.raw.Write(func(fd uintptr) bool {
		n, err = writeNow(fd, b)
		return true
	})
	if broken != nil {
		return n, broken
	}
	return n, err
}
