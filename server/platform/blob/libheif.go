package blob

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"sync"
	_ "unsafe" // for go:linkname

	_ "github.com/gen2brain/heic" // carries libheif, compiled to WebAssembly
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
)

// libheif is the decoder of HEIC pictures, as that package carries it. The package's own Decode has no end to its time and
// memory, and would use a library of the machine's if it found one: so its program is run here (see worker.go), in a sandbox that
// sees neither files nor clock nor network.
//
//go:linkname libheif github.com/gen2brain/heic.heifWasm
var libheif []byte

const (
	roomBase = 48 << 20 // bytes of memory that a decoder has for the file and itself
	roomMore = 8        // bytes more for each pixel: the tiles laid together, turned, and copied out
	roomMost = 8192     // pages of 64 KiB that no decoder exceeds
)

var errNoRoom, errNoHEIF = errors.New("libheif: out of memory"), errors.New("libheif: no picture")

// sandbox is the decoder made ready: compiled when the first HEIC picture comes, which takes a second, and kept.
type sandbox struct {
	runtime wazero.Runtime
	program wazero.CompiledModule
}

var ready = sync.OnceValues(func() (sandbox, error) {
	packed, err := gzip.NewReader(bytes.NewReader(libheif))
	if err != nil {
		return sandbox{}, err
	}
	code, err := io.ReadAll(packed)
	if err != nil {
		return sandbox{}, err
	}
	ctx := context.Background()
	r := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfig().WithMemoryLimitPages(roomMost))
	if _, err := wasi_snapshot_preview1.Instantiate(ctx, r); err != nil {
		return sandbox{}, err
	}
	program, err := r.CompileModule(ctx, code)
	return sandbox{r, program}, err
})

// decode decodes a file of about so many pixels; libheif has turned what it gives as the file says. Any error says that
// the file is broken, or hostile.
func (s sandbox) decode(file []byte, pixels int) (frame, []byte, error) {
	ctx := experimental.WithMemoryAllocator(context.Background(), room(roomBase+roomMore*pixels))
	module, err := s.runtime.InstantiateModule(ctx, s.program, wazero.NewModuleConfig().WithName("").WithStartFunctions("_initialize"))
	if err != nil {
		return frame{}, nil, err
	}
	defer func() { _ = module.Close(ctx) }()
	d := decoder{ctx: ctx, module: module}
	return d.picture(file)
}

// room is the memory of one decoder, in bytes: taken at once and used as far as it goes, so that nothing is copied when
// it grows.
type room int

// Allocate is called once a decoder.
func (r room) Allocate(_, most uint64) experimental.LinearMemory {
	return &memory{bytes: make([]byte, 0, min(uint64(r), most))}
}

type memory struct{ bytes []byte }

// Reallocate gives size bytes, or nothing when there is no room.
func (m *memory) Reallocate(size uint64) []byte {
	if size > uint64(cap(m.bytes)) {
		return nil
	}
	m.bytes = m.bytes[:size]
	return m.bytes
}

// Free leaves the memory to the garbage collector: the picture lies in it.
func (m *memory) Free() {}

// decoder is libheif at work on one file. Its addresses are offsets in a memory of its own; every one of them is checked.
type decoder struct {
	ctx    context.Context
	module api.Module
}

// frame is what libheif says of a picture: pixels upright, and its codes of the colour space and of how colour is sampled.
type frame struct{ Width, Height, Space, Chroma, Premultiplied uint32 }

func (d decoder) picture(file []byte) (frame, []byte, error) {
	in, err := d.alloc(len(file))
	if err != nil {
		return frame{}, nil, err
	}
	fields, err := d.alloc(4 * 5)
	if err != nil || !d.module.Memory().Write(in, file) {
		return frame{}, nil, errors.Join(err, errNoRoom)
	}
	f, err := d.call(in, len(file), fields, 0)
	if err == nil {
		err = fits(int(f.Width), int(f.Height))
	}
	if err != nil {
		return frame{}, nil, err
	}
	size := f.planes().size()
	out, err := d.alloc(size)
	if err != nil {
		return frame{}, nil, err
	}
	if _, err = d.call(in, len(file), fields, out); err != nil {
		return frame{}, nil, err
	}
	pixels, ok := d.module.Memory().Read(out, uint32(size))
	if !ok {
		return frame{}, nil, errNoRoom
	}
	return f, pixels, nil
}

func (d decoder) alloc(size int) (uint32, error) {
	at, err := d.module.ExportedFunction("malloc").Call(d.ctx, uint64(size))
	if err != nil {
		return 0, err
	}
	if at[0] == 0 {
		return 0, errNoRoom
	}
	return uint32(at[0]), nil
}

// call asks what the picture is, and with out where to put it, decodes it.
func (d decoder) call(in uint32, size int, fields, out uint32) (frame, error) {
	only := uint64(0)
	if out == 0 {
		only = 1
	}
	args := []uint64{uint64(in), uint64(size), only}
	for i := range uint32(5) {
		args = append(args, uint64(fields+4*i))
	}
	done, err := d.module.ExportedFunction("decode").Call(d.ctx, append(args, uint64(out))...)
	if err != nil {
		return frame{}, err
	}
	if done[0] == 0 {
		return frame{}, errNoHEIF
	}
	var said [5]uint32
	for i := range said {
		said[i], _ = d.module.Memory().ReadUint32Le(fields + 4*uint32(i))
	}
	return frame{said[0], said[1], said[2], said[3], said[4]}, nil
}
