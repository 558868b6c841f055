// The main screens that the story did not look at, each once.

export async function mainScreens({ owner, wang, coordinator, story }) {
  const store = story.shoes
  const walks = [
    [wang, { street: '/', store: `/stores/${store}`, wallet: '/coupons', calendar: '/calendar', inbox: '/inbox', me: '/me', points: '/me/points' }],
    [owner, { desk: '', coupons: '/coupons', events: '/events', customers: '/customers', ledger: '/ledger', shop: '/store', scan: '/scan' }],
    [coordinator, { referrals: '/a/referrals', stores: '/a/stores', settings: '/a/settings' }],
  ]
  for (const [person, screens] of walks) {
    for (const [name, path] of Object.entries(screens)) {
      await person.go(person === owner ? `/m/${store}${path}` : path)
      await person.page.waitForLoadState('networkidle')
      if (name === 'desk') await person.picture('desk')
      await person.look(`11-${person.name}-${name}`)
    }
  }
}
