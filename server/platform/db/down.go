package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"slices"

	gomysql "github.com/go-sql-driver/mysql"
)

// unavailable are MySQL's own words for "not now": too many connections, shutting down, the connection killed, and what
// was tried again in vain: lock wait, deadlock.
var unavailable = []uint16{1040, 1053, 1205, 1213, 1927, 3169}

// IsDown tells whether err says that the database does not answer: it is away, or somebody else has held it for too long.
// Whether a commit whose answer was lost took effect nobody knows then; whoever asks again under the same key finds out.
func IsDown(err error) bool {
	var my *gomysql.MySQLError
	if errors.As(err, &my) {
		return slices.Contains(unavailable, my.Number)
	}
	var network net.Error
	if errors.As(err, &network) {
		return true
	}
	for _, gone := range []error{driver.ErrBadConn, gomysql.ErrInvalidConn, sql.ErrConnDone, io.EOF, io.ErrUnexpectedEOF, context.DeadlineExceeded} {
		if errors.Is(err, gone) {
			return true
		}
	}
	return err != nil && transient(err)
}
