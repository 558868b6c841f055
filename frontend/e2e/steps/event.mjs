// Step 7: a tasting on Sunday for twenty, and the twenty-first.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import ICAL from 'ical.js'
import { Caller } from '../harness/api.mjs'
import { film, readCode } from '../harness/eyes.mjs'

const PLACES = 20

export async function tasting({ owner, li, wang, helper, story, lens }) {
  const day = nextSunday()
  await owner.tab('活动').click()
  await owner.link('办一场活动').click()
  await owner.page.getByLabel('办什么').fill(story.event)
  await owner.page.getByLabel('说几句').fill('新到的明前茶，配刚出锅的枣糕。坐下来尝一口，不买也不要紧。')
  await owner.page.getByLabel('哪天').fill(day)
  await owner.button('写进日历').click()
  await owner.heading(story.event)
  const occurrence = new URL(await settled(owner, /\/events\/[0-9a-f-]{36}$/)).pathname.split('/').at(-1)
  await owner.look('07-event')

  await signUp(li, day, story)
  await calendarFile(li, day, story)
  await full(wang, occurrence, story)
  await checkIn(li, helper, occurrence, story, lens)
}

async function settled(person, address) {
  await person.page.waitForURL(address)
  return person.page.url()
}

/** The Sunday after today, by the street's clock. */
function nextSunday() {
  const today = new Date(`${new Date().toLocaleDateString('sv', { timeZone: 'Asia/Shanghai' })}T00:00:00Z`)
  today.setUTCDate(today.getUTCDate() + 7 - today.getUTCDay())
  return today.toISOString().slice(0, 10)
}

async function signUp(li, day, { event }) {
  await li.go(`/calendar?day=${day}`)
  const card = li.page.locator('.invite', { hasText: event })
  await card.getByRole('button', { name: '报名' }).click()
  await card.getByText('已报名').waitFor()
  await card.getByText(`还剩 ${PLACES - 1} 个位子`).waitFor()
  await li.page.getByRole('button', { name: /报了名/, pressed: true }).waitFor()
  await li.look('07-calendar')
}

async function calendarFile(li, day, { event }) {
  const coming = li.page.waitForEvent('download')
  await li.page.locator('.invite', { hasText: event }).getByRole('link', { name: '添到手机' }).click()
  const file = await coming
  assert.match(file.suggestedFilename(), /\.ics$/)
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(await file.path(), 'utf8')))
  const entry = new ICAL.Event(calendar.getFirstSubcomponent('vevent'))
  assert.equal(entry.summary, event)
  assert.equal(entry.startDate.toJSDate().toISOString(), `${day}T07:00:00.000Z`, 'three in the afternoon on the street')
  assert.equal(entry.endDate.toJSDate().toISOString(), `${day}T09:00:00.000Z`)
}

/** Neighbours take the other places; who comes one too late is told so. */
async function full(wang, occurrence, { base, link }) {
  const code = link.split('/').at(-1)
  const take = async (n) => {
    const guest = new Caller(base)
    await guest.join(code, `170999001${String(n).padStart(2, '0')}`, `街坊${n}`)
    await guest.post(`/occurrences/${occurrence}/sign-ups`)
  }
  for (let n = 1; n < PLACES - 1; n++) await take(n)
  await wang.go(`/calendar/${occurrence}`)
  await wang.says('还剩 1 个位子')
  await take(PLACES - 1)
  wang.expect(/answered: POST \S+\/sign-ups 409/)
  await wang.button('报名').click()
  await wang.page.getByRole('alert').filter({ hasText: '满' }).waitFor()
  await wang.look('07-full')
}

/** Her code before the helper's camera. */
async function checkIn(li, helper, occurrence, { li: name, shoes }, lens) {
  await li.tab('券').click()
  await li.says('用过的 1')
  await li.picture('wallet')
  film(lens, await readCode(li.page.getByRole('img', { name: '会员码，给柜台扫一下' })))
  await helper.go(`/m/${shoes}/events/${occurrence}`)
  await helper.button('扫码签到').click()
  await helper.page.getByText(`${name}签到了`).first().waitFor()
  await helper.look('07-checked-in')
  film(lens, '')
  await helper.button('关上').click()
  await helper.page.locator('.guests li', { hasText: name }).getByText(/\d 到/).first().waitFor()
}
