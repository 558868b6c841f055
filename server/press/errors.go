package press

import "onestreet/models"

// Errors of series and plans.
var (
	ErrTitle     = models.Fail(models.Invalid, "series_title", "起个名字，最多 %d 个字", "It needs a title, of %d characters at most.")
	ErrAbout     = models.Fail(models.Invalid, "series_about", "介绍最多 %d 个字", "The description: %d characters at most.")
	ErrNotOwn    = models.Fail(models.Forbidden, "not_your_series", "只有开讲的人能动它", "Only those who tell it can do this.")
	ErrPaused    = models.Fail(models.Conflict, "series_paused", "停着的，先接着讲再发", "It is paused. Go on with it first.")
	ErrEnded     = models.Fail(models.Conflict, "series_ended", "已经讲完了，不能再加", "It has ended; nothing can be added.")
	ErrPart      = models.Fail(models.Invalid, "part_unknown", "还没有讲到那里", "There is no such part yet.")
	ErrStory     = models.Fail(models.Invalid, "story_length", "故事写 20 到 %d 个字；短的就直接说", "A story has 20 to %d characters. What is shorter, just say.")
	ErrColumn    = models.Fail(models.Invalid, "plan_column", "没有这一栏", "There is no such column.")
	ErrPublished = models.Fail(models.Conflict, "plan_published", "已经发出去了，到街上去改", "It has been published. Change it on the street.")
	ErrDue       = models.Fail(models.Invalid, "plan_due", "挑一个还没到的时候，一年以内", "Choose a time that is still to come, within a year.")
	ErrNotYours  = models.Fail(models.Forbidden, "plan_not_yours", "别人写的，店长以上才能删", "A draft of others is for managers to remove.")
)
