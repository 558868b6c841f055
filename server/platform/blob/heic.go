package blob

import "bytes"

// isHEIC tells a photo of an iPhone as it lies on the phone: an ISO file whose brands name HEVC pictures. No decoder in Go
// without C reads it; the phone's browser turns it into a JPEG before it goes up, and what comes here all the same is
// refused with what to do about it.
func isHEIC(file []byte) bool {
	if len(file) < 16 || string(file[4:8]) != "ftyp" {
		return false
	}
	size := min(int(file[2])<<8|int(file[3]), len(file))
	if size < 16 {
		return false
	}
	for _, brand := range []string{"heic", "heix", "hevc", "heim", "heis", "mif1", "msf1"} {
		if bytes.Contains(file[8:size], []byte(brand)) {
			return true
		}
	}
	return false
}
