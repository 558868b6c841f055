package models

// registry is filled by each file's declaration of its tables; see All.
var registry []any

// table declares the gorm models of a file: var _ = table(&Account{}, …).
func table(rows ...any) struct{} {
	registry = append(registry, rows...)
	return struct{}{}
}

// All lists one value of every gorm model; a test compares them with the migrated schema of both databases.
func All() []any { return append([]any(nil), registry...) }
