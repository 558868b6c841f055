package calendar

import "onestreet/models"

// Errors of the calendar.
var (
	ErrFull = models.Fail(models.Conflict, "event_full",
		"%d 个位子都坐满了", "It is full: every place is taken (%d).")
	ErrSignedUp = models.Fail(models.Conflict, "already_signed_up",
		"您已经报过名了，位子留着呢", "You have signed up already; your place is kept.")
	ErrNotSignedUp = models.Fail(models.Conflict, "not_signed_up",
		"您没有报这一场", "You have not signed up for this.")
	ErrAttended = models.Fail(models.Conflict, "already_attended",
		"您已经签到了，位子不用退", "You were checked in already; there is nothing to give back.")
	ErrCheckedIn = models.Fail(models.Conflict, "already_checked_in",
		"这位签过到了", "This guest was checked in already.")
	ErrStarted = models.Fail(models.Conflict, "event_started",
		"已经开始了，报名和退位子都到开始前为止", "It has begun. Places are taken and given back until the start.")
	ErrOver = models.Fail(models.Conflict, "event_over",
		"这一场已经过去了", "It is over.")
	ErrCancelled = models.Fail(models.Conflict, "event_cancelled",
		"这场活动取消了", "This event was cancelled.")
	ErrCapacityTaken = models.Fail(models.Conflict, "capacity_taken",
		"已经有 %d 位报了名，位子不能比这少", "So many have signed up: %d. There cannot be fewer places.")
	ErrWho = models.Fail(models.Invalid, "guest_missing",
		"扫一下会员码，或者从名单里选一位", "Scan a member's code, or choose a guest from the list.")
	ErrLeft = models.Fail(models.NotFound, "member_left",
		"这位已经离开这条街了", "This member has left the street.")
	ErrMonth = models.Fail(models.Invalid, "month_out_of_range",
		"日历从 1902 年到 2099 年", "The calendar covers the years 1902 to 2099.").At("month")
	ErrDay = models.Fail(models.Invalid, "date_unclear",
		"没看懂是哪天，写成 2026-10-01 这样", "Which day? Write it like 2026-10-01.").At("date")
	ErrRepeats = models.Fail(models.Conflict, "event_repeats",
		"这是一串活动，先说改哪一场", "This event repeats: say which of its dates to change.")
	ErrSingle = models.Fail(models.Conflict, "event_single",
		"这个活动只有一场", "This event has one date only.")
	ErrNoDates = models.Fail(models.Invalid, "series_empty",
		"照这条规则，半年里一场也没有", "By this rule there is no date within half a year.").At("/rule")
	ErrMarketDay = models.Fail(models.Conflict, "series_market_day",
		"逢集的日子跟着集走，几点可以改；要挪到别的日子，就只改这一天", "Market days follow the market: the hour can change. To move one to another day, change this date alone.").At("/starts_at")
	ErrRhythm = models.Fail(models.Conflict, "series_rhythm",
		"换了日子，后面的跟着怎么排？选一下隔多久办一场", "On another day the dates after it need a rhythm: say how often it comes.").At("/pattern")
	ErrDense = models.Fail(models.Invalid, "series_dense",
		"太密了，一年最多 %d 场", "Too many: at most %d dates a year.").At("/rule")
)

// Refusals of signing up and of the waiting list.
var (
	ErrWaiting = models.Fail(models.Conflict, "already_waiting",
		"您已经在候补里了，排着呢", "You are on the waiting list already.")
	ErrWaitingFull = models.Fail(models.Conflict, "waiting_full",
		"候补也排满了（%d 位）", "The waiting list is full too (%d).")
	ErrFewLeft = models.Fail(models.Conflict, "few_left",
		"只剩 %d 个位子了，少带几位，或者排个候补", "Fewer places are left: %d. Bring fewer people, or wait for more.")
	ErrTooMany = models.Fail(models.Conflict, "too_many_places",
		"一个人最多报 %d 个位子", "One sign-up takes at most so many places: %d.")
	ErrNotInvited = models.Fail(models.Conflict, "not_invited",
		"这一场是给店里熟客办的，常来坐坐就能报了", "This one is for people who know the store well. Drop in more often and you can come.")
	ErrOutside = models.Fail(models.Conflict, "circle_only",
		"这一场只请一个圈子里的人，您还不在里面", "This one is for the people of a circle, and you are not in it.")
	ErrCircleGone = models.Fail(models.Conflict, "circle_gone",
		"这一场请的那个圈子散了，跟办活动的说一声", "The circle that this was for is no more. Please tell the host.")
	ErrNoShows = models.Fail(models.Conflict, "no_shows",
		"最近有 %d 回报了名没来，这一场先让给别人，跟店里说一声也行", "You signed up and did not come so often lately: %d. This one goes to others first; the store can let you in.")
	ErrNoOffer = models.Fail(models.Conflict, "no_offer",
		"眼下没有给您留的位子，可能过了时间让给下一位了", "No place is held for you now; the time may be over and the next was asked.")
	ErrCame = models.Fail(models.Invalid, "came",
		"来了几位，写 1 到 10", "Say how many came: 1 to 10.").At("/came")
	ErrGiveBackClosed = models.Fail(models.Conflict, "give_back_closed",
		"退位子的时间过了，有事跟店里说一声", "It is too late to give the place back. Please tell the store.")
)

