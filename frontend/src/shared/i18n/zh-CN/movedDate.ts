// What the shopper sees of a moved date.
export const movedDate = {
  title: '这场改了，还来吗', from: '原来', to: '现在', place: '地方', keep: '还来，位子留着', back: '不来了，退位子', badge: '改期了，回个话',
}
