// Words of an event's picture to hand on.
export const share = { lunar: '农历{lunar}', comma: '，', scan: '扫码看看，在{street}报名', picture: '存张图', file: '活动.png' }
