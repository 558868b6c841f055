// Words of coupons that come to a member by another way than a claim, and go on to a friend.
export const handed = {
  big: '放大给店员看', bigLabel: '这张券的码，放大', brighter: '把屏幕调亮些，店里扫得快', put: '收起来',
  enter: '输入券码', enterAbout: '纸上印的、店里发的，十二个字母和数字', enterField: '券码', enterHint: '大小写、空格都不要紧', enterGo: '领这张券', entering: '正在领', entered: '领到了：{title}',
  give: '送给朋友', giveText: '发一个链接给朋友，朋友收下，券就归朋友。收下以前还是您的，能用，也能收回。', giveNew: '朋友要是还没进街，从您的链接进来，算您请来的。', giveMake: '做一个送券的链接', giveShare: '发给朋友', giveWaits: '等朋友收下', giveBack: '收回来',
  giveLimit: '朋友收下的券，不能再转给别人。', qr: '朋友扫一扫也行',
  away: '送出去的', awayEnd: '送出去的都在这儿', awayTo: '送给{name}了', awayFriend: '送给朋友了', stampGiven: '已送',
  take: {
    title: '收一张券', gift: '{name}送您一张券', link: '{store}给您一张券', paper: '一张印在纸上的券', until: '{when} 前收下', mine: '这张券已经在您的券夹里了', own: '这是您送出去的，等朋友收下', from: '{name}送的券', still: '同样的券街上还在发，可以自己领一张。', stillIn: '同样的券街上还在发，进街就能自己领一张。', another: '自己领一张', others: '看看能领的券', come: '进街看看', change: '换会员号进来', back: '回到自己的地方', go: '收下这张券', going: '正在收', not: '不收了，还给{name}', done: '收好了，在券夹里', toWallet: '去券夹看看', hello: '写手机号，券就是您的', enterIt: '进来收下', known: '这个号码已经是街坊了，直接进来收下', none: '这个链接打不开', works: '在这家店用 | 这 {n} 家店都认', staff: '店员的号收不了券，换自己的会员号',
  },
}