// ErrFewPoints refuses places that cost more points than the member has.
var ErrFewPoints = models.Fail(models.Conflict, "few_points", "要 %d 积分，您有 %d", "It takes %d points; you have %d.")

// ErrManyPapers refuses one more draft or template.
var ErrManyPapers = models.Fail(models.Conflict, "too_many_papers", "草稿和样子最多留 100 份，先清一清", "At most 100 drafts and templates are kept. Throw some away first.")

// Refusals of hosting together, and after the event.
var (
	ErrTooManyHosts = models.Fail(models.Conflict, "too_many_hosts", "最多再请 12 家一起办", "At most twelve more stores host together.")
	ErrNotOver      = models.Fail(models.Conflict, "event_not_over", "还没散场，散了再道谢", "It is not over yet.")
	ErrNobodyCame   = models.Fail(models.Conflict, "nobody_came", "这一场没有签到的人", "Nobody was checked in.")
	ErrThanked      = models.Fail(models.Conflict, "thanked", "已经谢过了，信都送到了", "They have been thanked already.")
	ErrThanksWords  = models.Fail(models.Invalid, "thanks_words", "写句话，1 到 200 个字", "Write 1 to 200 characters.").At("/words")
)

// ErrStreetLevel refuses levels for an event of the street itself: they are between a member and a store.
var ErrStreetLevel = models.Fail(models.Invalid, "street_level", "层级是跟一家店的，整条街的活动请会员就好", "A level is a member's with one store. Ask for members instead.").At("/who")

// ErrCircle refuses a circle that the host does not keep, unless it is an open one.
var ErrCircle = models.Fail(models.Invalid, "circle_unknown", "没有这个圈子，或者不归这儿管", "There is no such circle, or it is not the host's to ask.").At("/circle_id")

// Refusals of pictures.
var (
	ErrManyPictures = models.Fail(models.Invalid, "too_many_pictures", "一个活动最多挂九张图", "An event has at most nine pictures.").At("/photo_ids")
	ErrPicture      = models.Fail(models.Invalid, "picture_unknown", "有张图找不到了，重新传一张", "One of the pictures is gone. Please upload it again.").At("/photo_ids")
)

// Refusals at the door.
var (
	ErrGift = models.Fail(models.Invalid, "gift_campaign", "这张券不是本店的，或者不能当场送", "This coupon is not the host's, or is not given by hand.").At("/gift_campaign_id")

	ErrDoorName = models.Fail(models.Invalid, "door_name", "给这台手机起个名字，1 到 20 个字", "Give this phone a name of 1 to 20 characters.").At("/name")
	ErrDoorKey  = models.Fail(models.Invalid, "door_key", "手机交来的公钥看不懂，换个浏览器再试", "The phone's public key cannot be read. Try another browser.").At("/public_key")

	ErrTooManyDoors = models.Fail(models.Conflict, "too_many_doors", "一场最多 20 台手机守门，先撤一台", "At most 20 phones stand at the doors of one date. Take one off first.")
	ErrDoorClosed   = models.Fail(models.Gone, "door_closed", "这台手机已经撤下来了", "This phone was taken off the door.")
	ErrTakenOff     = models.Fail(models.Gone, "door_taken_off", "办活动的把这台手机撤下来了，进没进请看一眼名单", "The organiser took this phone off the door. A person looks at this line.")
	ErrMembersOnly  = models.Fail(models.Conflict, "members_only", "这一场只请会员，扫个入会码就能进", "This one is for members. Joining takes a scan.")
	ErrUnproven     = models.Fail(models.Conflict, "code_unproven", "名单上没有这位，当时出示的会员码也对不上", "Not on the list, and the code that was shown does not fit that time.")

	ErrLogGap       = models.Fail(models.Conflict, "log_gap", "中间缺了几位，该从第 %d 位交起", "Lines are missing: begin with number %d.")
	ErrLogDiffers   = models.Fail(models.Conflict, "log_differs", "第 %d 位和上回交来的不一样", "Line %d is another than the one that came before.")
	ErrLogSignature = models.Fail(models.Invalid, "log_signature", "第 %d 位不是这台手机记的", "Line %d was not signed by this phone.")
)
