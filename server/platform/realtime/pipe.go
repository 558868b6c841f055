package realtime

import (
	"net"
	"syscall"
)

// pipe is the socket below a connection. Its outlet is the only one that closes it and that tries to write, both under
// one lock; so the descriptor can be kept and written to without asking the runtime each time, which costs an eighth of
// a delivery.
type pipe struct {
	fd int // -1 when the kernel cannot be asked directly (TLS in this process, pipes): all writes queue
	net.Conn
}

func newPipe(c net.Conn) pipe {
	p := pipe{-1, c}
	if socket, ok := c.(syscall.Conn); ok {
		if raw, err := socket.SyscallConn(); err == nil {
			_ = raw.Control(func(fd uintptr) { p.fd = int(fd) }) // of a socket that is closed already there is none
		}
	}
	return p
}

// try writes what the kernel takes at once and returns how much that was; it never waits. Not after Close.
func (p pipe) try(b []byte) (int, error) {
	if p.fd < 0 {
		return 0, nil
	}
	return writeNow(p.fd, b)
}
