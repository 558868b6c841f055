// Two shops and a shopper come to the street.
export async function open(cast) {
  await cast.noodles.be('店主 · 林家面馆')
  await cast.tea.be('店主 · 清和茶馆')
  await cast.li.be('李桂芳')
}
