// The words of a checkpoint's code. Two shops read them to each other: concrete things that sound and look apart. The
// list is for ever: another order, and yesterday's code would read otherwise.
const ZH = [
  '月星云雨雪雷霜虹雾山河湖海沙石火',
  '冰泉岛潮浪洞田港渠池溪泥桥井塔门',
  '窗墙瓦砖梯楼亭园街城村店庙坝闸灯',
  '伞盐糖油醋酒茶米面饼粥汤蛋肉糕奶',
  '酪蜜鱼虾蟹藕姜蒜葱椒瓜豆笋菇茄菜',
  '枣梨桃橘椰梅柳松竹枫桑槐柏樟藤兰',
  '葵草苔叶根花麦棉麻蚕马牛羊猪狗猫',
  '鸡鸭雁鹰鹤鸽鹊凤虎狮狼熊豹猴兔象',
  '鹿驼驴龟蛇蛙蝶蝉萤蝠鼠龙贝尾角蹄',
  '皮窝刀剪针线绳布绸帽鞋靴裙裤袍扣',
  '袋碗筷勺锅盘杯瓶缸桶盆箱筐桌椅毯',
  '帘镜扇皂盖刷筛书笔墨纸琴笛鼓锣铃',
  '钟旗球筝弓箭盾船桨帆锚舵网钩车轮',
  '鞭锄斧锯锤钉锁链环铁铜银金玉磁蜡',
  '柴炉尺钱票印卡梁药手耳鼻牙嘴心客',
  '春夏秋冬晨光梦南年铲篷罐粉鼎鹃梭',
].join('')

const EN = [
  'moon star cloud rain snow thunder frost rainbow fog hill river lake sea sand stone fire',
  'ice fountain island tide wave cave field harbor canal pond creek mud bridge well tower door',
  'window wall tile brick ladder loft pavilion garden street city village shop temple dam gate lamp',
  'umbrella salt sugar oil vinegar wine tea rice noodle pancake porridge soup egg meat cake milk',
  'cheese honey fish shrimp crab lotus ginger garlic scallion pepper melon bean shoot mushroom eggplant cabbage',
  'jujube pear peach orange coconut blossom willow pine bamboo maple mulberry acacia cypress camphor vine orchid',
  'sunflower grass moss leaf root flower wheat cotton hemp silkworm horse ox sheep pig dog cat',
  'hen duck goose eagle crane dove magpie phoenix tiger lion wolf bear leopard monkey rabbit elephant',
  'deer camel donkey turtle snake frog butterfly cicada firefly bat mouse dragon shell tail horn hoof',
  'leather nest knife scissors needle thread rope cloth silk hat shoe boot skirt trousers robe button',
  'bag bowl chopsticks spoon wok plate cup bottle vat bucket basin chest basket table chair blanket',
  'curtain mirror fan soap lid brush sieve book pen ink paper lute flute drum gong bell',
  'clock flag ball kite bow arrow shield boat oar sail anchor rudder net hook cart wheel',
  'whip hoe axe saw hammer nail lock chain ring iron copper silver gold jade magnet wax',
  'firewood stove ruler coin ticket stamp card beam medicine hand ear nose tooth mouth heart guest',
  'spring summer autumn winter dawn light dream south year shovel tent jug powder cauldron cuckoo shuttle',
].join(' ')

export type Tongue = 'zh-CN' | 'en'

/** The 256 words of a language, one for each byte. */
export const WORDS: Record<Tongue, string[]> = { 'zh-CN': [...ZH], en: EN.split(' ') }

/** How many words a code has. */
export const EIGHT = 8

/** The code of a hash: its first eight bytes as words. */
export function wordsOf(hash: Uint8Array, tongue: Tongue): string[] {
  return [...hash.subarray(0, EIGHT)].map((byte) => WORDS[tongue][byte]!)
}

/** What somebody typed, as bytes: eight words of either language, whatever stands between them; null if it is not that. */
export function bytesOf(typed: string): Uint8Array | null {
  const chinese = [...typed].filter((one) => /\p{Script=Han}/u.test(one))
  const spoken = chinese.length ? chinese : typed.toLowerCase().split(/[^a-z]+/).filter(Boolean)
  const bytes = spoken.map((one) => WORDS[chinese.length ? 'zh-CN' : 'en'].indexOf(one))
  return bytes.length === EIGHT && !bytes.includes(-1) ? Uint8Array.from(bytes) : null
}
