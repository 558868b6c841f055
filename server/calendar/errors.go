package calendar

import "onestreet/models"

// Errors of the calendar.
var (
	ErrFull = models.Fail(models.Conflict, "event_full",
		"%d 个位子都坐满了", "It is full: every place is taken (%d).")
	ErrSignedUp = models.Fail(models.Conflict, "already_signed_up",
		"您已经报过名了，位子留着呢", "You have signed up already; your place is kept.")
	ErrNotSignedUp = models.Fail(models.Conflict, "not_signed_up",
		"您没有报这一场", "You have not signed up for this.")
	ErrAttended = models.Fail(models.Conflict, "already_attended",
		"您已经签到了，位子不用退", "You were checked in already; there is nothing to give back.")
	ErrCheckedIn = models.Fail(models.Conflict, "already_checked_in",
		"这位签过到了", "This guest was checked in already.")
	ErrStarted = models.Fail(models.Conflict, "event_started",
		"已经开始了，报名和退位子都到开始前为止", "It has begun. Places are taken and given back until the start.")
	ErrOver = models.Fail(models.Conflict, "event_over",
		"这一场已经过去了", "It is over.")
	ErrCancelled = models.Fail(models.Conflict, "event_cancelled",
		"这场活动取消了", "This event was cancelled.")
	ErrCapacityTaken = models.Fail(models.Conflict, "capacity_taken",
		"已经有 %d 位报了名，位子不能比这少", "So many have signed up: %d. There cannot be fewer places.").At("/capacity")
	ErrWho = models.Fail(models.Invalid, "guest_missing",
		"扫一下会员码，或者从名单里选一位", "Scan a member's code, or choose a guest from the list.")
	ErrLeft = models.Fail(models.NotFound, "member_left",
		"这位已经离开这条街了", "This member has left the street.")
	ErrMonth = models.Fail(models.Invalid, "month_out_of_range",
		"日历从 1902 年到 2099 年", "The calendar covers the years 1902 to 2099.").At("month")
	ErrRepeats = models.Fail(models.Conflict, "event_repeats",
		"这是一串活动，先说改哪一场", "This event repeats: say which of its dates to change.")
	ErrSingle = models.Fail(models.Conflict, "event_single",
		"这个活动只有一场", "This event has one date only.")
	ErrNoDates = models.Fail(models.Invalid, "series_empty",
		"照这条规则，半年里一场也没有", "By this rule there is no date within half a year.").At("/rule")
	ErrDense = models.Fail(models.Invalid, "series_dense",
		"太密了，一年最多 %d 场", "Too many: at most %d dates a year.").At("/rule")
)
