export default {
  tabs: { label: '主菜单', street: '街', coupons: '券', calendar: '历', inbox: '信', me: '我', unread: '{n} 封没看' },
}
