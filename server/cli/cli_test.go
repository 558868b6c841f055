package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onestreet/server/testkit/services"
)

var secret = strings.Repeat("s", 32)

// say carries out a command line in a folder of its own and returns the exit code and what was printed.
func say(t *testing.T, data string, args ...string) (int, string) {
	t.Helper()
	var out bytes.Buffer
	code := run(t.Context(), append(args, "--data", data), streams{&out, &out})
	return code, out.String()
}

func TestAStreetFromNothing(t *testing.T) {
	data := t.TempDir()
	code, out := say(t, data, "migrate")
	require.Zero(t, code, out)
	found := []string{"found", "--secret", secret, "--slug", "willow", "--name", "柳河街", "--coordinator", "方敏之", "--phone", "13800138000"}
	code, out = say(t, data, found...)
	require.Zero(t, code, out)
	require.Contains(t, out, "柳河街 is open")
	code, out = say(t, data, found...)
	require.Equal(t, 1, code)
	require.Contains(t, out, "slug_taken")
	code, out = say(t, data, "audit", "--secret", secret)
	require.Zero(t, code, out)
	require.Contains(t, out, "everything balances")
}

func TestTheDoctorNamesWhatIsWrong(t *testing.T) {
	code, out := say(t, t.TempDir(), "doctor", "--demo", "--secret", "short", "--database", "mysql:root@tcp(127.0.0.1:1)/nothing")
	require.Equal(t, 1, code)
	for _, complaint := range []string{"✗ --demo", "✗ ONESTREET_SECRET", "✗ database", "✗ ONESTREET_SMS", "✓ data folder"} {
		require.Contains(t, out, complaint)
	}
}

func TestTheDoctorIsContentWithAStreetThatCanServe(t *testing.T) {
	data := t.TempDir()
	code, out := say(t, data, "migrate")
	require.Zero(t, code, out)
	code, out = say(t, data, "doctor", "--secret", secret, "--public-url", "https://street.example",
		"--sms", "aliyun", "--sms-key", "k", "--sms-secret", "s", "--sms-sign", "一条街", "--sms-template", "T")
	require.Zero(t, code, out)
	require.NotContains(t, out, "✗")
}

func TestWrongWords(t *testing.T) {
	for _, args := range [][]string{{"sing"}, {"serve", "--no-such-flag"}, {"found"}} {
		code, out := say(t, t.TempDir(), args...)
		require.Equal(t, 2, code, out)
	}
}

func TestServingWithoutASecretIsRefused(t *testing.T) {
	code, out := say(t, t.TempDir(), "serve")
	require.Equal(t, 1, code)
	require.Contains(t, out, "ONESTREET_SECRET: expected at least 32 characters")
	require.NotContains(t, out, secret)
}

func TestTheDocumentOfTheAPI(t *testing.T) {
	var out bytes.Buffer
	require.Zero(t, run(t.Context(), []string{"openapi"}, streams{&out, &out}))
	var doc struct {
		OpenAPI string         `json:"openapi"`
		Paths   map[string]any `json:"paths"`
	}
	require.NoError(t, json.Unmarshal(out.Bytes(), &doc))
	require.True(t, strings.HasPrefix(doc.OpenAPI, "3.1"))
	require.Contains(t, doc.Paths, "/api/v1/auth/codes")
}

// TestAServerServesAndStops: the real command on a real port, until its context ends.
func TestAServerServesAndStops(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	addr := ln.Addr().String()
	require.NoError(t, ln.Close())
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	ended := make(chan int)
	var out, log bytes.Buffer // two: the log is written while people are greeted
	go func() {
		ended <- run(ctx, []string{"serve", "--secret", secret, "--addr", addr, "--data", filepath.Join(t.TempDir(), "new")}, streams{&out, &log})
	}()
	require.Eventually(t, func() bool { return healthy(addr) }, 20*time.Second, 20*time.Millisecond)
	code := run(t.Context(), []string{"healthcheck", "--url", "http://" + addr + "/readyz"}, streams{&bytes.Buffer{}, &bytes.Buffer{}})
	require.Zero(t, code)
	stop()
	require.Zero(t, <-ended, log.String())
	require.Contains(t, out.String(), "http://"+addr)
	require.False(t, healthy(addr))
}

func healthy(addr string) bool {
	res, err := http.Get("http://" + addr + "/readyz") //nolint:noctx // a test's own server
	if err != nil {
		return false
	}
	return res.Body.Close() == nil && res.StatusCode == http.StatusOK
}

