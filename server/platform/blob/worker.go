package blob

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"io"
	"os"
	"os/exec"
	"runtime/debug"
	"time"
)

// HEIC pictures are decoded in a process of their own, which is this same program under another sign. It can be ended in
// the middle, as no goroutine can, when a file keeps it busy for ever; its memory is gone with it; and whatever a hostile
// file does, it does there, inside the sandbox. It starts when the first such picture comes, and goes when none came for a
// minute, or when whoever started it has gone.

const (
	sign     = "ONESTREET_DECODES"
	patience = 40 * time.Second // for one picture; the largest needs half of it on a slow machine
	idle     = time.Minute
)

// idlers are the workers that wait for a picture.
var idlers = make(chan *worker, concurrent)

// An init, since it must come before whatever else the program does, and in the tests of every room too.
func init() {
	if os.Getenv(sign) != "" {
		work(os.Stdin, os.Stdout)
		os.Exit(0)
	}
}

// job goes before the file, and result before the planes.
type (
	job    struct{ Pixels, Size uint32 }
	result struct {
		Frame frame
		Size  uint32 // zero when there is no picture
	}
)

// work decodes what comes until nothing comes any more.
func work(in io.Reader, out io.Writer) {
	retire := time.AfterFunc(idle, func() { os.Exit(0) })
	in = bufio.NewReader(in)
	for {
		var j job
		if binary.Read(in, binary.BigEndian, &j) != nil {
			return
		}
		retire.Reset(patience) // nobody may be left to end it
		file := make([]byte, j.Size)
		if _, err := io.ReadFull(in, file); err != nil {
			return
		}
		if err := answer(out, file, int(j.Pixels)); err != nil {
			return
		}
		debug.FreeOSMemory()
		retire.Reset(idle)
	}
}

func answer(out io.Writer, file []byte, pixels int) error {
	box, err := ready()
	if err != nil {
		return err
	}
	f, planes, err := box.decode(file, pixels)
	if err != nil {
		return binary.Write(out, binary.BigEndian, result{})
	}
	if err := binary.Write(out, binary.BigEndian, result{f, uint32(len(planes))}); err != nil {
		return err
	}
	_, err = out.Write(planes)
	return err
}

// worker is such a process, seen from here.
type worker struct {
	process *os.Process
	in      io.WriteCloser
	out     io.Reader
}

func hire() (*worker, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(self)
	cmd.Env = []string{sign + "=1"} // and none of our secrets
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return &worker{process: cmd.Process, in: in, out: out}, nil
}

// decodeElsewhere decodes a HEIC file of about so many pixels. Errors: not_an_image, photo_too_slow, and those of ctx.
func decodeElsewhere(ctx context.Context, file []byte, pixels int) (image.Image, error) {
	ctx, stop := context.WithTimeoutCause(ctx, patience, ErrTooSlow)
	defer stop()
	select {
	case w := <-idlers:
		if m, err := w.picture(ctx, file, pixels); !errors.Is(err, errGone) {
			return m, err
		} // it retired the moment we came
	default:
	}
	w, err := hire()
	if err != nil {
		return nil, err
	}
	return w.picture(ctx, file, pixels)
}

var errGone = errors.New("the decoder of HEIC has gone")

// picture has one file decoded; the worker is idle after it, or dismissed when it did not answer.
func (w *worker) picture(ctx context.Context, file []byte, pixels int) (image.Image, error) {
	ending := context.AfterFunc(ctx, func() { _ = w.process.Kill() })
	said, planes, err := w.ask(file, pixels)
	if !ending() || err != nil {
		w.dismiss()
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		return nil, errors.Join(errGone, err)
	}
	idlers <- w // there is room: it was taken from there, or its turn is one of so many
	if len(planes) == 0 || len(planes) != said.planes().size() {
		return nil, ErrNoImage
	}
	return said.planes().image(planes), nil
}

func (w *worker) ask(file []byte, pixels int) (frame, []byte, error) {
	if err := binary.Write(w.in, binary.BigEndian, job{uint32(pixels), uint32(len(file))}); err != nil {
		return frame{}, nil, err
	}
	if _, err := w.in.Write(file); err != nil {
		return frame{}, nil, err
	}
	var r result
	if err := binary.Read(w.out, binary.BigEndian, &r); err != nil {
		return frame{}, nil, err
	}
	planes := make([]byte, r.Size)
	_, err := io.ReadFull(w.out, planes)
	return r.Frame, planes, err
}

func (w *worker) dismiss() {
	_ = w.process.Kill()
	_ = w.in.Close()
	_, _ = w.process.Wait()
}
