package models

import "strings"

// Harmless keeps a text that people choose from being taken for a formula by a spreadsheet.
func Harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
