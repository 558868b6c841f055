// 管街谈的人看的：等着的、申诉、记录。协调人和圈子里管事的都用。
export default {
  none: '没有等着的，街谈清清静静',
  waiting: '等着看的',
  held: '还没发出来', shown: '已经在街上', comment: '是条回话',
  why: { rule: '规矩拿不准', first: '头一回发帖', report: '街坊举报' },
  said: '街坊说：{said}',
  photo: '等着看的照片', codeSays: '照片里的码写着：{said}',
  reason: '想说一句为什么，写在这里，本人看得到',
  show: '没事，留着', release: '没事，发出来', remove: '拿下来', strike: '是广告，记一次',
  done: { show: '看过了。', remove: '拿下来了，写信告诉本人了。', strike: '记了一次，写信告诉本人了。' },
  appeals: '不服来申诉的', nth: '第 {n} 次，扣了 {points} 分', says: '本人说：{said}',
  byRule: '规矩认的', byPerson: '管理员定的',
  answer: '回一句话', answerPlace: '说清楚为什么，本人看得到', grant: '申诉成立，分退回去', refuse: '还是算',
  granted: '退回去了，写信告诉本人了。', refused: '回过话了。', until: '到 {at}',
  trail: {
    kind: '看哪一类', all: '全部', decisions: '看帖', appeals: '申诉', mutes: '歇着', rules: '规矩', people: '管事的人', only: '只看{name}，再点看全部',
    none: '这一类还没有记录', end: '记录就到这儿', rule: '规矩', clock: '时间到了', left: '离开的街坊', because: '为什么：{why}',
  },
  did: {
    show: '留着了', remove: '拿下来了', strike: '当广告记了一次', appeal: '来申诉', appeal_granted: '准了申诉', appeal_refused: '没准申诉',
    mute: '请去歇着', unmute: '提前让说话了', mute_over: '又能说话了', rules: '改了街谈的约定', rule_on: '开了一条规矩', rule_off: '关了一条规矩',
    term_ad: '加了挡下的词', term_review: '加了要看的词', term_ok: '加了放行的词', term_pause: '写下一个词，先不用', term_off: '划掉一个词',
    moderator: '请来管街谈', moderator_off: '不再管街谈', circle_invite: '请进圈子', circle_moderator: '请来管圈子', circle_moderator_off: '不再管圈子', circle_out: '请出圈子',
  },
  rule: {
    wechat: '留微信号', qq: '留 QQ 号或群号', messenger: '留别的聊天号', account: '留账号', phone: '留电话', phone_hidden: '拆开写的电话', link: '外面的链接', link_hidden: '拆开写的链接', qr: '二维码',
    bait: '话里有钩', brushing: '刷单', jobs: '兼职日结', daigou: '代购、高仿', slimming: '减肥', cures: '偏方神药', loans: '贷款套现', gambling: '赌', investing: '荐股理财', papers: '代开代办',
    pyramid: '拉下线', adult: '不正经的', chain: '转发集赞', freebie: '砍一刀、领东西', groups: '拉群', services: '上门揽活', spam: '外文广告', own_word: '街上自己的词', manner: '听着像广告', call: '招揽的话', pitch: '推销的话',
  },
}
