package ledger

import "onestreet/models"

// The errors of posting. Most are a program's mistake and change nothing; balance_too_low is a customer's.
var (
	ErrAmount    = models.Fail(models.Invalid, "ledger_amount", "金额要在 1 和 2 的 62 次方之间", "An amount is from 1 to 2 to the power of 62.")
	ErrUnit      = models.Fail(models.Invalid, "ledger_unit", "两边的单位不一样", "The two accounts count different units.")
	ErrAccount   = models.Fail(models.Invalid, "ledger_account", "没有这样的账户", "There is no such account.")
	ErrEntry     = models.Fail(models.Invalid, "ledger_entry", "这一笔写得不对", "The entry is not well formed.")
	ErrReference = models.Fail(models.Conflict, "ledger_reference_reused", "这个编号记过别的账了", "This reference was used for another entry.")
	ErrTooLow    = models.Fail(models.Conflict, "balance_too_low", "余额不够", "The balance is too low.")
	ErrFull      = models.Fail(models.Conflict, "ledger_account_full", "账户记不下这么大的数", "The account cannot hold so large a sum.")
	ErrUnknown   = models.Fail(models.NotFound, "ledger_transfer_unknown", "账上没有这一笔", "There is no such transfer.")
	ErrNotOpen   = models.Fail(models.Conflict, "ledger_not_pending", "这一笔不是待入账的", "The transfer is not pending.")
	ErrSettled   = models.Fail(models.Conflict, "ledger_settled", "这一笔已经入账或作废了", "The transfer is posted or void already.")
	ErrExpired   = models.Fail(models.Conflict, "ledger_expired", "这一笔过了期限，不能再入账", "The transfer has expired and cannot be posted.")
	ErrNotPosted = models.Fail(models.Conflict, "ledger_not_posted", "没有入账的，冲不回来", "Only what is posted can be taken back.")
	ErrReversed  = models.Fail(models.Conflict, "ledger_reversed", "这一笔已经冲回过了", "The transfer has been taken back already.")
	ErrKind      = models.Fail(models.Invalid, "ledger_kind", "没有这一类账", "There is no such kind of line.").At("kind")
	ErrLimit     = models.Fail(models.Conflict, "ledger_limit", "账户已经按别的限度开了", "The account is open with another limit.")
	ErrSpan      = models.Fail(models.Invalid, "ledger_span", "没有封过这么长的账", "No checkpoint reaches that far.").At("to")
)
