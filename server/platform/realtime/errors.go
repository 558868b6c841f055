package realtime

import "onestreet/models"

// What a connection is told in an error frame. Features' authorizers add their own codes.
var (
	ErrFrame       = models.Fail(models.Invalid, "bad_frame", "读不懂这条消息", "This frame is not understood")
	ErrOp          = models.Fail(models.Invalid, "unknown_op", "没有这种操作", "There is no such op")
	ErrVersion     = models.Fail(models.Invalid, "unsupported_version", "请更新应用后再来", "Please update the app")
	ErrHello       = models.Fail(models.Invalid, "hello_expected", "请先打招呼 (hello)", "Say hello first")
	ErrGreeted     = models.Fail(models.Conflict, "already_greeted", "已经打过招呼了", "Hello was said already")
	ErrStream      = models.Fail(models.NotFound, "unknown_stream", "没有这条消息流", "There is no such stream")
	ErrNotAllowed  = models.Fail(models.Forbidden, "not_allowed", "不能关注这条消息流", "You may not follow this stream")
	ErrNotFollowed = models.Fail(models.Conflict, "not_following", "还没有关注这条消息流", "You do not follow this stream")
	ErrStreams     = models.Fail(models.TooMany, "too_many_streams", "一次关注得太多了", "Too many streams are followed at once")
	ErrOther       = models.Fail(models.Forbidden, "other_account", "换了账号，请重新连接", "This token is of another account; connect anew")
	errInside      = models.Fail(models.Internal, "internal", "出了点问题，请稍后再试", "Something went wrong on our side; try again later")
)

// Close says why a connection ends: the close code and the reason of the WebSocket close frame. They are a contract
// (docs/protocol.md): clients act by the code.
type Close struct {
	Code   uint16
	Reason string
}

// The ways a connection ends.
var (
	CloseNormal      = Close{1000, ""}                     // the answer to the client's own goodbye
	CloseExpired     = Close{4001, "token_expired"}        // get a new token, then come back
	CloseNotAllowed  = Close{4003, "not_allowed"}          // do not come back the same way
	CloseTooSlow     = Close{4008, "too_slow"}             // come back and resume
	CloseTooMany     = Close{4009, "too_many_connections"} // come back much later, or close another
	CloseGoingAway   = Close{4012, "going_away"}           // come back after a random 0–5 s
	CloseProtocol    = Close{1002, "protocol_error"}
	CloseBinary      = Close{1003, "text_only"}
	CloseEncoding    = Close{1007, "not_utf8"}
	CloseTooFrequent = Close{1008, "too_many_frames"}
	CloseTooLarge    = Close{1009, "frame_too_large"}
	CloseInside      = Close{1011, "internal"}
)
