package coupon

import "onestreet/models"

// Errors of claiming.
var (
	ErrSoldOut    = models.Fail(models.Conflict, "sold_out", "领完了，下回早点来", "All gone. Come earlier next time.")
	ErrClaimLimit = models.Fail(models.Conflict, "claim_limit", "您领过了，每人最多 %d 张", "You have yours: at most %d each.")
	ErrTooEarly   = models.Fail(models.Conflict, "too_early", "还没开始发，%s 开始", "Not yet: it begins %s.")
	ErrTooLate    = models.Fail(models.Gone, "too_late", "%s 就不发了，来晚了一步", "This ended %s.")
	ErrOtherWay   = models.Fail(models.Conflict, "given_otherwise", "这张券不在这里领", "This coupon is not given out here.")
	ErrTooFewLeft = models.Fail(models.Conflict, "too_few_left", "只剩 %d 张可发", "Only %d are left.")
	ErrNotLive    = models.Fail(models.Conflict, "not_live", "这张券现在不发", "This coupon is not given out right now.")
	ErrNotInvited = models.Fail(models.Conflict, "not_invited", "这张券是发给另一些街坊的", "This coupon is meant for other neighbours.")
	ErrDayFull    = models.Fail(models.Conflict, "day_full", "今天的发完了，明天再来", "Today's are all gone. Come again tomorrow.")
	ErrHousehold  = models.Fail(models.Conflict, "household_limit", "您家领过了，一家最多 %d 张", "Your household has had its share: at most %d.")
)

// Errors of handing a coupon to a friend.
var (
	ErrNotTransferable = models.Fail(models.Conflict, "not_transferable", "这张券只能自己用，不能送人", "This coupon is yours alone; it cannot be given away.")
	ErrBegun           = models.Fail(models.Conflict, "coupon_begun", "这张券已经用过几次，不能再送人了", "This coupon has been used already, so it cannot be given away.")
)

// Errors of redeeming.
var (
	ErrCouponUsed     = models.Fail(models.Conflict, "coupon_used", "这张券用过了", "This coupon was used already.")
	ErrGivenAway      = models.Fail(models.Gone, "coupon_given_away", "这张券送给朋友了", "This coupon was given to a friend.")
	ErrCouponVoid     = models.Fail(models.Gone, "coupon_void", "这张券作废了", "This coupon is void.")
	ErrExpired        = models.Fail(models.Gone, "coupon_expired", "这张券 %s 过期了", "This coupon ended %s.")
	ErrNotYetValid    = models.Fail(models.Conflict, "not_yet_valid", "这张券 %s 才能用", "This coupon works from %s.")
	ErrNotPartner     = models.Fail(models.Conflict, "not_partner", "这张券我们店不能用，能用的店：%s", "This coupon does not work here. It works at: %s.")
	ErrWrongWeekday   = models.Fail(models.Conflict, "wrong_weekday", "这张券只在%s能用", "This coupon works on %s only.")
	ErrNotMarketDay   = models.Fail(models.Conflict, "not_market_day", "这张券逢集才能用，%s", "This coupon works on market days only; %s.")
	ErrWrongHour      = models.Fail(models.Conflict, "wrong_hour", "这张券 %s 到 %s 之间能用", "This coupon works from %s to %s.")
	ErrNotToday       = models.Fail(models.Conflict, "not_today", "这张券今天不能用，换一天来", "This coupon does not work today. Come another day.")
	ErrBudgetSpent    = models.Fail(models.Conflict, "budget_spent", "这张券的钱用完了，这一单抵不了", "What was set aside for this coupon is used up; it takes nothing off this bill.")
	ErrStoreLimit     = models.Fail(models.Conflict, "store_limit", "这张券在本店的名额用完了", "This store has taken as many of this coupon as it may.")
	ErrBelowMinimum   = models.Fail(models.Conflict, "below_minimum", "满 %s 元才能用，还差 %s 元", "It works from %s yuan; %s yuan are missing.")
	ErrNoEffect       = models.Fail(models.Conflict, "no_effect", "这一单用它省不了钱，券还给您留着", "It would take nothing off this bill, so it is kept for another day.")
	ErrNeedsLines     = models.Fail(models.Conflict, "lines_needed", "这张券看东西算，把单子分行写上", "This coupon looks at the goods: write the bill line by line.")
	ErrTooFewPieces   = models.Fail(models.Conflict, "too_few_pieces", "满 %d 件才能用", "It works from %d pieces.")
	ErrSuspended      = models.Fail(models.Conflict, "store_suspended", "店铺停业整顿中，现在不能发券、核券", "The store is suspended: no coupons now.")
	ErrLinesAboveBill = models.Fail(models.Invalid, "lines_above_bill", "几行加起来比这一单还多", "The lines come to more than the bill.").At("/lines")
	ErrWhichCoupon    = models.Fail(models.Invalid, "coupon_needed", "请选一张券", "Choose a coupon.").At("/coupon_id")
	ErrWhoseCoupon    = models.Fail(models.Invalid, "code_or_member", "要会员码、券码或会员编号", "Send the member's code, the coupon's code or the member.").At("/code")
	ErrOnPaper        = models.Fail(models.Conflict, "printed_code", "这是印出来的「%s」，再扫顾客的会员码，券就归这位顾客", "This is “%s” on paper. Scan the customer's code too, and it is theirs.")
	ErrSlip           = models.Fail(models.Invalid, "coupon_code_slip", "看着是券码，可有一处对不上，四个一组对着再看一遍", "This looks like a coupon's code, but one sign does not fit. Compare it group by group.")
	ErrNoCoupon       = models.Fail(models.NotFound, "coupon_unknown", "没有这张券，再看一眼码", "There is no such coupon. Look at the code again.")
)