// TestTheBooksAreTakenAlongAndAuditedWithoutTheServer: the exit code says whether they hold, in words and as JSON.
func TestTheBooksAreTakenAlongAndAuditedWithoutTheServer(t *testing.T) {
	data, dir := t.TempDir(), t.TempDir()
	code, out := say(t, data, "migrate")
	require.Zero(t, code, out)
	code, out = say(t, data, "found", "--secret", secret, "--slug", "willow", "--name", "柳河街", "--coordinator", "方敏之", "--phone", "13800138000")
	require.Zero(t, code, out)
	for _, name := range []string{"books.jsonl", "books.jsonl.gz"} {
		file := filepath.Join(dir, name)
		code, out = say(t, data, "export", "--secret", secret, "--street", "willow", "--out", file)
		require.Zero(t, code, out)
		code, out = say(t, data, "export", "--secret", secret, "--street", "willow", "--out", file)
		require.Equal(t, 1, code, "a file that is there is left alone")
		require.Contains(t, out, "file exists")
		code, out = say(t, t.TempDir(), "audit", "--file", file)
		require.Zero(t, code, out)
		require.Contains(t, out, "✓ ledger.transfers")
		require.Contains(t, out, "everything balances: 1 streets, 0 accounts, 0 transfers")
	}
	file := filepath.Join(dir, "books.jsonl")
	text, err := os.ReadFile(file)
	require.NoError(t, err)

	require.NoError(t, os.WriteFile(file, bytes.Replace(text, []byte(`"seq":0`), []byte(`"seq":1`), 1), 0o600))
	code, out = say(t, t.TempDir(), "audit", "--file", file)
	require.Equal(t, 1, code)
	require.Contains(t, out, "✗ line 1, books: ledger.transfers: ledger_heads row")
	var got struct {
		Holds   bool
		Finding struct {
			Record, Table string
			Line          int
		}
	}
	code, out = say(t, t.TempDir(), "audit", "--file", file, "--json")
	require.Equal(t, 1, code)
	object, _, _ := strings.Cut(out, "\n")
	require.NoError(t, json.Unmarshal([]byte(object), &got))
	require.Equal(t, 1, got.Finding.Line)
	require.Equal(t, "books", got.Finding.Record)
	require.False(t, got.Holds)

	require.NoError(t, os.WriteFile(file, text[:len(text)-5], 0o600))
	code, out = say(t, t.TempDir(), "audit", "--file", file)
	require.Equal(t, 1, code)
	require.Contains(t, out, "✗ not an export of books: line 2: expected")
	code, out = say(t, t.TempDir(), "audit", "--file", file, "--json")
	require.Equal(t, 1, code)
	require.Contains(t, out, `"malformed":{"line":2`)
}

func TestAnAuditOfOneStreet(t *testing.T) {
	data := t.TempDir()
	code, out := say(t, data, "migrate")
	require.Zero(t, code, out)
	code, out = say(t, data, "found", "--secret", secret, "--slug", "willow", "--name", "柳河街", "--coordinator", "方敏之", "--phone", "13800138000")
	require.Zero(t, code, out)
	code, out = say(t, data, "audit", "--secret", secret, "--street", "willow", "--json")
	require.Zero(t, code, out)
	require.Contains(t, out, `{"holds":true,"streets":1`)
	code, out = say(t, data, "audit", "--secret", secret, "--street", "elm")
	require.Equal(t, 1, code)
	require.Contains(t, out, "street_unknown")
	for _, wrong := range [][]string{
		{"audit", "--street", "willow", "--file", "x"}, {"audit", "--files", "x"}, {"export", "--street", "willow"}, {"export", "--out", "x"},
	} {
		code, out = say(t, data, wrong...)
		require.Equal(t, 2, code, out)
	}
	code, out = say(t, data, "audit", "--file", filepath.Join(data, "no-such-file"))
	require.Equal(t, 1, code)
	require.Contains(t, out, "no such file")
}

func TestTheDoctorSaysWhoCouldBendTheBooks(t *testing.T) {
	dsn := services.NewDatabase(t)
	_, out := say(t, t.TempDir(), "doctor", "--secret", secret, "--database", "mysql:"+dsn)
	require.Contains(t, out, "! database user: could bend the books with DROP, TRIGGER, ALTER")
}
