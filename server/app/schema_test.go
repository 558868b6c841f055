package app_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"
	"gorm.io/gorm/schema"

	"onestreet/models"
	"onestreet/server/testkit"
)

// TestTheSchemaIsThatOfTheModels: every model has its table, every field its column, and no table has a column that the
// model does not know. The migrations are written by hand; this keeps them and the structs the same.
func TestTheSchemaIsThatOfTheModels(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		for _, model := range models.All() {
			s, err := schema.Parse(model, &sync.Map{}, schema.NamingStrategy{})
			require.NoError(t, err)
			require.ElementsMatch(t, columnsOf(t, app.DB.Read(app.Ctx()), s.Table), s.DBNames, s.Table)
		}
	})
}

func columnsOf(t *testing.T, tx *gorm.DB, table string) []string {
	t.Helper()
	types, err := tx.Migrator().ColumnTypes(table)
	require.NoError(t, err, table)
	names := make([]string, 0, len(types))
	for _, c := range types {
		names = append(names, strings.ToLower(c.Name()))
	}
	return names
}
