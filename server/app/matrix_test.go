package app_test

import (
	"fmt"
	"net/http"
	"os"
	"regexp"
	"sort"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/testkit"
)

const goldenMatrix = "testdata/access.golden"

// personas are the columns of the access matrix.
var personas = []testkit.Persona{
	testkit.Visitor, testkit.Shopper, testkit.OtherShopper, testkit.ClerkOf("shoes"), testkit.ManagerOf("shoes"), testkit.OwnerOf("shoes"),
	testkit.OwnerOf("noodles"), testkit.Coordinator, testkit.OtherCoordinator, testkit.OtherOwner,
}

// TestAccessMatrix asks every operation as every persona, about the shoe shop and with ids that are nobody's, and
// compares the statuses with the golden file: 401 and 403 are the guards', 404 and 422 mean that one got in. Run it
// with UPDATE_GOLDEN=1 to write the file anew, and read the difference.
func TestAccessMatrix(t *testing.T) {
	app := testkit.New(t, db.SQLite)
	var lines []string
	for _, route := range app.API.Routes() {
		path := concrete(route.Path, app.Street)
		for _, p := range personas {
			status := app.As(p).Do(route.Method, strings.TrimPrefix(path, "/api/v1"), bodyFor(route.Method)).Status
			lines = append(lines, fmt.Sprintf("%-6s %-64s %-28s %d", route.Method, route.Path, p, status))
			require.Less(t, status, http.StatusInternalServerError, "%s %s as %s", route.Method, path, p)
		}
	}
	sort.Strings(lines)
	compare(t, strings.Join(lines, "\n")+"\n")
}

func bodyFor(method string) any {
	if method == http.MethodGet || method == http.MethodDelete {
		return nil
	}
	return map[string]any{}
}

var parameter = regexp.MustCompile(`\{(\w+)\}`)

// nobody is an id that nothing has; it is the same in every run.
var nobody = models.ID{1, 0x99, 0, 0, 0, 0, 0x70, 0, 0x80, 1}

func concrete(path string, street *testkit.Street) string {
	return parameter.ReplaceAllStringFunc(path, func(p string) string {
		switch p {
		case "{store}":
			return street.Stores["shoes"].ID.String()
		case "{feed}":
			return "street"
		case "{code}":
			return "nosuchcode"
		case "{size}":
			return "full"
		case "{reaction}":
			return "thanks"
		}
		return nobody.String()
	})
}

func compare(t *testing.T, got string) {
	t.Helper()
	if os.Getenv("UPDATE_GOLDEN") != "" {
		require.NoError(t, os.MkdirAll("testdata", 0o750))
		require.NoError(t, os.WriteFile(goldenMatrix, []byte(got), 0o600))
	}
	want, err := os.ReadFile(goldenMatrix)
	require.NoError(t, err)
	require.Equal(t, string(want), got, "who may call what has changed: UPDATE_GOLDEN=1 go test ./server/app -run Matrix, and read the difference")
}

// TestNoPathOfAStoreIsOpenToAnotherStore: whatever stands under /stores/{store}/ and is not for everyone refuses the
// owner of another store and of another street.
func TestNoPathOfAStoreIsOpenToAnotherStore(t *testing.T) {
	app := testkit.New(t, db.SQLite)
	for _, route := range app.API.Routes() {
		if !strings.HasPrefix(route.Path, "/api/v1/stores/{store}") || route.Who.String() == "anyone" {
			continue
		}
		path := strings.TrimPrefix(concrete(route.Path, app.Street), "/api/v1")
		for _, p := range []testkit.Persona{testkit.OwnerOf("noodles"), testkit.OtherOwner, testkit.OtherCoordinator, testkit.Shopper} {
			require.Equal(t, http.StatusForbidden, app.As(p).Do(route.Method, path, bodyFor(route.Method)).Status, "%s %s as %s", route.Method, route.Path, p)
		}
		require.Equal(t, http.StatusUnauthorized, app.As(testkit.Visitor).Do(route.Method, path, bodyFor(route.Method)).Status, "%s %s", route.Method, route.Path)
	}
}

// TestEveryPathParameterIsRead: huma passes over parameters in embedded structs that are not exported; such an operation
// would quietly work on the zero id.
func TestEveryPathParameterIsRead(t *testing.T) {
	app := testkit.New(t, db.SQLite)
	for path, item := range app.API.OpenAPI().Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
			if op == nil {
				continue
			}
			declared := map[string]bool{}
			for _, p := range op.Parameters {
				declared[p.Name] = true
			}
			for _, m := range parameter.FindAllStringSubmatch(path, -1) {
				require.True(t, declared[m[1]], "%s %s does not read {%s}", op.Method, path, m[1])
			}
		}
	}
}
