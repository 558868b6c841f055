// Changing one date of a series, or more of them.
export const scope = {
  title: '改哪几场', offTitle: '哪几场不办了', which: '改哪几场', stop: '；',
  one: '只改这一天', following: '这一天和以后', all: '全部',
  oneNote: '别的场次照旧', followingNote: '前面的照旧，从这一场起都这样', allNote: '还没办的都这样',
  oneOffNote: '别的场次照办', followingOffNote: '前面的照办，从这一场起都不办了', allOffNote: '还没办的都不办了，也不再往后排',
  yes: '就这样改', offYes: '不办了', no: '再想想', failed: '没改成', nothing: '这样改，没有哪一场会变。',
  sumChanged: '改 {n} 场', sumOff: '取消 {n} 场', sumAdded: '新排 {n} 场', sumKept: '{n} 场有人报了名，照原样留着',
  told: '会写信告诉 {n} 位', toldNobody: '没人报名，不用写信', signedUp: '{n} 位报了名', more: '还有 {n} 场，一样改',
  what: { moved: '换地方', words: '换名字或介绍', places: '改位子', off: '取消', gone: '没人报名，撤掉', added: '新排上', kept: '有人报了名，照旧' },
  rhythm: '后面的怎么排', rhythmAs: '照原来的', marketDays: '这一串跟着集走：几点能改，日子要挪就选「只改这一天」。', asked: '改期还没回话', series: '一串活动里的一场',
}
