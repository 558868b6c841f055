// Package load is a crowd of HTTP clients that costs next to nothing: connections that were opened before, requests that
// were written before. Client and server share the machine, so whatever the client spends the server lacks.
//
//	benchmark ── order ──> Phones, a process of their own ── HTTP ──> server
//	          <─ Heard ──
package load

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"strconv"
	"time"
)

// Conn is one phone's connection, kept open.
type Conn struct {
	conn net.Conn
	read *bufio.Reader
}

// Answer is what came back. Took counts from the moment the request was meant to leave.
type Answer struct {
	Status int
	Body   []byte
	Took   time.Duration
}

// Dial opens a connection to a server.
func Dial(addr string) (*Conn, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &Conn{conn: c, read: bufio.NewReaderSize(c, 2048)}, nil
}

// Close ends the connection.
func (c *Conn) Close() { _ = c.conn.Close() }

// Request writes a request down: headers are names and values in turn.
func Request(method, path, body string, headers ...string) []byte {
	var b bytes.Buffer
	_, _ = fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: street.test\r\n", method, path)
	for i := 0; i+1 < len(headers); i += 2 {
		_, _ = fmt.Fprintf(&b, "%s: %s\r\n", headers[i], headers[i+1])
	}
	if body != "" {
		_, _ = fmt.Fprint(&b, "Content-Type: application/json\r\n")
	}
	_, _ = fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n%s", len(body), body)
	return b.Bytes()
}

// Send sends a request that was meant to leave at a time, and reads the answer.
func (c *Conn) Send(request []byte, meant time.Time) (Answer, error) {
	if _, err := c.conn.Write(request); err != nil {
		return Answer{}, err
	}
	a, err := c.answer()
	a.Took = time.Since(meant)
	return a, err
}

func (c *Conn) answer() (Answer, error) {
	line, err := c.read.ReadSlice('\n')
	if err != nil {
		return Answer{}, err
	}
	if len(line) < 12 {
		return Answer{}, fmt.Errorf("no status line: %q", line)
	}
	status, err := strconv.Atoi(string(line[9:12]))
	if err != nil {
		return Answer{}, err
	}
	length, err := c.length()
	if err != nil {
		return Answer{}, err
	}
	a := Answer{Status: status, Body: make([]byte, length)}
	_, err = io.ReadFull(c.read, a.Body)
	return a, err
}

var contentLength = []byte("Content-Length: ")

// length reads the headers to their end, and how long the body is. The server names it in every answer.
func (c *Conn) length() (length int, err error) {
	for {
		line, err := c.read.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		if len(line) <= 2 {
			return length, nil
		}
		if value, is := bytes.CutPrefix(line, contentLength); is {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return 0, err
			}
		}
	}
}