// The words of coupon_code_slip where more is known of the slip.
var (
	errSlipSign     = ErrSlip.Say("看着是券码，可第 %d 组里有个「%s」，券码里没有这个字，对着再看一眼", "This looks like a coupon's code, but in group %d there is “%s”, which no code has. Look at it again.")
	errSlipLength   = ErrSlip.Say("看着是券码，可券码有 12 位，这里是 %d 位，四个一组对着再看一遍", "This looks like a coupon's code, but a code has 12 signs and this has %d. Compare it group by group.")
	errSlipLengthIn = ErrSlip.Say("看着是券码，可券码有 12 位，这里是 %d 位，第 %d 组再对一眼", "This looks like a coupon's code, but a code has 12 signs and this has %d. Look at group %d again.")
	errSlipIn       = ErrSlip.Say("看着是券码，第 %d 组多半看错了一个，对着再看一眼", "This looks like a coupon's code; in group %d one sign is probably wrong. Look at it again.")
)

// Why a coupon does not go on a bill with others. Each is said of a coupon that is named before it or beside it.
var (
	ErrNotStackable = models.Fail(models.Conflict, "not_stackable", "「%s」不和别的券一起用", "“%s” goes with no other coupon.")
	ErrSameCampaign = models.Fail(models.Conflict, "same_campaign", "同一种券，一单用一张", "One of the same coupon a bill.")
	ErrSameCategory = models.Fail(models.Conflict, "same_category", "「%s」类的券一单用一张，已经有「%s」", "One “%s” coupon a bill, and “%s” is on it.")
	ErrSameKind     = models.Fail(models.Conflict, "same_kind", "买送的券一单用一张，已经有「%s」", "One buy-and-get coupon a bill, and “%s” is on it.")
	ErrTooMany      = models.Fail(models.Conflict, "too_many", "一单最多用 %d 张券", "At most %d coupons a bill.")
	ErrGivesLess    = models.Fail(models.Conflict, "gives_less", "能用，不过现在这样省得更多", "It would work, but this way saves more.")
)

// Errors of tills without a network.
var (
	ErrNothingFree = models.Fail(models.Conflict, "nothing_free", "剩下的不够分给这台收银台了", "There are not so many left to set aside.")
	ErrSetAside    = models.Fail(models.Conflict, "set_aside", "剩下的几张都留给没网的收银台了，等它们连上网就放回来", "The last ones are set aside for tills without a network, until those are back.")
	ErrOldCopy     = models.Fail(models.Conflict, "token_outdated", "这是旧的一份码，券后来用过、撤销过或转给别人了", "This is an old copy: the coupon was used, taken back or passed on after it.")
)

