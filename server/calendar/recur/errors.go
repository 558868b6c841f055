package recur

import (
	"fmt"

	"onestreet/models"
)

// What a rule is refused for.
var (
	ErrUnclear = models.Fail(models.Invalid, "rule_unclear",
		"规则没看懂：%s", "The rule is not clear: %s")
	ErrNever = models.Fail(models.Invalid, "rule_never",
		"这条规则一天也排不出来：%s", "The rule has no date at all: %s")
	ErrEndless = models.Fail(models.Invalid, "rule_endless",
		"这条规则没有头：要说到哪一天为止，或者一共几次", "The rule never ends: say until which date, or how many times")
	ErrTooMany = models.Fail(models.Invalid, "rule_too_many",
		"排出来的日子太多了，超过 %d 个", "The rule makes too many dates: more than %d")
	ErrEndsBefore = models.Fail(models.Invalid, "rule_ends_before_start",
		"还没开始就结束了", "It ends before it starts")
	ErrZone = models.Fail(models.Invalid, "zone_unknown",
		"没有这个时区：%s", "There is no such time zone: %s")
)

// ErrJSON is rule_unclear for what should be JSON and is not.
var ErrJSON = wrong("JSON 写得不对", "it is not valid JSON")

// unclear names the part that is not clear, as it was written.
func unclear(part string) error { return ErrUnclear.With(part) }

// wrong says why a rule is not clear, never why it has no date, each in both languages.
func wrong(zh, en string) error { return saying(ErrUnclear, zh, en) }
func never(zh, en string) error { return saying(ErrNever, zh, en) }

func saying(e *models.Error, zh, en string) error {
	return e.Say(fmt.Sprintf(e.Text.ZH, zh), fmt.Sprintf(e.Text.EN, en))
}

// apart refuses two parts that RFC 5545 does not let stand together.
func apart(a, b string) error { return wrong(a+" 不能和 "+b+" 一起用", a+" does not go with "+b) }
