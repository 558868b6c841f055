package blob

import (
	"context"
	"io"
	"mime/multipart"

	"onestreet/models"
)

// Errors of uploads.
var (
	ErrMissing = models.Fail(models.Invalid, "photo_missing", "没有收到照片", "No photo was sent.")
	ErrSize    = models.Fail(models.TooLarge, "photo_too_large", "照片不能超过 10 MB", "A photo may have 10 MB at most.").At("/file")
)

// Sent reads the file of a form, which is asked for as c.FormFile gives it. Errors: photo_missing, photo_too_large.
func Sent(header *multipart.FileHeader, missing error) (data []byte, err error) {
	switch {
	case missing != nil:
		return nil, ErrMissing.At("/file")
	case header.Size > MaxBytes:
		return nil, ErrSize
	}
	file, err := header.Open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	return io.ReadAll(file)
}

// Keep reads an upload and keeps both its sizes under an id. Errors: photo_too_large, and those of Read.
func (d *Disk) Keep(ctx context.Context, alliance, id models.ID, data []byte) (Picture, error) {
	if len(data) > MaxBytes {
		return Picture{}, ErrSize
	}
	picture, err := Read(ctx, data)
	if err != nil {
		return Picture{}, err
	}
	return picture, d.Put(alliance, id, picture)
}
