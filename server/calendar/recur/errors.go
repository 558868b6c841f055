package recur

import "onestreet/models"

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

func unclear(what string) error { return ErrUnclear.With(what) }
func never(why string) error    { return ErrNever.With(why) }
