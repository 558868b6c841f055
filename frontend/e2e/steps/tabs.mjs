// Two tabs of one person share a socket; when the one that holds it is closed the other goes on.
import assert from 'node:assert/strict'
import { until } from '../harness/until.mjs'

const article = (page, text) => page.locator('article', { hasText: text }).first()

/** Counts the sockets that a tab opens from now on. */
function sockets(page) {
  const opened = []
  page.on('websocket', (socket) => { if (socket.url().endsWith('/api/v1/ws')) opened.push(socket) })
  return opened
}

async function street(page) {
  await page.goto('/')
  await page.locator('article').first().waitFor()
  await page.getByText('人在街上').first().waitFor()
}

async function post(person, text) {
  await person.button('跟街坊说点什么').click()
  await person.page.getByRole('dialog').getByRole('textbox').fill(text)
  await person.page.getByRole('dialog').getByRole('button', { name: '发出去' }).click()
}

export async function shared({ li, wang }) {
  await street(wang.page)
  const mine = sockets(li.page)
  await street(li.page)
  await until(async () => mine.length === 1, 'the first tab opens a socket')
  const other = await li.context.newPage()
  const theirs = sockets(other)
  await street(other)
  await post(wang, '收音机里在唱评弹')
  for (const page of [li.page, other]) await article(page, '收音机里在唱评弹').waitFor()
  assert.equal(theirs.length, 0, 'the second tab opens none')
  await li.page.goto('about:blank')
  await until(async () => theirs.length === 1, 'the other tab takes over')
  await post(wang, '唱完了，散了吧')
  await article(other, '唱完了，散了吧').waitFor()
  assert.equal(theirs.length + mine.length, 2)
  await other.close()
  await street(li.page)
  await article(li.page, '唱完了，散了吧').waitFor()
}
