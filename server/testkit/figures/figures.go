// Package figures measures for `make bench` and prints what it found: a JSON object a line.
package figures

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"
)

// Figure is one measured value as `make bench` prints it: a JSON object on a line of its own.
type Figure struct {
	Name   string  `json:"figure"` // "ledger.batched_vs_single.sqlite"
	Value  float64 `json:"value"`
	Unit   string  `json:"unit"` // "ratio", "ms", "1/s"
	Target string  `json:"target,omitempty"`
	Holds  *bool   `json:"holds,omitempty"`
}

// Report prints a figure that has no target: a peer's, or one that shows growth.
func Report(b *testing.B, name string, value float64, unit string) {
	b.Helper()
	emit(b, Figure{Name: name, Value: value, Unit: unit})
}

// AtLeast prints a figure that should reach a target.
func AtLeast(b *testing.B, name string, value float64, unit string, target float64) {
	b.Helper()
	holds := value >= target
	emit(b, Figure{name, value, unit, fmt.Sprintf(">= %g", target), &holds})
}

// AtMost prints a figure that should stay within a target.
func AtMost(b *testing.B, name string, value float64, unit string, target float64) {
	b.Helper()
	holds := value <= target
	emit(b, Figure{name, value, unit, fmt.Sprintf("<= %g", target), &holds})
}

func emit(b *testing.B, f Figure) {
	b.Helper()
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	if err := out.Encode(f); err != nil {
		b.Fatal(err)
	}
}

// Median is the middle of several values; these machines are noisy, so single ones say little.
func Median[T cmp.Ordered](of []T) T {
	return slices.Sorted(slices.Values(of))[len(of)/2]
}

// Millis is the median of several durations, in milliseconds.
func Millis(of []time.Duration) float64 { return float64(Median(of).Nanoseconds()) / 1e6 }

// Sample times an act n times.
func Sample(n int, act func(i int)) []time.Duration {
	took := make([]time.Duration, n)
	for i := range took {
		began := time.Now()
		act(i)
		took[i] = time.Since(began)
	}
	return took
}
