package press_test

import (
	"testing"

	"onestreet/server/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }
