package db

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestALineOfGrantsIsRead(t *testing.T) {
	for grant, bends := range map[string]bool{
		"GRANT USAGE ON *.* TO `app`@`%` IDENTIFIED BY PASSWORD '*A'":                      false,
		"GRANT SELECT, INSERT, UPDATE, DELETE ON `onestreet`.* TO `app`@`%`":               false,
		"GRANT SELECT, DROP ON `onestreet`.* TO `app`@`%`":                                 true,
		"GRANT ALL PRIVILEGES ON `onestreet`.* TO `app`@`%`":                               true,
		"GRANT DROP ROLE ON *.* TO `app`@`%`":                                              false,
		"GRANT `reader`@`%` TO `app`@`%`":                                                  false,
		"GRANT SELECT, INSERT, DROP, ALTER, TRIGGER ON *.* TO `app`@`%` WITH GRANT OPTION": true,
	} {
		require.Equal(t, bends, grantsRight(grant, "DROP"), grant)
	}
}
