package calendar

import (
	"onestreet/models"
	"onestreet/server/calendar/intake"
)

// Refusals of bringing a calendar along, beside those of package intake.
var (
	ErrImportLarge = models.Fail(models.TooLarge, "import_too_large",
		"文件太大，最多 8 MB", "The file is too large: at most 8 MB.")
	ErrImportMissing = models.Fail(models.Invalid, "import_missing",
		"没有收到文件", "No file arrived.").At("/file")
	ErrImportNone = models.Fail(models.Invalid, "import_none_chosen",
		"一条也没选", "Nothing is chosen.").At("/lines")
	ErrImportMany = models.Fail(models.Invalid, "import_many_chosen",
		"一次最多搬 %d 条，先搬一部分，剩下的再传一次", "At most %d at a time: bring some now, and the rest with the same file again.").At("/lines")
	ErrUndoLate = models.Fail(models.Conflict, "import_undo_late",
		"过了一天，撤不回来了；一场一场取消吧", "A day has passed: it cannot be taken back any more. Call the events off one by one.")
	ErrUndoNothing = models.Fail(models.Conflict, "import_not_done",
		"这个文件还没搬过来", "This file has not been brought in.")
	ErrImportLines = models.Fail(models.Invalid, "import_lines",
		"选的里面有这个文件没有的行", "Some of the lines chosen are not in this file.").At("/lines")
)

// words are what is said of an entry by what is here already.
var words = map[string]models.Text{
	"would_cancel":   {ZH: "那边取消了：这儿也会取消，报了名的会收到信", EN: "It was called off there: it will be here too, and those signed up are told"},
	"would_change":   {ZH: "搬过来以后那边又改了：只改那边改过的", EN: "It has changed since it came: what changed there is changed here"},
	"file_older":     {ZH: "文件里的比这儿的旧，不动", EN: "The file is older than what is here: nothing changes"},
	"cancelled_here": {ZH: "在这儿已经取消了，不动", EN: "It was called off here: nothing changes"},
	"draft_gone":     {ZH: "搬来的草稿已经发布或者删了，不动", EN: "The draft that came was published or thrown away: nothing changes"},
	"kind_changed":   {ZH: "原来和现在，一个是一场、一个是一串：先取消这儿的，再改个编号搬过来", EN: "It was one date and is a series now, or the other way round: call it off here, and bring it under another UID"},
	"place_supposed": {ZH: "没写地点，写成在店里", EN: "It has no place: in the store is supposed"},
	"moved_length":   {ZH: "改过时间的那一场，结束不对或者超过七天", EN: "A date that was moved ends before it starts, or lasts more than seven days"},
	"dates_of_draft": {ZH: "草稿里记着规则，改过的那几场按改后的时间记；单独改的名字和地方没有带", EN: "The draft keeps the rule and the dates that were moved; words of their own stay behind"},
}

// whyLeft are the reasons for which taking an import back leaves something as it is.
var whyLeft = map[string]models.Text{
	"has_guests":   {ZH: "已经有人报名，留着", EN: "People have signed up: it stays"},
	"in_use":       {ZH: "别家一起办，或者门口有手机在签到，留着", EN: "Others host it too, or a phone stands at its door: it stays"},
	"changed_here": {ZH: "搬过来以后在这儿又改过，留着", EN: "It was changed here since it came: it stays"},
	"newer_file":   {ZH: "后来又有文件改过它，先撤那一次", EN: "A later file has changed it: take that one back first"},
	"gone":         {ZH: "草稿已经发布或者删了", EN: "The draft was published or thrown away"},
}

// remark says something of an entry that does not keep it out.
func remark(code string) intake.Problem { return intake.Problem{Code: code, Text: words[code]} }
