// Words of bringing along a calendar that was kept elsewhere.
export const bringing = {
  open: '从文件导入', title: '从文件导入日历', file: '{name}，{encoding}', other: '换一个', choose: '选日历文件', reading: '正在读，看看每条会变成什么', kinds: '.ics、CSV、Excel（.xlsx），8 MB 以内',
  tip: { 1: '手机、Outlook、企业微信里导出的 .ics 都行', 2: '表格一行一场：名称、日期、时间、地点，写“每周六 9:00”“逢三六九”“农历三月十五”也认得', 3: '先看再搬，没选的不留；组织者和参加的人不带' },
  problem: { kind: '要 .ics、.csv 或 .xlsx 的文件', size: '太大了，最多 8 MB', empty: '这个文件是空的' }, unread: '没读出来', another: '重新选一个文件',
  lead: '{rows} 条，能搬 {can} 条。勾好的才会进日历。', filter: '按情况看',
  state: { new: '新的', changed: '有改动', unchanged: '没变', past: '过去了', cancelled: '那边取消了', repeated: '重复', faulty: '有问题' },
  said: '整个文件', columns: '认出来的列', line: '第 {n} 行', sameAs: '和第 {n} 行是同一个',
  dates: '半年里 {n} 场：{list}', datesMore: '半年里 {n} 场：{list}…', join: '、', places: '{n} 个位子', all: '全选', none: '全不选', pick: '选上「{title}」', untitled: '没写名称', end: '就这些',
  as: '搬过来先放哪儿', published: '直接发布', draft: '存成草稿', capacity: '没写位子的，每场几个', run: '搬过来 {n} 条', notYet: '还没写进日历', atOnce: '一次最多 {n} 条，剩下的再传一次这个文件',
  done: '搬好了', doneText: '点开看看，还能再改。', nothing: '这个文件早搬过了，这回什么都没变。', see: '去看活动',
  outcome: { published: '进了日历', draft: '存成草稿', updated: '照着改了', cancelled: '取消了', unchanged: '没变', refused: '没动' },
  undo: '撤回这次导入', undoText: '搬来的从日历里拿走，改过的改回去。有人报了名的、在这儿又改过的会留着，一条条列给您看。{at} 前能撤。', undoYes: '撤回', undoNo: '先留着',
  undone: '撤回了', undoneLeft: '有 {n} 条留着，原因写在下面。', undoneAll: '这次搬来的都拿走了，以后还能再搬。', back: { removed: '拿走了', restored: '改回去了', left: '留着' },
  recent: '刚搬过的', recentNote: '{n} 条，{at} 前能撤回',
}
