package db_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"onestreet/server/platform/db"
	"onestreet/server/testkit/services"
)

func TestEveryConnectionToMySQLIsStrictReadCommittedAndUTC(t *testing.T) {
	d, err := db.Open("mysql:"+services.NewDatabase(t), db.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	var isolation, zone, mode string
	row := d.Read(t.Context()).Raw("SELECT @@tx_isolation, @@time_zone, @@sql_mode").Row()
	require.NoError(t, row.Scan(&isolation, &zone, &mode))
	require.Equal(t, "READ-COMMITTED", isolation)
	require.Equal(t, "+00:00", zone)
	require.Contains(t, mode, "STRICT_ALL_TABLES")
}
