package db

import (
	"fmt"
	"time"

	gomysql "github.com/go-sql-driver/mysql"
)

// mysqlDSN adds what the code relies on to a DSN: UTC times, real Unicode, read committed (fewer gap locks; what must
// hold is held by unique keys and conditional updates), rows matched instead of rows changed.
func mysqlDSN(dsn string) (string, error) {
	cfg, err := gomysql.ParseDSN(dsn)
	if err != nil {
		return "", fmt.Errorf("database: expected mysql:USER:PASSWORD@tcp(HOST:PORT)/NAME: %w", err)
	}
	cfg.ParseTime, cfg.Loc, cfg.ClientFoundRows = true, time.UTC, true
	cfg.Collation = "utf8mb4_unicode_ci"
	cfg.InterpolateParams = false
	if cfg.Params == nil {
		cfg.Params = map[string]string{}
	}
	cfg.Params["transaction_isolation"] = "'READ-COMMITTED'"
	cfg.Params["time_zone"] = "'+00:00'"
	cfg.Params["sql_mode"] = "'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'"
	return cfg.FormatDSN(), nil
}
