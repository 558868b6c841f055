package conduct

import "onestreet/models"

// Errors of the street's conduct.
var (
	ErrAdvert     = models.Fail(models.Invalid, "advert", "这条像广告，没有发出去，记了一次。判错了，可以到「我」里申诉", "This looks like an advert, so it was not posted and counts as a strike. If that is wrong, appeal under Me.")
	ErrAdvertEdit = models.Fail(models.Invalid, "advert_edit", "改成这样像广告，没有改", "That would look like an advert, so nothing was changed.")
	ErrAdDraft    = models.Fail(models.Invalid, "advert_draft", "这条像广告，没有发，改一改再来", "This looks like an advert. It was not published; change it and try again.")
	ErrDoubtDraft = models.Fail(models.Invalid, "doubtful_draft", "这条拿不准，照街上的规矩没有发，改一改再来", "By the street's rules this is doubtful. It was not published; change it and try again.")
	ErrHeld       = models.Fail(models.Conflict, "post_held", "先请管理员看一眼，看过就发出来", "A moderator looks at it first. It is shown after that.")
	ErrMuted      = models.Fail(models.Forbidden, "muted", "%s 以前不能在街谈里说话", "You cannot post on the feed until %s.")
	ErrSlow       = models.Fail(models.TooMany, "slow_mode", "街上说好 %d 分钟发一条，歇一歇再发", "The street agreed on one post in %d minutes. Please wait a little.")
	ErrModerator  = models.Fail(models.Forbidden, "not_moderator", "这是管理员的事", "This is for moderators.")
	ErrDecided    = models.Fail(models.Conflict, "case_decided", "这条已经定了", "This has been decided already.")
	ErrAppealed   = models.Fail(models.Conflict, "appealed", "已经申诉过了", "You have appealed already.")
	ErrNoAppeal   = models.Fail(models.Conflict, "no_appeal", "没有等着答复的申诉", "There is no appeal to answer.")
	ErrWords      = models.Fail(models.Invalid, "words", "写 2 到 200 个字", "Write 2 to 200 characters.")
	ErrTermTaken  = models.Fail(models.Conflict, "term_taken", "这个词已经在单子上了", "That word is on the list already.")
	ErrTerm       = models.Fail(models.Invalid, "term", "一个词 2 到 20 个字", "A word has 2 to 20 characters.")
	ErrRuleStays  = models.Fail(models.Invalid, "rule_stays", "这条规矩每条街都有，关不掉", "Every street has this rule; it cannot be switched off.")
	ErrOwnStrike  = models.Fail(models.Forbidden, "own_decision", "这次是您记的，申诉换个人来看", "You gave this strike; somebody else decides on the appeal.")
	ErrMuteSelf   = models.Fail(models.Invalid, "mute_self", "不能让自己歇着", "You cannot mute yourself.")
	ErrOwn        = models.Fail(models.Invalid, "own_post", "自己的就删掉吧", "It is your own: just remove it.")
	ErrRange      = models.Fail(models.Invalid, "range", "这个数不行", "That number cannot be used.")
)
