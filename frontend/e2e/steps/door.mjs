// The door: two phones at a tasting, one of them without a network; the same guest at both counts once, and the second is told.
// Afterwards thanks go out with a tap.
import assert from 'node:assert/strict'
import { Caller } from '../harness/api.mjs'
import { until } from '../harness/until.mjs'

/** A tasting that begins soon, with four guests on its list. */
export async function planned({ story }) {
  const tea = new Caller(story.base)
  const store = (await tea.enter('owner-tea')).staff[0].store.id
  const from = Date.now() + 30 * 60_000
  const event = await tea.post(`/stores/${store}/events`, {
    title: '守门那一场', story: '', place: '清和茶馆二楼', capacity: 12, starts_at: new Date(from).toISOString(), ends_at: new Date(from + 3_600_000).toISOString(),
  })
  const { items } = await new Caller(story.base).get('/demo/people')
  const names = []
  for (const { key, name } of items.filter((one) => one.role === 'shopper').slice(0, 2)) {
    const guest = new Caller(story.base)
    await guest.enter(key)
    await guest.post(`/occurrences/${event.occurrences[0].id}/sign-ups`)
    names.push(name)
  }
  story.door = { tea, store, event, occurrence: event.occurrences[0].id, names }
}

const row = (person, name) => person.page.locator('.guests li', { hasText: name })

/** The owner's phone becomes a door and loses its network; the clerk goes on with one. */
export async function apart({ tea, story }) {
  const { store, occurrence, names, tea: clerk } = story.door
  await tea.go(`/m/${store}/events/${occurrence}`)
  await tea.button('这台手机守门，没网也能签到').click()
  await tea.says('没网时还能多放')
  await tea.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined)) // what the app needs is on the phone
  await tea.look('door-ready')
  tea.expect(/^failed: /, /WebSocket/, /^console: .*ERR_INTERNET_DISCONNECTED/)
  await tea.context.setOffline(true)
  await tea.says('没网了，先记在这台手机上')
  for (const name of names) {
    await row(tea, name).getByRole('button').click()
    await row(tea, name).getByText(/\d 到/).waitFor()
  }
  await tea.button('街坊临时来的').click()
  await tea.button('放 1 位进来').click()
  await tea.says('3 位等着报上去')
  await tea.look('door-away')
  await tea.page.reload() // the app, the list and the log come from the phone
  await tea.says('3 位等着报上去')
  const { items } = await clerk.get(`/stores/${store}/occurrences/${occurrence}/guests`)
  await clerk.post(`/stores/${store}/occurrences/${occurrence}/check-ins`, { member_id: items[0].member_id })
}

/** Back on the network: everybody is in once, and this phone is told of the guest whom the other had let in. */
export async function together({ tea, story }) {
  const { store, occurrence, tea: clerk } = story.door
  await tea.context.setOffline(false)
  await tea.says('有 1 位没算上')
  await tea.page.getByText(/由.+签到了/).first().waitFor()
  await tea.look('door-told')
  await until(async () => {
    const list = await clerk.get(`/stores/${store}/occurrences/${occurrence}/guests`)
    return list.items.filter((one) => one.checked_in_at).length === 2 && list.unnamed === 1 && list.taken === 3
  }, 'the log is in the books, nobody twice')
  await tea.button('知道了').click()
  const audit = story.street.audit()
  assert.equal(audit.code, 0, audit.said)
}

/** A past event of the demo: what it brought, and thanks that go out once. */
export async function thanked({ tea, story }) {
  const { store, tea: clerk } = story.door
  const { items } = await clerk.get(`/stores/${store}/events`)
  const past = items.flatMap((one) => one.occurrences).filter((one) => Date.parse(one.ends_at) < Date.now() && one.taken > 4).sort((a, b) => b.starts_at.localeCompare(a.starts_at))
  const fresh = []
  for (const one of past) if (!(await clerk.get(`/stores/${store}/occurrences/${one.id}/results`)).thanks) fresh.push(one)
  await tea.go(`/m/${store}/events/${fresh[0].id}`)
  await tea.says('七天里在你家买了')
  await tea.button(/谢谢来的 \d+ 位/).click()
  await tea.button('都送到').click()
  await tea.page.getByText(/谢过了，送到 \d+ 位/).waitFor()
  await tea.look('door-thanks')
}
