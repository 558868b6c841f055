package pool

import "onestreet/models"

// Errors of streets, stores and staff.
var (
	ErrStreet       = models.Fail(models.NotFound, "street_unknown", "没有这条街", "There is no such street.")
	ErrSuspended    = models.Fail(models.Conflict, "store_suspended", "这家店已经停了", "This store is suspended.")
	ErrStoreLeft    = models.Fail(models.Conflict, "store_left", "这家店已经退出联盟了", "This store has left the street.")
	ErrHours        = models.Fail(models.Invalid, "hours", "营业时间写得不对", "The opening hours are not right.")
	ErrColor        = models.Fail(models.Invalid, "color_contrast", "这个颜色太浅，招牌上的字看不清，换深一点的", "This colour is too light for the letters on the sign. Choose a darker one.")
	ErrAlreadyStaff = models.Fail(models.Conflict, "already_staff", "%s 已经是这家店的人了", "%s works here already.")
	ErrNotStaff     = models.Fail(models.NotFound, "not_staff", "这家店没有这个人", "This person does not work here.")
	ErrLastOwner    = models.Fail(models.Conflict, "last_owner", "店里总得有一位店主。先请来另一位，再走", "A store needs an owner. Add another one first.")
)

// Errors of join links and of joining.
var (
	ErrLink          = models.Fail(models.NotFound, "link_unknown", "这个入会码不对，请重新扫一次", "This join code does not exist. Please scan it again.")
	ErrLinkExpired   = models.Fail(models.Gone, "link_expired", "这个入会码过期了，请向店里要一个新的", "This join code has expired. Ask the store for a new one.")
	ErrLinkSuspended = models.Fail(models.Gone, "link_suspended", "这家店已经停了，它的入会码不能用了", "This store is suspended, so its join codes cannot be used.")
	ErrLinkTime      = models.Fail(models.Invalid, "link_in_past", "到期的时间要在以后", "The end must lie in the future.")
	ErrAlreadyMember = models.Fail(models.Conflict, "already_member", "您已经是这条街的会员了，直接登录就行，验证码还能用", "You are a member of this street already. Just log in: the code is still good.")
)

// Errors of the rotating code.
var (
	ErrCodeForm    = models.Fail(models.Invalid, "code_form", "会员码是八个数字，或者扫码", "A member's code has eight digits, or is scanned.")
	ErrCodeUnknown = models.Fail(models.NotFound, "code_unknown", "没有这个会员码，请对一下数字", "No member has this code. Please compare the digits.")
	ErrCodeExpired = models.Fail(models.Gone, "member_code_expired", "这个会员码过期了，请看现在的那个", "This code has expired. Look at the current one.")
	ErrCodeTwice   = models.Fail(models.Conflict, "code_ambiguous", "碰巧有两位会员是这个码，请扫一下二维码", "By chance two members have this code. Please scan it instead.")
)

// Errors of imports.
var (
	ErrImportMissing = models.Fail(models.Invalid, "import_missing", "没有收到文件", "No file was sent.")
	ErrImportTooBig  = models.Fail(models.TooLarge, "import_too_large", "文件不能超过 8 MB", "The file may have 8 MB at most.")
	ErrImportFailed  = models.Fail(models.Conflict, "import_failed", "这次导入没做完，请重新传一次文件", "This import did not finish. Please upload the file again.")
)

// Errors of a member's own things.
var (
	ErrConfirm   = models.Fail(models.Invalid, "confirm", "请写「离开」两个字", "Please write “leave”.")
	ErrNoSuchDay = models.Fail(models.Invalid, "no_such_day", "没有这一天", "There is no such day.").At("/birthday/day")
	ErrNoReason  = models.Fail(models.Conflict, "phone_not_needed", "您没在这家店买过东西，它用不着您的号码", "You have not bought anything at this store, so it has no use for your number.")
)