// ErrFilterDate is the error of a list of receipts.
var ErrFilterDate = models.Fail(models.Invalid, "filter_date", "日期写成 2026-10-17 这样", "Write the date as 2026-10-17.")

// Errors of making a coupon void.
var (
	ErrNotUsable = models.Fail(models.Conflict, "not_usable", "只有还没用的券能作废", "Only a coupon that can still be used can be made void.")
	ErrVoided    = models.Fail(models.Conflict, "already_void", "这张券已经作废了", "This coupon is void already.")
)

// Errors of taking a redemption back.
var (
	ErrReversed    = models.Fail(models.Conflict, "already_reversed", "这一单已经撤销过了", "This one was taken back already.")
	ErrOtherDay    = models.Fail(models.Conflict, "reversal_too_late", "只有当天打烊前能撤销", "It can be taken back on the same day only.")
	ErrPointsSpent = models.Fail(models.Conflict, "points_spent", "这一单的积分顾客已经用掉了，撤销不了", "The points of this bill are spent already; it cannot be taken back.")
)

// Errors of making and signing campaigns.
var (
	ErrNotEditable     = models.Fail(models.Conflict, "not_editable", "已经结束了，改不了；要改请照样再做一张", "It is over: make another one like it instead.")
	ErrNotDraft        = models.Fail(models.Conflict, "not_draft", "已经送出去签字了", "It has been sent out for signatures already.")
	ErrNotSigning      = models.Fail(models.Conflict, "not_signing", "现在不用签字", "No signature is wanted now.")
	ErrOldVersion      = models.Fail(models.Conflict, "version_changed", "内容改过了，请看过新的再签", "The terms have changed. Read the new ones before you sign.")
	ErrOtherShare      = models.Fail(models.Conflict, "share_differs", "签的份额和写着的不一样", "That is not the share that is offered.")
	ErrSigned          = models.Fail(models.Conflict, "already_answered", "您家已经答复过了", "Your store has answered already.")
	ErrWindowOver      = models.Fail(models.Conflict, "window_over", "发券的日子已经过了，请先改日期", "The days to claim are over. Change them first.")
	ErrCapTooHigh      = models.Fail(models.Invalid, "cap_too_high", "封顶不能高过最坏要花的 %s 元", "The cap cannot be above the worst case, %s yuan.")
	ErrCapTooLow       = models.Fail(models.Invalid, "cap_too_low", "封顶连一张券都不够，至少 %s 元", "The cap does not cover one coupon: at least %s yuan.")
	ErrNotPausable     = models.Fail(models.Conflict, "not_running", "没在发，不用暂停", "It is not running.")
	ErrNotPaused       = models.Fail(models.Conflict, "not_paused", "没有暂停，不用恢复", "It is not paused.")
	ErrNothingProposed = models.Fail(models.Conflict, "nothing_proposed", "没有等着签的新条款", "No new terms wait to be signed.")
	ErrNoticeShort     = models.Fail(models.Invalid, "notice_short", "退出要提前至少 %d 天说", "Leaving takes at least %d days of notice.").At("/days")
	ErrLeaving         = models.Fail(models.Conflict, "already_leaving", "您家已经说过要退出了", "Your store has given notice already.")
	ErrLeftAlready     = models.Fail(models.Conflict, "already_left", "已经退出了，要回来请发券的店再请一次", "Your store has left. The issuer may invite it again.")
	ErrPartnerLeft     = models.Fail(models.Conflict, "partner_left", "一起出券的店退出了，先改条款、大家重新签", "A partner has left: change the terms first, and have them signed.")
	ErrNotOver         = models.Fail(models.Conflict, "not_over", "还没结束，先结束再收起来", "It is not over. End it before you put it away.")
	ErrAlreadyEnded    = models.Fail(models.Conflict, "already_ended", "已经结束了", "It has ended already.")
)
