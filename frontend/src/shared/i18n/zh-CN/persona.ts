// 内容计划：店里那张脸要说的话，店员起草，店主放行。
export const persona = {
  title: '要说的话', about: '店员起草，店主定时间，{who}到点开口',
  lead: '店员都能写，店主点头才发。三样掺着说，人家才爱看。',
  column: { product: '说货', customers: '说客人', personal: '说自己' }, hint: { product: '新到了什么，怎么用，值不值', customers: '谁来过，说了什么，怎么谢的', personal: '为什么开这店，手艺跟谁学的' },
  missing: '四周里一句「{column}」都没有，写一条吧。', tooMuch: '「{column}」说得多了，换换口味。', balanced: '四周里三样都说到了。',
  write: '写一条', edit: '改一改', words: '写什么', keep: '存成草稿', saved: '存好了', back: '改过以后，要店主再看一遍。',
  state: { draft: '草稿', scheduled: '{at} 发', published: '{at} 发了', refused: '没发出去' }, why: { advert_draft: '像广告，改一改再发', doubtful_draft: '街上的规矩拿不准，改一改再发', muted: '写的人这阵子不能在街谈里说话', text_empty: '没有字' }, whyElse: '没发成，改一改再试',
  by: '{name}写', edited: '{name}改', released: '{name}放行',
  when: '什么时候发', day: '哪天', hour: '几点', zone: '按街上的时间', schedule: '到点发', now: '现在就发', unschedule: '先不发', drop: '不要了', dropped: '拿掉了', sent: '发出去了', set: '定好了，到点自己发', unset: '收回成草稿了',
  week: '这七天', none: '没安排', empty: '这一栏还空着', failed: '计划没取到', seen: '到街上看',
}
