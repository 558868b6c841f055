package web

import (
	"regexp"

	"onestreet/models"
)

// rule turns one of huma's validation messages (huma/v2 validation/messages.go) into the reader's words; $1 is what
// the message names.
type rule struct {
	match  *regexp.Regexp
	zh, en string
}

func when(pattern, zh, en string) rule { return rule{regexp.MustCompile("^" + pattern), zh, en} }

var rules = []rule{
	when(`unexpected property`, "没有这一项", "There is no such field."),
	when(`expected required property (\S+) to be present`, "缺少 $1", "$1 is missing."),
	when(`expected (?:integer|number)$`, "要填一个整数", "Expected a whole number."),
	when(`json: cannot unmarshal number`, "这个数太大，或者不是整数", "The number is too large, or not a whole one."),
	when(`expected string$`, "要填文字", "Expected text."),
	when(`expected boolean`, "要填是或否", "Expected true or false."),
	when(`expected array$`, "要填一个列表", "Expected a list."),
	when(`expected object`, "要填一组内容", "Expected an object."),
	when(`expected number >= (\S+)`, "不能小于 $1", "Must be at least $1."),
	when(`expected number > (\S+)`, "要大于 $1", "Must be more than $1."),
	when(`expected number <= (\S+)`, "不能大于 $1", "Must be at most $1."),
	when(`expected number < (\S+)`, "要小于 $1", "Must be less than $1."),
	when(`expected length >= (\d+)`, "至少 $1 个字", "At least $1 characters."),
	when(`expected length <= (\d+)`, "最多 $1 个字", "At most $1 characters."),
	when(`expected array length >= (\d+)`, "至少 $1 项", "At least $1 entries."),
	when(`expected array length <= (\d+)`, "最多 $1 项", "At most $1 entries."),
	when(`expected value to be one of "(.*)"`, "只能是其中之一：$1", "Must be one of: $1."),
	when(`expected string to be RFC 3339 date-time`, "时间写法不对，要像 2026-11-22T20:00:00Z", "Not a time such as 2026-11-22T20:00:00Z."),
	when(`expected string to be RFC 3339 date$`, "日期写法不对，要像 2026-11-22", "Not a date such as 2026-11-22."),
	when(`expected string to (?:match pattern|be)`, "写法不对", "Not in the expected form."),
	when(`(?:invalid value: )?id "`, "这个编号不对", "This id is not one of ours."),
	when(`invalid UUID|expected string to be RFC 4122`, "这个编号不对", "This id is not one of ours."),
	when(`required \w+ parameter is missing`, "缺少这一项", "This is missing."),
}

var fallback = models.Text{ZH: "填得不对", EN: "Not valid."}

// translate finds the words for a validation message; a message that no rule knows is "not valid".
func translate(message string) models.Text {
	for _, r := range rules {
		m := r.match.FindStringSubmatchIndex(message)
		if m == nil {
			continue
		}
		fill := func(template string) string { return string(r.match.ExpandString(nil, template, message, m)) }
		return models.Text{ZH: fill(r.zh), EN: fill(r.en)}
	}
	return fallback
}
