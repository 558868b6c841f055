package settlement

import "onestreet/models"

// The errors of settling.
var (
	ErrMonth      = models.Fail(models.Invalid, "month", "月份要写成 2026-10 这样", "A month is written like 2026-10.").At("month")
	ErrNotOver    = models.Fail(models.Conflict, "settlement_not_over", "这个月还没过完，过完了才能关账", "The month is not over yet. It can be closed when it is.")
	ErrOrder      = models.Fail(models.Conflict, "settlement_order", "账要按月份先后关，该关 %s 了", "Months are closed in order. It is the turn of %s.")
	ErrConfirmed  = models.Fail(models.Conflict, "statement_confirmed", "这张对账单已经确认过了", "This statement has been confirmed.")
	ErrDisputed   = models.Fail(models.Conflict, "statement_disputed", "异议已经提了，等协调人答复", "It is disputed already. The coordinator will reply.")
	ErrNoDispute  = models.Fail(models.Conflict, "statement_no_dispute", "这张对账单没有等着答复的异议", "There is no dispute to reply to.")
	ErrWords      = models.Fail(models.Invalid, "statement_text", "写 8 到 400 个字，说清楚是哪一笔", "Write 8 to 400 characters and say which line it is about.").At("/text")
	ErrSettled    = models.Fail(models.Conflict, "payment_settled", "两边都记过了，撤不回来", "Both sides have recorded it; it cannot be taken back.")
	ErrParty      = models.Fail(models.Invalid, "correction_party", "没有这家店", "There is no such store.")
	ErrSameParty  = models.Fail(models.Invalid, "correction_same", "付的和收的不能是同一家", "Who pays and who is paid must be two.").At("/to")
	ErrReason     = models.Fail(models.Invalid, "correction_reason", "写 8 到 400 个字，说清楚为什么", "Write 8 to 400 characters and say why.").At("/reason")
	ErrAmount     = models.Fail(models.Invalid, "correction_amount", "金额要在 0.01 到 1,000,000 元之间", "An amount is from 0.01 to 1,000,000 yuan.").At("/amount/amount")
	ErrUnbalanced = models.Fail(models.Internal, "settlement_unbalanced", "账没有对平，没有关", "The books do not balance; nothing was closed.")
)
