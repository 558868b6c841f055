package testkit

import (
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
	print(b, Figure{Name: name, Value: value, Unit: unit})
}

// AtLeast prints a figure that should reach a target.
func AtLeast(b *testing.B, name string, value float64, unit string, target float64) {
	b.Helper()
	holds := value >= target
	print(b, Figure{name, value, unit, fmt.Sprintf(">= %g", target), &holds})
}

// AtMost prints a figure that should stay within a target.
func AtMost(b *testing.B, name string, value float64, unit string, target float64) {
	b.Helper()
	holds := value <= target
	print(b, Figure{name, value, unit, fmt.Sprintf("<= %g", target), &holds})
}

func print(b *testing.B, f Figure) {
	b.Helper()
	line, err := json.Marshal(f)
	if err != nil {
		b.Fatal(err)
	}
	_, _ = fmt.Fprintf(os.Stdout, "%s\n", line)
}

// Median is the middle of several durations; these machines are noisy, so single ones say little.
func Median(of []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(of))
	return sorted[len(sorted)/2]
}

// Millis is a duration as figures tell it.
func Millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
