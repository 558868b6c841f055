// The calendar in people's phones: a member's own dates, and the whole street's.
export default {
  title: '订进手机日历',
  own: { title: '我报的名', text: '报上的、候补的都会自己出现在手机日历里。改期、取消跟着改，开始前一小时手机提醒您。' },
  ask: '要一个我的地址',
  add: '加进手机日历', copy: '复制地址', copied: '地址复制好了', notCopied: '没复制上，长按地址自己选吧',
  once: '这个地址只给您看这一次。谁拿到都能看您报了什么，别发到群里；丢了就换一个。',
  since: '{at}要的地址。', asked: '手机最近来看过：{at}。', unasked: '还没有手机来看过。',
  hidden: '地址当时给您看过一次，这里不再显示。要加到别的手机，换一个新的就行。',
  renew: '换一个地址', renewTitle: '换一个地址？', renewText: '换了以后，原来的地址马上不能用，手机里要重新加一次。',
  end: '停掉', endTitle: '停掉这个地址？', endText: '手机日历不会再跟着改，里面已有的要您自己删。', ended: '停掉了',
  failed: '没取到，再试一次',
  member: '入了会才有自己的日历', join: '先入会',
  street: { title: '整条街的', text: '街上各家的活动都在里面，谁都能订。' },
  how: {
    title: '不会加？照着来',
    iphone: { name: '苹果手机', text: '点“加进手机日历”，跳出来选“订阅”，再点“完成”。' },
    android: { name: '一般安卓手机', text: '复制地址，在电脑上打开谷歌日历，点“其他日历”旁边的加号，选“通过网址添加”，粘上。手机登着同一个账号就能看到。' },
    huawei: { name: '华为', text: '复制地址，打开“日历”，在右上角的菜单和设置里找“订阅”或“URL 导入”，粘上地址。' },
    xiaomi: { name: '小米', text: '复制地址，打开“日历”，进“设置”，找“日程导入”里的“URL 导入”，粘上地址。' },
    wechat: '在微信里打不开手机日历的话，复制地址，用手机自带的浏览器打开。',
  },
}
