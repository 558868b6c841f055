package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func tryLines(t *testing.T, name, content string) []verdict {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(file, []byte(content), 0o600))
	var out bytes.Buffer
	require.Zero(t, run(t.Context(), []string{"conduct", "try", file}, streams{&out, &out}), out.String())
	var all []verdict
	for line := range strings.Lines(out.String()) {
		var v verdict
		require.NoError(t, json.Unmarshal([]byte(line), &v))
		all = append(all, v)
	}
	return all
}

func TestConductTryJudgesAFile(t *testing.T) {
	messages := `[{"id":"a","text":"加微信 demo_0001 领红包"},{"id":"b","text":"雨停了"},{"id":"c","text":"店里电话 13900000000","author":"merchant"},{"id":"d","text":"","media":"image:qr"}]`
	for _, content := range []string{messages, `{"about":"lines","messages":` + messages + `}`} {
		got := tryLines(t, "lines.json", content)
		require.Equal(t, verdict{ID: "a", Verdict: "ad", Rule: "wechat", Evidence: "微信 demo_0001"}, got[0])
		require.EqualValues(t, []string{"ok", "ok", "ad"}, []string{string(got[1].Verdict), string(got[2].Verdict), string(got[3].Verdict)})
	}
	got := tryLines(t, "lines.txt", "雨停了\r\n薇❤ demo_0002\n")
	require.Equal(t, []string{"1", "2"}, []string{got[0].ID, got[1].ID})
	require.EqualValues(t, []string{"ok", "ad"}, []string{string(got[0].Verdict), string(got[1].Verdict)})
}
