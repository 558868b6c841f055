package blob

import (
	"bytes"
	"context"
	"encoding/binary"

	"onestreet/models"
)

// Errors of the pictures that phones wrap in an ISO file.
var (
	ErrAVIF    = models.Fail(models.Invalid, "photo_avif", "这是 AVIF 图片，这里打不开。存成 JPEG 再发", "This is an AVIF picture, which is not taken here. Save it as JPEG and send that.").At("/file")
	ErrTooSlow = models.Fail(models.Invalid, "photo_too_slow", "这张照片半天打不开，存成 JPEG 再发", "This photo takes too long to open. Save it as JPEG and send that.").At("/file")
)

// wrapped tells what an ISO file of pictures holds by its brands, whatever its name: "heic" (an iPhone's photos, and
// those of many others), "avif", or nothing that we know.
func wrapped(file []byte) string {
	kind, body, _ := nextBox(file)
	if kind != "ftyp" || len(body) < 8 {
		return ""
	}
	brands := append(bytes.Clone(body[:4]), body[8:]...)
	for at := 0; at+4 <= len(brands); at += 4 {
		switch string(brands[at : at+4]) {
		case "heic", "heix", "heim", "heis", "hevc", "hevx":
			return "heic"
		case "avif", "avis":
			return "avif"
		}
	}
	if bytes.Contains(brands, []byte("mif1")) || bytes.Contains(brands, []byte("msf1")) {
		return "heic"
	}
	return ""
}

// extent is the size that an ISO file gives its largest picture, in pixels, before anything of it is decoded; the tiles of
// a grid have theirs too. It is zero when the file says none.
func extent(file []byte) (w, h int) {
	meta := inside(file, "meta")
	if len(meta) < 4 {
		return 0, 0
	}
	for rest := inside(inside(meta[4:], "iprp"), "ipco"); len(rest) > 0; {
		var kind string
		var body []byte
		kind, body, rest = nextBox(rest)
		if kind != "ispe" || len(body) < 12 {
			continue
		}
		one := [2]int{int(binary.BigEndian.Uint32(body[4:])), int(binary.BigEndian.Uint32(body[8:]))}
		w, h = max(w, one[0]), max(h, one[1])
	}
	return w, h
}

// inside is the body of the first box of a kind among those that follow each other.
func inside(boxes []byte, wanted string) []byte {
	for len(boxes) > 0 {
		var kind string
		var body []byte
		if kind, body, boxes = nextBox(boxes); kind == wanted {
			return body
		}
	}
	return nil
}

// nextBox takes the first box off: its size (which counts itself; 1 says that it is longer, 0 that it is the last), its kind, its
// body. What is no box ends them.
func nextBox(boxes []byte) (kind string, body, rest []byte) {
	if len(boxes) < 8 {
		return "", nil, nil
	}
	head, size := 8, uint64(binary.BigEndian.Uint32(boxes))
	switch {
	case size == 0:
		size = uint64(len(boxes))
	case size == 1 && len(boxes) >= 16:
		head, size = 16, binary.BigEndian.Uint64(boxes[8:])
	}
	if size < uint64(head) || size > uint64(len(boxes)) {
		return "", nil, nil
	}
	return string(boxes[4:8]), boxes[head:size], boxes[size:]
}

// readHEIC decodes the main picture of a file that wrapped called heic. Its EXIF orientation is not asked: the file turns
// the picture by properties of its own, which libheif has heeded.
func readHEIC(ctx context.Context, file []byte, pixels int) (Picture, error) {
	file = bytes.Clone(file)
	copy(file[8:], "heic") // libheif wants to see it in front, where some phones write the family's name
	m, err := decodeElsewhere(ctx, file, pixels)
	if err != nil {
		return Picture{}, err
	}
	return render(m, 1)
}
