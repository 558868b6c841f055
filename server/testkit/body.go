package testkit

import "maps"

// Yuan is an amount of fen as people send it.
func Yuan(fen int64) map[string]any { return map[string]any{"amount": fen} }

// With is a body with some fields changed; nil takes one out.
func With(body, changes map[string]any) map[string]any {
	changed := maps.Clone(body)
	for field, value := range changes {
		if changed[field] = value; value == nil {
			delete(changed, field)
		}
	}
	return changed
}
