// Steps 1 and 2: the poster on the door, and who comes in by it.
import assert from 'node:assert/strict'
import { groupsOf } from '../harness/api.mjs'
import { readCode } from '../harness/eyes.mjs'
import { numberIn, until } from '../harness/until.mjs'

const OWNER = '17099000100'

export async function poster({ owner, story }) {
  await owner.go('/login')
  await owner.heading('留个号码，进来')
  await owner.look('01-login')
  await owner.typeIn(OWNER)
  await owner.page.waitForURL(/\/m\/[0-9a-f-]+$/)
  story.shoes = new URL(owner.page.url()).pathname.split('/')[2]
  await owner.says('今天到店')
  await owner.look('01-desk')
  await owner.tab('店').click()
  await owner.link('贴门口的海报').click()
  const code = owner.page.getByRole('img', { name: /^入会码/ })
  await code.waitFor()
  await owner.look('01-poster')
  story.link = await readCode(code)
  assert.match(story.link, new RegExp(`^${story.base}/j/[0-9A-Za-z-]+$`), 'the poster leads to the store\'s door')
  await owner.link('返回').click()
}

export async function joining({ owner, li, wang, coordinator, caller, story }) {
  const before = await groupsOf(caller, story.shoes)
  await owner.tab('柜台').click()
  const desk = () => owner.page.getByLabel('今天的账').locator('.num').nth(1).innerText().then(numberIn)
  const members = () => coordinator.page.getByLabel('合计').locator('.num').first().innerText().then(numberIn)
  await owner.says('今天到店')
  const [newToday, total] = [await desk(), await members()]

  await li.go(story.link)
  await li.heading(/来啦？/)
  await li.says('陈姐')
  await li.says('老北京布鞋')
  await li.look('02-door')
  await join(li, '17099900001')
  await li.look('02-joined')
  await until(async () => await desk() === newToday + 1, 'the owner\'s desk counts the new member')
  await until(async () => await members() === total + 1, 'the overview counts the new member')
  await li.link('逛逛这条街').click()
  await named(li, story.li)
  await card(li, story)

  const after = await groupsOf(caller, story.shoes)
  assert.equal(after.referral_pending.count, before.referral_pending.count + 1)
  assert.equal(after.referral_pending.sum, before.referral_pending.sum + 200, 'two yuan wait for the shoe shop')
  await owner.tab('账').click()
  await owner.says(`（${after.referral_pending.count} 笔）等新会员买第一单`)
  await owner.page.locator('#referral').getByText('待入账').first().waitFor()
  await owner.look('02-ledger')

  await wang.go(story.link)
  await join(wang, '17099900002')
  await wang.link('逛逛这条街').click()
  await named(wang, story.wang)
}

async function join(person, phone) {
  await person.typeIn(phone)
  await person.heading(/第 [\d,]+ 位街坊/)
}

/** A neighbour says what to be called. */
export async function named(person, name) {
  await person.tab('我').click()
  await person.button('改名字和头像').click()
  await person.page.getByLabel('街坊怎么叫你').fill(name)
  await person.button('就这样').click()
  await person.says('改好了')
}

/** Her card, and its code, which turns within half a minute. */
async function card(person, story) {
  await person.tab('券').click()
  await person.heading('我的券')
  const text = await readCode(person.page.getByRole('img', { name: '会员码，给柜台扫一下' }))
  assert.match(text, /^OS1\.[0-9a-f-]{36}\.\d{8}$/)
  await person.look('02-card')
  const code = text.slice(-8)
  // Half a minute is long: the story goes on meanwhile, and step 3 asks what came of it.
  story.turns = until(async () => await digits(person.page) !== code, 'the code turns after 30 seconds', 31_000).then(() => null, (error) => error)
}

/** The eight digits on a member's card. */
export async function digits(page) {
  const code = page.getByLabel('会员码', { exact: true }).locator('.code .num')
  const text = await until(async () => {
    const said = (await code.innerText()).replaceAll(/\s/g, '')
    return /^\d{8}$/.test(said) && said
  }, 'the card shows eight digits')
  return text
}
