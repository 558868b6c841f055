package till

import "onestreet/models"

// Errors of tills.
var (
	ErrRevoked  = models.Fail(models.Gone, "till_revoked", "这台收银台已经停用了", "This till was taken out of use.")
	ErrKey      = models.Fail(models.Invalid, "till_key", "手机交来的公钥看不懂，换个浏览器再试", "The phone's public key cannot be read. Try another browser.").At("/public_key")
	ErrName     = models.Fail(models.Invalid, "till_name", "起个名字，1 到 20 个字", "Give it a name of 1 to 20 characters.").At("/name")
	ErrTooMany  = models.Fail(models.Conflict, "too_many_tills", "一家店最多 20 台收银台，先停用一台", "A store has at most 20 tills. Take one out of use first.")
	ErrNotTaken = models.Fail(models.Conflict, "not_offline", "这张券我们店现在不收，分不了名额", "This store does not take that coupon now, so nothing is set aside.")
)

// Errors of a log. Each refuses the line and what comes after it; the till keeps them.
var (
	ErrGap       = models.Fail(models.Conflict, "log_gap", "中间缺了几笔，该从第 %d 笔交起", "Lines are missing: begin with number %d.")
	ErrDiffers   = models.Fail(models.Conflict, "log_differs", "第 %d 笔和上回交来的不一样", "Line %d is another than the one that came before.")
	ErrSignature = models.Fail(models.Invalid, "log_signature", "第 %d 笔不是这台收银台签的", "Line %d was not signed by this till.")
)

// Why a line is not in the books, beside coupon's reasons.
var (
	ErrForged = models.Fail(models.Conflict, "token_forged", "这个码不是我们街发的，或者改过", "This code was not made by this street, or was changed.")
)
