// Words of drafts and templates of events.
export const papers = {
  title: '草稿和样子', draft: '存成草稿', template: '存成样子', kept: { draft: '草稿存好了，街上还看不到', template: '存成样子了，下回照着办' }, kind: { draft: '草稿', template: '样子，照着办' }, untitled: '还没取名', drop: '不要「{title}」了', again: '照着再办一场',
}
