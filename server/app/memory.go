package app

import (
	"os"
	"runtime/debug"
)

// gcPercent lets the heap grow to five times what is in use before it is collected. A collection walks every
// connection's stack, so with thousands of sockets and phones its price is theirs: measured in the rush, a third of the
// processor. A street's live heap is some 50 MB.
const gcPercent = 400

// TradeMemory gives memory for time when garbage is collected, unless GOGC says otherwise. The command line calls it.
func TradeMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
}
