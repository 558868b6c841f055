package db

import (
	"context"
	"strings"
)

// bending are the rights by which a database user gets around triggers: TRUNCATE needs DROP, and who may make triggers
// may also take them away.
var bending = []string{"DROP", "TRIGGER", "ALTER", "SUPER", "SET USER", "SET_ANY_DEFINER"}

// BendingRights are the rights of this database user with which it could change rows that triggers guard. Serving needs
// none of them: SELECT, INSERT, UPDATE and DELETE are enough (README). SQLite has no users; whoever may write its file may
// do anything to it.
func (d *DB) BendingRights(ctx context.Context) ([]string, error) {
	if d.Dialect == SQLite {
		return nil, nil
	}
	var grants []string
	if err := d.Read(ctx).Raw("SHOW GRANTS FOR CURRENT_USER()").Scan(&grants).Error; err != nil {
		return nil, err
	}
	var found []string
	for _, right := range bending {
		for _, grant := range grants {
			if grantsRight(grant, right) {
				found = append(found, right)
				break
			}
		}
	}
	return found, nil
}

// grantsRight reads a line such as "GRANT SELECT, DROP ON `onestreet`.* TO …".
func grantsRight(grant, right string) bool {
	rights, _, found := strings.Cut(strings.TrimPrefix(grant, "GRANT "), " ON ")
	if !found {
		return false // a role, or PROXY
	}
	for _, one := range strings.Split(rights, ",") {
		one = strings.TrimSpace(one)
		if one == right || strings.HasPrefix(one, "ALL PRIVILEGES") {
			return true
		}
	}
	return false
}
