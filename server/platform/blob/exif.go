package blob

import (
	"bytes"
	"encoding/binary"
)

// orientation reads how a picture is to be turned (EXIF tag 0x0112, 1 to 8) from a JPEG, PNG or WebP file; 1 when it
// does not say. It trusts nothing in the file.
func orientation(format string, file []byte) int {
	var block []byte
	switch format {
	case "jpeg":
		block = jpegEXIF(file)
	case "png":
		block = pngEXIF(file)
	case "webp":
		block = webpEXIF(file)
	}
	return tiffOrientation(block)
}

// jpegEXIF finds the APP1 segment; segments are FF, marker, length (which counts itself).
func jpegEXIF(file []byte) []byte {
	for at := 2; at+4 <= len(file) && file[at] == 0xff; {
		marker, size := file[at+1], int(binary.BigEndian.Uint16(file[at+2:]))
		if size < 2 || at+2+size > len(file) || marker == 0xda { // the picture itself begins
			return nil
		}
		segment := file[at+4 : at+2+size]
		if exif, found := bytes.CutPrefix(segment, []byte("Exif\x00\x00")); marker == 0xe1 && found {
			return exif
		}
		at += 2 + size
	}
	return nil
}

// pngEXIF finds the eXIf chunk; chunks are length, type, data, checksum.
func pngEXIF(file []byte) []byte {
	for at := 8; at+12 <= len(file); {
		size := int(binary.BigEndian.Uint32(file[at:]))
		if size > len(file)-at-12 {
			return nil
		}
		if string(file[at+4:at+8]) == "eXIf" {
			return file[at+8 : at+8+size]
		}
		at += 12 + size
	}
	return nil
}

// webpEXIF finds the EXIF chunk; chunks are type, length, data, padded to an even length.
func webpEXIF(file []byte) []byte {
	for at := 12; at+8 <= len(file); {
		size := int(binary.LittleEndian.Uint32(file[at+4:]))
		if size > len(file)-at-8 {
			return nil
		}
		if string(file[at:at+4]) == "EXIF" {
			exif := file[at+8 : at+8+size]
			return bytes.TrimPrefix(exif, []byte("Exif\x00\x00"))
		}
		at += 8 + size + size%2
	}
	return nil
}

// tiffOrientation reads the tag from the first directory of a TIFF block.
func tiffOrientation(block []byte) int {
	order, ok := byteOrder(block)
	if !ok {
		return 1
	}
	at := uint64(order.Uint32(block[4:]))
	if at+2 > uint64(len(block)) {
		return 1
	}
	entries := block[at+2:]
	for range order.Uint16(block[at:]) {
		if len(entries) < 12 {
			return 1
		}
		if order.Uint16(entries) == 0x0112 {
			return int(order.Uint16(entries[8:]))
		}
		entries = entries[12:]
	}
	return 1
}

func byteOrder(block []byte) (binary.ByteOrder, bool) {
	if len(block) < 8 {
		return nil, false
	}
	switch string(block[:4]) {
	case "II*\x00":
		return binary.LittleEndian, true
	case "MM\x00*":
		return binary.BigEndian, true
	}
	return nil, false
}
