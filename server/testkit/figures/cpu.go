package figures

import (
	"syscall"
	"time"
)

// CPU is the processor time that this process has used, user and system together. On a machine that others use too it
// says more than the clock on the wall.
func CPU() time.Duration {
	var used syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &used) // cannot fail for the process itself
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
