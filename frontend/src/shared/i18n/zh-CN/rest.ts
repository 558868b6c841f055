// Words of what a counter does with a campaign beside making it: files of results, an audience for one send, a till's allotment.
export const rest = {
  xlsx: '存成 Excel', csv: '存成 CSV',
  pad: '数字键', padLetters: '字母', padBack: '退格',
  least: '一件最低卖，元', leastOf: '第 {n} 行，一件最低卖多少钱',
  sendAudience: '合得上的人', sendAudienceHint: '按交情、标签、到店、圈子、新会员、生日挑，只在大家签好的范围里',
  circle: '在哪个圈子', circleHint: '你家的圈子，或者公开的', circleOf: '{circle}（{store}）',
  sentTo: '发给：{to}', sentPicked: '发给：挑的 {n} 位', sentAbout: '发到约 {n} 位', sentFew: '发到的人不多，不报数',
  cards: { title: '打印券码', print: '打印', pdf: '打印稿 PDF', lead: '一页十张，沿虚线剪开。A4 纸，打印时选「实际大小」，不要页眉页脚。', part: '打哪一段', from: '第 {from} 到 {to} 张', none: '没有能领的券码了', noneText: '都领走了，或者作废了。', qr: '{n} 号券码', wechat: '微信里不能直接打印：点右上角，用浏览器打开。' },
  colon: '：', allot: '备几次', allotOne: '{name}备几次', allotAbout: '断网时这台手机最多核几次。备下的先留着，别的地方用不到。', allotHouse: '照店规', allotHouseHint: '空出来的两成，最多 20 次', allotCount: '{title}备几次', allotHas: '备着 {n} 次，用过 {used} 次', allotNone: '这台手机还没备着券。等有能核的券，连一下网就有。', allotGo: '就这样备',
  differs: '没网时减了 {off}，条款上是 {booked}', differN: '有 {n} 笔减的数和条款不一样',
}

/** For the coordinator. */
export const fundRest = { leave: '联盟不出了', about: '现在说，{n} 天后退出，到那天为止还照出；以前领的券，照旧出那一份。', covered: '以后新领的由{store}替联盟出。', stops: '到那天先停发，等改好条款重新签。', yes: '说好 {n} 天后退出', stay: '不退了，还出', leaves: '联盟出到 {at}', left: '联盟退出了，{at}', results: '结果存成 Excel' }
