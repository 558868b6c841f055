package traffic

import "onestreet/models"

// What the feature refuses.
var (
	ErrTable = models.Fail(models.Invalid, "table_unknown", "没有这张表", "There is no such table.")
	ErrSpan  = models.Fail(models.Invalid, "span", "只能看 7 天、30 天或 90 天", "The span is 7, 30 or 90 days.")
)
