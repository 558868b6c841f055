package web

import (
	"database/sql/driver"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// An answer comes out of the database as it went in, whatever its length, also one that was kept before it was compressed.
func TestAnAnswerIsKeptAsItIs(t *testing.T) {
	long := `{"stores":[` + strings.Repeat(`{"name":"清和茶馆","color":"#1F7A6B"},`, 90) + `{}]}`
	for _, text := range []string{"", "{}", long[:worthIt-1], long[:worthIt], long} {
		value, err := kept(text).Value()
		require.NoError(t, err)
		require.True(t, driver.IsValue(value))
		var back, plain kept
		require.NoError(t, back.Scan(value))
		require.Equal(t, text, string(back))
		require.NoError(t, plain.Scan([]byte(text)))
		require.Equal(t, text, string(plain))
	}
	packed, err := kept(long).Value()
	require.NoError(t, err)
	require.Less(t, len(packed.([]byte)), len(long)/8)
	var back kept
	require.Error(t, back.Scan(packed.([]byte)[:40]), "a broken frame is told")
	require.Error(t, back.Scan("text"))
	require.NoError(t, back.Scan(nil))
	require.Nil(t, back)
}

func BenchmarkKept(b *testing.B) {
	text := kept(strings.Repeat(`{"name":"清和茶馆","color":"#1F7A6B","id":"01a21ed4"},`, 90))
	for b.Loop() {
		_, _ = text.Value()
	}
}
