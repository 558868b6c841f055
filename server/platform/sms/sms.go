// Package sms sends one-time codes to phones. A Sender is one provider; the console one prints, for development and
// the demo.
package sms

import (
	"context"
	"fmt"
	"io"
	"sync"
)

// Sender sends a one-time code. It returns an error when the provider did not take the message.
type Sender interface {
	SendCode(ctx context.Context, phone, code string) error
}

// Console writes codes where the operator can read them.
type Console struct {
	mu  sync.Mutex
	out io.Writer
}

// NewConsole returns a sender that writes to out.
func NewConsole(out io.Writer) *Console { return &Console{out: out} }

// SendCode implements Sender.
func (c *Console) SendCode(_ context.Context, phone, code string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, err := fmt.Fprintf(c.out, "SMS to %s: %s\n", phone, code)
	return err
}
