package chat

import "onestreet/models"

// Errors of messages.
var (
	ErrEmpty    = models.Fail(models.Invalid, "text_empty", "写一句再发", "Write something first.")
	ErrTooLong  = models.Fail(models.Invalid, "text_too_long", "一条最多 %d 个字", "A message may have %d characters at most.")
	ErrOneThing = models.Fail(models.Invalid, "one_thing", "一条里放照片或者券，两样分开发", "Send a photo or a coupon, one at a time.")
	ErrPhoto    = models.Fail(models.Invalid, "photo_unknown", "照片没传好，或者发过了，请重新选", "The photo was not uploaded, or was sent already. Please choose it again.")
	ErrCoupon   = models.Fail(models.Invalid, "coupon_not_given", "这张券现在领不了，换一张", "This coupon cannot be claimed now. Choose another.")
)

// Errors of who may write when.
var (
	ErrStoreAway = models.Fail(models.Conflict, "store_away", "这家店眼下不在街上，发不了消息", "This store is away from the street, so no messages reach it.")
	ErrStranger  = models.Fail(models.Forbidden, "not_your_customer", "这位还不是店里的顾客，等对方先开口", "They are no customer of yours yet. Let them write first.")
	ErrMuted     = models.Fail(models.Conflict, "store_muted", "您在隐私里关了这家店的消息，打开就能接着聊", "You have muted this store. Unmute it to go on talking.")
	ErrMutedBy   = models.Fail(models.Conflict, "muted_by_member", "这位会员关了我们店的消息，先别打扰", "This member has muted your store.")
	ErrBlocked   = models.Fail(models.Forbidden, "chat_blocked", "这家店暂时不收您的消息，有事请到店里说", "This store takes no messages from you for now. Please come by.")
	ErrShut      = models.Fail(models.Conflict, "chat_shut", "我们不收这位的消息，先放开再写", "You take no messages from them. Allow them first.")
	ErrLeft      = models.Fail(models.Conflict, "member_left", "这位会员已经离开了", "This member has left.")
)

// Errors of hand-over and settings.
var (
	ErrColleague = models.Fail(models.Invalid, "not_a_colleague", "店里没有这个人，接不了", "They do not work here, so they cannot take over.")
	ErrQuiet     = models.Fail(models.Invalid, "quiet_hours", "休息的时间写成 22:00 到 08:00 这样，两头都要写", "Quiet hours are written like 22:00 to 08:00; give both ends.")
	ErrAwayText  = models.Fail(models.Invalid, "away_text", "休息时说的话最多 200 个字", "What you say while you rest may have 200 characters at most.")
	ErrCanned    = models.Fail(models.Invalid, "canned", "常用的话最多 20 条；标题 1 到 12 个字，话 1 到 500 个字", "At most 20 ready answers; a title of 1 to 12 characters, a text of 1 to 500.")
)
