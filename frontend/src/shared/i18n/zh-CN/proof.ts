// The seal of the ledger and its proofs: words of the merchant's area.
export const seal = {
  strip: '账的封条', title: '{when} 封到第 {n} 笔', whole: '整条街一本账，一张封条', words: '封条八字：{words}', read: '念给隔壁听。八个字一样，两家看的就是同一本账。', compare: '对一对',
  when: { tonight: '今晚 {at}', lastNight: '昨晚 {at}', today: '今天 {at}', yesterday: '昨天 {at}', tomorrow: '明晚 {at}', on: '{day} {at}' },
  seen: { first: '这台手机头一回看，往后都照这张比。', same: '和上回看的是同一张。', grown: '上回看到第 {n} 笔，之后只往后记，前面没动过。' },
  checking: '正在核对封条', none: '账还没封过', noneText: '{when} 头一回封。封好的，谁也改不动。', cannot: '这台手机核不了封条', cannotText: '浏览器太旧，或者网址不是 https 开头。换一台看，账照样在。',
  mark: { sealed: '已封', open: '{when} 封', broken: '对不上' }, legend: { sealed: '封好了，谁也改不动', open: '还没封的，{when} 封' },
  line: {
    checking: '正在核对这一笔', holds: '这一笔在账里的第 {n} 位，与{when} 的封条相符。', again: '再验一遍', waits: '已经记在账里，{when} 和大家的一起封。', cannot: '这台手机核不了，换一台再看。',
    record: '看原始记录', failed: '没核成',
    broken: { line: '屏上写的，和账里存的不是一回事。', record: '这一笔和封条对不上：封好以后，有人动过。', withheld: '这一笔该有封条作证，却拿不出来。', seal: '封条本身对不上，这一笔也作不得准。' },
  },
  alarm: {
    title: '这本账对不上', line: '「{text}」{sum}，账里的第 {n} 位。',
    key: '封条换了签名，不是你一直认的那一把。', signature: '封条上的签名不对，不是这条街签的。', shrunk: '你上回看，账已经封到第 {n} 笔；现在拿出来的封条，比那回还短。', changed: '你上回看，账封到第 {n} 笔；那以前的账，后来有人改过。',
    todo: '先别照这本账收钱付钱。拿着手机去找协调人，再和隔壁对一对。', again: '再核一遍', renew: '当面说清了，重新认', renewSure: '协调人当面说清了原因，隔壁的八个字也对过了，才重新认。认了以后，这台手机忘掉原来的封条。', renewYes: '重新认', renewNo: '先不认',
  },
  sheet: {
    title: '和隔壁对一对', say: '你扫我的，我扫你的；或者把八个字念一遍。', mine: '我家看的，{when} 封到第 {n} 笔', code: '我家封条的码', scan: '扫隔壁的码', stop: '不扫了', lens: '摄像头', camera: { off: '摄像头停了', starting: '正在开摄像头', on: '正在看', denied: '没有摄像头的权限，填八个字也行', absent: '这台机器没有摄像头，填八个字' },
    typed: '隔壁念的八个字，或者封条码', go: '对一对', busy: '正在对', failed: '没对成',
    result: {
      same: '一样。两家看的是同一本账。', older: '是同一本账。隔壁看的早一张，封到第 {n} 笔，接得上。', newer: '是同一本账。隔壁看的新一张，封到第 {n} 笔，接得上。', different: '不一样。两家看的不是同一本账。', differentText: '两台手机都别退出，一起去找协调人，让大家都看看。',
      elsewhere: '这是别的街的封条。', unreadable: '认不出来。要八个字，或者隔壁这一页上的码。', words: '八个字不一样。先比封到第几笔：笔数不同，扫码再对；笔数一样，就是两本账。',
    },
  },
  record: {
    title: '原始记录', say: '账里存的就是这些。指纹由这台手机自己算，不听服务器的。', copy: '抄下全部', copied: '抄好了', leaf: '这一笔的指纹', path: '往上合并 {n} 次，到封条', root: '封条的指纹', note: '封条原文，带签名', key: '验签名的钥匙', open: '还没封，封好就有',
    field: {
      alliance: '街', seq: '第几位', id: '编号', reference: '凭据', step: '步骤', kind: '事由', unit: '单位', reason: '说明', amount: '数目', debit: '出账', credit: '入账', settles: '了结', reverses: '冲回', member: '会员', store: '店',
      visit: '到店', campaign: '券活动', coupon: '券', redemption: '核销', referral: '推荐', expires_at: '期限', at: '发生', recorded_at: '记下',
    },
  },
}
