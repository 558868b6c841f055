package handout

import "onestreet/models"

// Errors of links and gifts.
var (
	ErrLink      = models.Fail(models.NotFound, "coupon_link_unknown", "这个链接不对，请再要一次", "This link does not exist. Please ask for it again.")
	ErrLinkOver  = models.Fail(models.Gone, "coupon_link_over", "这个链接停用了", "This link is over.")
	ErrGiftTaken = models.Fail(models.Gone, "gift_taken", "这张券已经有朋友收下了", "A friend has taken this coupon already.")
	ErrGiftBack  = models.Fail(models.Gone, "gift_taken_back", "这张券收回去了", "This coupon was taken back.")
	ErrGiftShut  = models.Fail(models.Gone, "gift_refused", "这张券没收下，退回去了", "This coupon was not wanted; it is back with its giver.")
	ErrGiftUsed  = models.Fail(models.Gone, "gift_used", "这张券已经用掉了", "This coupon has been used.")
	ErrOwnGift   = models.Fail(models.Conflict, "own_gift", "这是您自己送出的券，发给朋友吧", "This is your own gift: send it to a friend.")
	ErrSecond    = models.Fail(models.Conflict, "gift_twice", "朋友送的券只能自己用，不能再送", "A friend's gift is yours alone; it cannot be given on.")
)

// Errors of printed codes.
var (
	ErrPaper      = models.Fail(models.NotFound, "printed_unknown", "没有这个券码，对着纸再看一遍", "There is no such code. Compare it with the paper.")
	ErrPaperTaken = models.Fail(models.Gone, "printed_taken", "这个券码已经领走了，一张纸只能领一回", "This code was taken already: each paper is good once.")
	ErrPaperVoid  = models.Fail(models.Gone, "printed_void", "这批券码作废了", "These codes are void.")
	ErrPaperOver  = models.Fail(models.Gone, "printed_over", "这个券码 %s 过期了", "This code ended %s.")
	ErrBatchVoid  = models.Fail(models.Conflict, "batch_void", "这一批已经作废了", "This batch is void already.")
	ErrWhoseTill  = models.Fail(models.Invalid, "member_needed", "请扫顾客的会员码", "Scan the customer's code.").At("/member_code")
)

// Errors of sends and prizes.
var (
	ErrNobody      = models.Fail(models.Invalid, "nobody_chosen", "一个人也没选到", "Nobody was chosen.")
	ErrTooMany     = models.Fail(models.Invalid, "too_many_chosen", "一次最多发 %d 位", "At most %d members at once.")
	ErrNotSendable = models.Fail(models.Conflict, "not_sendable", "这张券现在不能发", "This coupon cannot be sent now.")
	ErrNoSend      = models.Fail(models.Conflict, "send_ended", "这一回已经发完了", "This send has ended already.")
	ErrMemberLeft  = models.Fail(models.Conflict, "member_left", "这位会员已经离开了", "This member has left.")
)
