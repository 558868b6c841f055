package helper

import "onestreet/models"

// Errors of questions and of what the helper is taught.
var (
	ErrEmpty      = models.Fail(models.Invalid, "text_empty", "写一句再问", "Write something first.")
	ErrTooLong    = models.Fail(models.Invalid, "text_too_long", "最多 %d 个字", "At most %d characters.")
	ErrWords      = models.Fail(models.Invalid, "words", "写 1 到 10 个问法，每个 2 到 40 个字", "Give 1 to 10 ways to ask, 2 to 40 characters each.")
	ErrFull       = models.Fail(models.Conflict, "answers_full", "教了 100 条了，先收掉几条旧的", "There are 100 answers already. Remove some first.")
	ErrOthersName = models.Fail(models.Invalid, "others_name", "这句里有%s的名字，让那家来教", "That names %s; it is for them to teach.")
	ErrMany       = models.Fail(models.TooMany, "questions_many", "您有几条问题还在等人答，等一等", "Several of your questions still wait for an answer.")
	ErrAnswered   = models.Fail(models.Conflict, "already_answered", "这条已经有人答了", "Somebody has answered this already.")
)
