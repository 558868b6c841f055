package referral

import "onestreet/models"

// The errors of the ledger's pages.
var (
	ErrMonth = models.Fail(models.Invalid, "month", "月份要写成 2026-10 这样", "A month is written like 2026-10.").At("month")
	ErrState = models.Fail(models.Invalid, "referral_state", "没有这种状态", "There is no such state.").At("state")
)

// The errors of objecting.
var (
	ErrSaying    = models.Fail(models.Invalid, "reason", "写一句话说清楚，8 到 400 个字", "Say it in 8 to 400 characters.")
	ErrWhich     = models.Fail(models.Invalid, "which_referral", "要说是哪一位会员：给会员号，或者从清单里点", "Say which member: by number, or from the list.").At("/number")
	ErrOwnCredit = models.Fail(models.Conflict, "own_credit", "这一位本来就算您家的", "This member counts for your store already.")
	ErrOwnStaff  = models.Fail(models.Conflict, "own_staff", "这一位是您家的店员，自己人不算推荐", "This member works for your store; staff do not count.")
	ErrPosted    = models.Fail(models.Conflict, "credit_posted", "这一笔已经入账了，不能再提异议。有话请找协调人", "This credit is posted, so nobody can object any more. Ask the coordinator.")
	ErrVoid      = models.Fail(models.Conflict, "credit_void", "这一笔已经作废了，不用再提异议", "This credit is void; there is nothing to object to.")
	ErrOver      = models.Fail(models.Conflict, "credit_over", "这一笔过了日子，马上作废，不用再提异议", "This credit's time is over; there is nothing to object to.")
	ErrObjected  = models.Fail(models.Conflict, "objected_before", "这一笔您家提过异议了，一笔只能提一次", "Your store has objected to this one before; once is all there is.")
	ErrDecided   = models.Fail(models.Conflict, "objection_decided", "这一笔协调人已经判过了，您家的话也听过了", "The coordinator has decided this one, and heard your store.")
)

// The errors of answering, withdrawing and deciding.
var (
	ErrClosed      = models.Fail(models.Conflict, "objection_closed", "这件事已经了了", "This case is closed.")
	ErrAnswered    = models.Fail(models.Conflict, "answered_before", "您家已经说明过了，说过的话不改", "Your store has answered already; what was said stays.")
	ErrAnswerLate  = models.Fail(models.Conflict, "answer_late", "过了七天，不能再说明了，等协调人定", "The seven days are over. The coordinator will decide.")
	ErrNoObjection = models.Fail(models.Conflict, "no_objection", "这一笔没有要判的异议", "There is no objection to decide here.")
	ErrNoParty     = models.Fail(models.Invalid, "no_party", "只能判给现在算的这家，或者提异议的店", "Decide for the store that has it now, or for one that objects.")
	ErrEarly       = models.Fail(models.Conflict, "decide_early", "还要等一等：对方说明了，或者满七天，才能判", "Not yet: wait for the answer, or for the seven days to pass.")
	ErrOwnCase     = models.Fail(models.Conflict, "own_case", "这件事和您自己有关，请另一位协调人来判", "You have a part in this yourself. Another coordinator must decide.")
)
