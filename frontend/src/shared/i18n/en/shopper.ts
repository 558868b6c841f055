export default {
  tabs: { label: 'Main menu', street: 'Street', coupons: 'Coupons', calendar: 'Calendar', inbox: 'Inbox', me: 'Me', unread: '{n} unread' },
}
