// 小二：街坊问，他答；他不会的，人来答，答了还能教他。
export default {
  name: '小二', title: '问小二', lead: '只有您看得到。不会的，小二替您问人，答了写信给您。',
  say: '想问什么', ask: '问', asking: '小二想一想', more: '去看看',
  chips: { today: '今天有什么', open: '谁家开着', coupons: '我的券', points: '我有多少积分', levels: '等级怎么算', where: '在哪儿' }, whereStart: '哪里有卖',
  desk: '小二', deskSay: '小二答不上来的，在这里等一句话。答了，问的人收到信；教给小二，下回他自己答。',
  questions: '等着答的', noQuestions: '没有等着的，小二都答上来了', asked: '{at}问的', answer: '怎么答', answerPlace: '像站在柜台前那样说', teach: '教给小二，下回他自己答',
  wordings: '问法，一行一个', wordingsHint: '最多 10 行，每行 2 到 40 个字。写问题里的词，或者整句问题', send: '答', aside: '不用答', answered: '答了，写信告诉问的人了。', setAside: '放下了。',
  lessons: '教过小二的', noLessons: '还没教过。街坊常问的，先教上一条。', storeSays: '这家店教的，只在没人说得更准的时候由小二说，前面带店名；街坊问到店名，先说店里教的。', streetSays: '街上教的，小二先说这个。',
  add: '教一条', change: '改', forget: '忘掉', forgotten: '小二忘掉了。', taught: '教会了。', text: '小二怎么答', save: '教给小二',
}
