// Step 8: talk on the street, on everybody's screen within a second; and a phone that was away for a while.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { until } from '../harness/until.mjs'

const PICTURE = resolve(import.meta.dirname, '../out/01-desk.png')
const SOON = 1000

export async function talk({ owner, li, wang, t }) {
  const all = [owner, li, wang]
  for (const one of all) {
    await one.go('/')
    await one.page.locator('article').first().waitFor()
    await one.says('人在街上') // the socket is open
  }
  const tell = (what, took) => {
    t.diagnostic(`${what}: ${took} ms`)
    assert.ok(took <= SOON, `${what} took ${took} ms`)
  }
  const first = '刚纳好一双千层底，晒在门口，路过的来摸摸。'
  tell('a post with a photo', await said(owner, [li, wang], first, () => write(owner, first, PICTURE)))
  for (const one of [li, wang]) await one.page.locator('article', { hasText: first }).getByRole('button', { name: /照片/ }).waitFor()
  const second = '闻见面馆的葱油了，晚上就吃这个。'
  tell('a neighbour\'s post', await said(li, [owner, wang], second, () => write(li, second)))

  const like = wang.page.locator('article', { hasText: first }).getByRole('button', { name: '点赞' })
  tell('a like', await said(wang, [owner, li], '点赞1', async () => like, first))
  const answer = '给我留一碗，我下了班就来。'
  await wang.page.locator('article', { hasText: second }).getByRole('link', { name: /评论/ }).click()
  await wang.page.getByLabel('接一句').fill(answer)
  tell('a comment', await said(wang, [owner, li], answer, async () => wang.button('说出去')))
  await wang.look('08-talk')
  await wang.link('返回').click()
  await wang.page.locator('article').first().waitFor()
  await wang.picture('street')
  await li.look('08-feed')
}

/** How long after the tap the last of the others saw it, in ms. `prepare` answers with the button to tap. */
async function said(person, others, text, prepare, beside) {
  const button = await prepare()
  const seen = []
  for (const one of others) seen.push(await one.watchFor(text, { beside }))
  await until(() => button.isEnabled(), 'it can be sent')
  const at = await person.tap(button)
  return Math.max(...await Promise.all(seen.map((one) => one()))) - at
}

/** Words (and a photo) in the sheet; the button sends them. */
async function write(person, text, photo) {
  await person.button('跟街坊说点什么').click()
  const sheet = person.page.getByRole('dialog')
  await sheet.getByRole('textbox').fill(text)
  if (photo) {
    await sheet.locator('input[type=file]').setInputFiles({ name: 'shoes.png', mimeType: 'image/png', buffer: readFileSync(photo) })
    await sheet.locator('.is-up').first().waitFor({ state: 'detached' })
  }
  return sheet.getByRole('button', { name: '发出去' })
}

export async function away({ owner, li, wang, line, t }) {
  const posts = (person) => person.page.locator('article p.read').allInnerTexts()
  await wang.page.locator('article').first().waitFor()
  await wang.says('人在街上')
  const before = await posts(wang)
  wang.expect(/failed: /, /console: .*(WebSocket|ERR_)/)
  line.cut()
  await wang.context.setOffline(true)
  const missed = ['下雨了，屋檐下能躲。', '伞放在书店门口，随便拿。', '雨停了，月亮出来了。']
  for (const [n, text] of missed.entries()) {
    const author = n % 2 ? li : owner
    await (await write(author, text)).click()
    await author.page.locator('article', { hasText: text }).waitFor()
  }
  assert.deepEqual(await posts(wang), before, 'nothing comes through a cut line')
  await wang.look('08-away')
  line.mend()
  const from = Date.now()
  await wang.context.setOffline(false)
  await until(async () => (await posts(wang)).length >= before.length + missed.length, 'what was missed comes after')
  t.diagnostic(`caught up after ${Date.now() - from} ms`)
  assert.deepEqual(await posts(wang), [...missed.toReversed(), ...before], 'exactly those three, in order, and nothing twice')
}
