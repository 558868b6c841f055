package relation

import "onestreet/models"

// What the feature refuses.
var (
	ErrLeft       = models.Fail(models.NotFound, "member_left", "这位会员已经离开这条街了", "This member has left the street.")
	ErrReference  = models.Fail(models.Conflict, "visit_reference_reused", "这一笔已经记过，内容不一样", "This has been recorded already, with other contents.")
	ErrWho        = models.Fail(models.Invalid, "who", "请扫会员码，或者选一位会员", "Scan a member's code, or choose a member.")
	ErrCodeNeeded = models.Fail(models.Conflict, "code_needed", "请顾客再出示一次会员码", "Please scan the customer's code again.")
	ErrAmount     = models.Fail(models.Invalid, "amount", "金额要在 0.01 到 100,000 元之间", "The amount must lie between 0.01 and 100,000 yuan.")
	ErrNoAmount   = models.Fail(models.Invalid, "amount_unwanted", "只记到店不用写金额", "A visit without a purchase has no amount.")
	ErrPoints     = models.Fail(models.Invalid, "points", "积分要写 1 以上的整数", "Points must be a whole number of 1 or more.")
	ErrWhat       = models.Fail(models.Invalid, "what", "写一句换了什么，2 到 60 个字", "Say what it is for, in 2 to 60 characters.")
	ErrTooFew     = models.Fail(models.Conflict, "balance_too_low", "这位会员只有 %d 积分", "This member has %d points.")
	ErrTakenBack  = models.Fail(models.Conflict, "already_reversed", "这一笔已经撤销过了", "This one was taken back already.")
	ErrOtherDay   = models.Fail(models.Conflict, "reversal_too_late", "只有当天打烊前能撤销", "It can be taken back on the same day only.")
	ErrReason     = models.Fail(models.Invalid, "reason", "写一句为什么撤销，最多 100 个字", "Say why it is taken back, in at most 100 characters.")
	ErrTags       = models.Fail(models.Invalid, "tags", "标签最多 10 个，每个最多 12 个字", "At most 10 tags of 12 characters each.")
	ErrRemark     = models.Fail(models.Invalid, "remark", "称呼最多 20 个字", "The name has at most 20 characters.")
	ErrNote       = models.Fail(models.Invalid, "note", "备注最多 300 个字", "The note has at most 300 characters.")
	ErrComplaint  = models.Fail(models.Invalid, "complaint", "请写下是什么事，最多 200 个字", "Write down what it is about, in at most 200 characters.")
)
