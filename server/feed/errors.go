package feed

import "onestreet/models"

// Errors of posts, comments and photos.
var (
	ErrEmpty        = models.Fail(models.Invalid, "text_empty", "写一句再发", "Write something first.")
	ErrTooLong      = models.Fail(models.Invalid, "text_too_long", "最多 %d 个字", "At most %d characters.")
	ErrManyPhotos   = models.Fail(models.Invalid, "too_many_photos", "一次最多九张照片", "At most nine photos at a time.")
	ErrPhoto        = models.Fail(models.Invalid, "photo_unknown", "照片没传好，或者用过了，请重新选", "A photo was not uploaded, or was used already. Please choose it again.")
	ErrPostGone     = models.Fail(models.Gone, "post_gone", "这条已经删了", "This post has been removed.")
	ErrNotYours     = models.Fail(models.Forbidden, "not_your_post", "只能删自己的，或自家店的", "You can remove your own posts, and your store's.")
	ErrCommentGone  = models.Fail(models.Gone, "comment_gone", "这句话已经撤下来了", "This answer has been removed.")
	ErrNotYourWords = models.Fail(models.Forbidden, "not_your_words", "只能改自己说的，或自家店的", "You can change your own words, and your store's.")
	ErrManyMentions = models.Fail(models.Invalid, "too_many_mentions", "一条里最多叫 %d 位", "You can call %d people at most in one post.")
	ErrMention      = models.Fail(models.Invalid, "mention_unknown", "叫的人不在这条街上了", "Somebody you call is not on the street any more.")
	ErrNotInCircle  = models.Fail(models.Forbidden, "not_in_circle", "圈子里的话，只有圈里的人看得到", "Only members of the circle can read this.")
	ErrJoinFirst    = models.Fail(models.Forbidden, "join_first", "先进圈子，再说话", "Join the circle before you speak in it.")
	ErrInvited      = models.Fail(models.Forbidden, "by_invitation", "这个圈子要管事的人请才能进", "One comes into this circle by invitation.")
	ErrLevel        = models.Fail(models.Forbidden, "level_too_low", "跟这家店再熟一些就能进", "Become better friends with the store to come in.")
	ErrNotModerator = models.Fail(models.Forbidden, "not_moderator", "圈子里管事的人才能这样做", "Only the circle's moderators can do this.")
	ErrNotStaff     = models.Fail(models.Forbidden, "not_a_manager", "店长以上，或者协调人，才能开圈子", "A store's manager or a coordinator can start a circle.")
	ErrCircleName   = models.Fail(models.Invalid, "circle_name", "圈子要有名字，最多 %d 个字", "A circle needs a name, of %d characters at most.")
	ErrCircleAbout  = models.Fail(models.Invalid, "circle_about", "介绍最多 %d 个字", "The description: %d characters at most.")
	ErrCircleLevel  = models.Fail(models.Invalid, "circle_level", "按熟不熟进的圈子要属于一家店，并说明熟到哪一步", "A circle by level belongs to a store and says from which level on.")
	ErrReaction     = models.Fail(models.Invalid, "reaction_unknown", "没有这个回应", "There is no such reaction.")
	ErrMayNotPin    = models.Fail(models.Forbidden, "may_not_pin", "协调人和圈子里管事的人才能钉在上面", "A coordinator, or a moderator of the circle, can pin a notice.")
	ErrPinUntil     = models.Fail(models.Invalid, "pin_until", "写清楚钉到哪天：从今天起，%d 天以内", "Say until which day: from today on, within %d days.")
	ErrPinsFull     = models.Fail(models.Conflict, "pins_full", "上面最多钉 %d 条，先取下一条", "At most %d notices at the top. Take one down first.")
	ErrNotTheStores = models.Fail(models.Invalid, "not_the_stores", "只能钉自家店在街上说的", "Only what the store itself said on the street can stand there.")
	ErrCard         = models.Fail(models.Invalid, "card_unknown", "这家店不在街上了，换一家", "That store is not on the street any more. Choose another.")
	ErrSearchEmpty  = models.Fail(models.Invalid, "search_empty", "写个字、词或名字再找", "Write a word or a name to look for.")
	ErrNotYourStore = models.Fail(models.Forbidden, "not_your_store", "您不在这家店，不能替它说话", "You do not work there, so you cannot speak for it.")
)
