// Two shops say that they brought one neighbour in: a link first, a counter three days later; both say their word on their
// phones, the coordinator decides, and both ledgers tell it.
import assert from 'node:assert/strict'
import { until } from '../harness/until.mjs'

const PHONE = '17099900031'
const WORD = '链接是老吴昨晚发给她的，她今天来喝茶，路过才扫的码。'
const ANSWER = '她在我们柜台站了半个钟头，鞋都试了三双。'
const VERDICT = '链接是茶馆先给的，人也是冲着茶馆来的。'

/** A neighbour follows the tea house's link on her phone, and on the same phone scans the shoe shop's counter and joins. */
export async function contested({ guest, story }) {
  const { shoes, tea } = story.keepers
  const shared = (await tea.caller.get(`/stores/${tea.store}/join-links`)).items.find((one) => one.kind === 'poster')
  const counter = (await shoes.caller.get(`/stores/${shoes.store}/join-links`)).items.find((one) => one.kind === 'counter')
  await guest.go(shared.url)
  await guest.heading(/来啦？/)
  await guest.says('清和茶馆')
  await guest.go(counter.url)
  await guest.says('老北京布鞋')
  await guest.typeIn(PHONE)
  await guest.heading(/第 [\d,]+ 位街坊/)
  const head = story.head
  const mine = await until(async () => (await head.get('/alliance/referrals?limit=1')).items.find((one) => one.evidence.length === 2), 'both claims are on record')
  assert.equal(mine.store.slug, 'shoes', 'the counter beats the link')
  story.contested = mine.member
}

export async function objected({ tea, shoes, story }) {
  await tea.go(`/m/${story.keepers.tea.store}/ledger`)
  const lost = tea.page.locator('details.case', { hasText: `${story.contested}，算布鞋的` })
  await lost.locator('summary').click()
  await lost.getByText('柜台扫的码大过转的链接。').waitFor()
  await tea.look('31-lost')
  await lost.getByRole('button', { name: '提异议' }).click()
  const say = tea.page.getByRole('dialog')
  await say.getByLabel('为什么说是你家带来的').fill(WORD)
  await tea.look('31-reason')
  await say.getByRole('button', { name: '提异议' }).click()
  await tea.says('提了异议，等布鞋说明')

  await shoes.go(`/m/${story.keepers.shoes.store}`)
  await shoes.says('茶馆对一笔推荐金有异议')
  await shoes.look('31-desk')
  await shoes.tab('账').click()
  const mine = shoes.page.locator('#cases details.case', { hasText: story.contested })
  await shoes.says('其中有异议，等你说明')
  await mine.getByText('两家都说是自己带来的').waitFor()
  await mine.scrollIntoViewIfNeeded()
  await shoes.look('31-case')
  await mine.getByRole('button', { name: '去说明' }).click()
  const answer = shoes.page.getByRole('dialog')
  await answer.getByRole('textbox').fill(ANSWER)
  await answer.getByRole('button', { name: '说好了，交给协调人' }).click()
  await shoes.says('说明了，等协调人定')
}

export async function decided({ coordinator, tea, shoes, story }) {
  await coordinator.go('/a/referrals')
  const card = coordinator.page.locator('.docket article', { hasText: story.contested })
  await card.getByText(WORD).waitFor()
  await card.getByText(ANSWER).waitFor()
  await coordinator.look('31-docket')
  await card.getByRole('button', { name: '判一判' }).click()
  const sheet = coordinator.page.getByRole('dialog')
  await sheet.getByRole('radio', { name: '清和茶馆' }).check()
  await sheet.getByLabel('为什么这么判').fill(VERDICT)
  await sheet.getByRole('button', { name: '就这么判' }).click()
  await coordinator.says('判给了茶馆')
  await card.waitFor({ state: 'detached' })

  for (const [person, says] of [[tea, '判给了我们家'], [shoes, '判给了茶馆']]) {
    await person.page.reload()
    const closed = person.page.locator('#cases details.case', { hasText: story.contested })
    await closed.getByText(says, { exact: true }).waitFor()
    await closed.locator('summary').click()
    await closed.getByText(VERDICT).waitFor()
    await person.look(`31-decided-${person.name}`)
  }
  const member = (await story.head.get(`/alliance/referrals?q=${encodeURIComponent(story.contested)}`)).items[0]
  assert.deepEqual([member.store.slug, member.state, member.objections[0].state], ['tea', 'pending', 'upheld'])
  const audit = story.street.audit()
  assert.equal(audit.code, 0, audit.said)
  assert.match(audit.said, /referral\.objections/)
}
