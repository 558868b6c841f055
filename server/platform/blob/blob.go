// Package blob takes pictures in and keeps them on disk. A picture is decoded, turned upright by its EXIF orientation,
// scaled and encoded again as JPEG, so that nothing of the file that came (place, camera, hidden data) is kept.
package blob

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"onestreet/models"
)

// Disk keeps pictures in a folder, one folder a street.
type Disk struct{ dir string }

// NewDisk keeps pictures under dir, which is made when it is first needed.
func NewDisk(dir string) *Disk { return &Disk{dir: dir} }

// The two sizes of a kept picture.
const (
	Full  = "full"
	Thumb = "thumb"
)

// Addresses are where the two sizes of a picture are served under a path such as Public.
func Addresses(under string, id models.ID) (full, thumb string) {
	at := under + "/" + id.String() + "/"
	return at + Full + ".jpg", at + Thumb + ".jpg"
}

// Put writes both sizes of a picture.
func (d *Disk) Put(alliance, id models.ID, p Picture) error {
	if err := os.MkdirAll(filepath.Join(d.dir, alliance.String()), 0o750); err != nil {
		return err
	}
	for size, data := range map[string][]byte{Full: p.Full, Thumb: p.Thumb} {
		if err := write(d.path(alliance, id, size), data); err != nil {
			return fmt.Errorf("picture %s: %w", id, err)
		}
	}
	return nil
}

// write goes through a file beside it, so that nobody reads half a picture, not even after a power cut.
func write(path string, data []byte) error {
	f, err := os.OpenFile(path+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if err := fill(f, data); err != nil {
		return errors.Join(err, os.Remove(path+".new"))
	}
	return os.Rename(path+".new", path)
}

func fill(f *os.File, data []byte) error {
	_, err := f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// Get reads one size of a picture. Error: not_found, also for a size that there is not.
func (d *Disk) Get(alliance, id models.ID, size string) ([]byte, error) {
	if size != Full && size != Thumb {
		return nil, models.ErrNotFound
	}
	data, err := os.ReadFile(d.path(alliance, id, size))
	if errors.Is(err, os.ErrNotExist) {
		return nil, models.ErrNotFound
	}
	return data, err
}

// Remove takes both sizes away; what is not there is no error.
func (d *Disk) Remove(alliance, id models.ID) error {
	var failed error
	for _, size := range []string{Full, Thumb} {
		if err := os.Remove(d.path(alliance, id, size)); err != nil && !errors.Is(err, os.ErrNotExist) {
			failed = errors.Join(failed, err)
		}
	}
	return failed
}

func (d *Disk) path(alliance, id models.ID, size string) string {
	return filepath.Join(d.dir, alliance.String(), id.String()+"-"+size+".jpg")
}
