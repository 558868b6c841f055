package services

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// EnvOnce names a folder that lives as long as the run of several test binaries which the command services began.
const EnvOnce = "ONESTREET_TEST_ONCE"

// Once makes something costly one time for all test binaries of a run, and reads it every other time. Without EnvOnce,
// as in a plain go test, it is made by each binary.
func Once(name string, make func() ([]byte, error)) ([]byte, error) {
	dir := os.Getenv(EnvOnce)
	if dir == "" {
		return make()
	}
	path := filepath.Join(dir, name)
	lock, err := os.OpenFile(path+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	defer func() { _ = lock.Close() }()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		return nil, err
	}
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if content, err = make(); err == nil {
			err = os.WriteFile(path, content, 0o600)
		}
	}
	return content, err
}
