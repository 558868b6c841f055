package identity

import "onestreet/models"

// Errors of logging in and of who may do what.
var (
	ErrPhone        = models.Fail(models.Invalid, "phone", "手机号不对，要 11 位的国内手机号", "That is not a mainland mobile number of 11 digits.")
	ErrPhoneForeign = models.Fail(models.Invalid, "phone_foreign", "现在只收中国大陆的手机号", "Only mainland China mobile numbers can be used for now.")
	ErrCodeWrong    = models.Fail(models.Unauthorized, "code_wrong", "验证码不对，再看一眼短信", "That code is not right. Look at the message again.")
	ErrCodeUsed     = models.Fail(models.Unauthorized, "code_used", "这个验证码用过了，请再收一个", "That code was used already. Ask for a new one.")
	ErrCodeExpired  = models.Fail(models.Unauthorized, "code_expired", "验证码过了五分钟，请再收一个", "That code is older than five minutes. Ask for a new one.")
	ErrCodeTries    = models.Fail(models.TooMany, "code_tries", "试了五次都不对，请再收一个验证码", "Five wrong tries. Ask for a new code.")
	ErrCodeSoon     = models.Fail(models.TooMany, "code_soon", "刚发过，%d 秒后可以重发", "Just sent. You can ask again in %d seconds.")
	ErrCodeMany     = models.Fail(models.TooMany, "code_many", "这个号码要得太勤，过一小时再试", "Too many codes for this number. Try again in an hour.")
	ErrAddressMany  = models.Fail(models.TooMany, "address_many", "这里要验证码的人太多，过会儿再试", "Too many codes from this network. Try again later.")
	ErrSMS          = models.Fail(models.Unavailable, "sms_failed", "短信没发出去，请稍后再试", "The message could not be sent. Please try again.")
	ErrLogin        = models.Fail(models.Unauthorized, "login_required", "请先登录", "Please log in first.")
	ErrToken        = models.Fail(models.Unauthorized, "token_invalid", "登录过期了，请重新登录", "Your log-in has ended. Please log in again.")
	ErrOtherStreet  = models.Fail(models.Forbidden, "other_street", "您登录的是另一条街", "You are logged in to another street.")
	ErrRefresh      = models.Fail(models.Unauthorized, "session_ended", "登录已结束，请重新登录", "This session has ended. Please log in again.")
	ErrForbidden    = models.Fail(models.Forbidden, "forbidden", "这件事不归您管", "This is not yours to do.")
	ErrNotMember    = models.Fail(models.Forbidden, "not_member", "先做这条街的会员，才能这样", "Join the street as a member first.")
	ErrStranger     = models.Fail(models.NotFound, "account_unknown", "这个号码还没进过这条街，扫店里的码就能进来", "This number has not joined the street yet. Scan a store's code to join.")
	ErrNoPerson     = models.Fail(models.NotFound, "demo_person", "没有这个人", "There is no such person in the demo.")
)
