package referral

import "onestreet/models"

// The errors of the ledger's pages.
var (
	ErrMonth = models.Fail(models.Invalid, "month", "月份要写成 2026-10 这样", "A month is written like 2026-10.").At("month")
	ErrState = models.Fail(models.Invalid, "referral_state", "没有这种状态", "There is no such state.").At("state")
)
