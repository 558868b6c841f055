// Several coupons on one bill at the counter.
export const stack = {
  works: '这一单能用 {n} 张', best: '用最省的', dropped: '不能一起用，换下了{titles}', others: '还有 {n} 张用不上，看看为什么',
  lines: '按件算的券，把单子分行写', another: '再写一行', unit: '第 {n} 行，一件多少钱', pieces: '第 {n} 行，几件', goods: '第 {n} 行，什么东西', goodsHint: '什么东西', dropLine: '去掉第 {n} 行',
  rule: { gift: '送，不动账', pieces: '便宜的那件免', goods: '只减这几样', price: '一口价', sum: '减', percent: '按剩下的打折' }, left: '还剩', refused: '「{title}」这回收不了', sounds: '声音开着', muted: '声音关了',
}
