// A series that is taught and followed, a plan that goes out when the owner says so, and the street on a TV in the window.
import assert from 'node:assert/strict'
import { Person } from '../harness/people.mjs'

const TV = { width: 1920, height: 1080 }

/** The chef begins a series; a neighbour follows it and reads on. */
export async function taught({ noodles, li }) {
  await noodles.go('/series')
  await noodles.button('开一个连载').click()
  await noodles.page.getByLabel('叫什么').fill('炖一锅')
  await noodles.page.getByLabel('讲什么').fill('冬天炖什么都香')
  await noodles.page.getByRole('dialog').getByRole('button', { name: '开一个连载' }).click()
  await noodles.heading('炖一锅')
  await li.go(new URL(noodles.page.url()).pathname)
  await li.button('跟着看').click()
  await li.says('1 位跟着看')
  for (const [n, title] of [[1, '萝卜牛腩'], [2, '白菜豆腐']]) {
    await noodles.button(`讲第 ${n} 回`).click()
    await noodles.page.getByLabel('这一回讲什么').fill(title)
    await noodles.page.getByLabel('怎么讲').fill(`${title}，小火慢慢来。`)
    await noodles.button('讲出去').click()
    await noodles.page.locator('.parts-list').getByText(title).waitFor()
  }
  await noodles.look('feed-series-own')
  await li.page.reload()
  await li.link('从头看起').click()
  await li.heading('萝卜牛腩')
  await li.look('feed-part')
  await li.link(/第 2 回：白菜豆腐/).click()
  await li.heading('白菜豆腐')
  await li.page.getByText('讲到这儿了').first().scrollIntoViewIfNeeded()
  await li.link('返回').click()
  await li.says('您都看完了')
  await li.look('feed-series')
}

/** Something is drafted, and is on the street when the owner lets it out. */
export async function planned({ noodles, li }) {
  await noodles.go(`/m/${noodles.store}/plan`)
  await noodles.heading('要说的话')
  await noodles.button('写一条').nth(1).click()
  const text = '三轮车师傅每天第一碗，今天说汤淡了，明天多搁半勺盐。'
  await noodles.page.getByLabel('写什么').fill(text)
  await noodles.button('存成草稿').click()
  const card = noodles.page.locator('.plan-item', { hasText: text })
  await card.getByRole('button', { name: '什么时候发' }).click()
  await noodles.button('到点发').click()
  await card.locator('.plan-state', { hasText: /发$/ }).waitFor()
  await noodles.look('feed-plan')
  await card.getByRole('button', { name: '什么时候发' }).click()
  await noodles.button('现在就发').click()
  await card.locator('.plan-state', { hasText: /发了$/ }).waitFor()
  await li.go('/')
  await li.page.locator('article', { hasText: text }).waitFor()
}

/** A TV is lit, shows what is said, loses what is taken down, and goes dark when its screen is switched off. */
export async function lit({ noodles, li, story }) {
  await noodles.go(`/m/${noodles.store}/screens`)
  await noodles.button('开一块屏').click()
  await noodles.page.getByLabel('放在哪').fill('门口')
  await noodles.page.getByRole('dialog').getByRole('button', { name: '开一块屏' }).click()
  const address = await noodles.page.locator('.tv-url').getAttribute('href')
  await noodles.look('feed-screen-open')
  await noodles.button('关上').click()
  const tv = await Person.come(li.context.browser(), story.base, 'tv', { size: TV })
  tv.expect(/GET \/api\/v1\/screen 410/)
  await tv.go(`/screen${new URL(address).hash}`)
  await tv.says('扫码进街')
  await tv.look('feed-tv')
  const text = '巷口的桂花开了，路过的闻闻。'
  const seen = await tv.watchFor(text)
  await li.go('/')
  await li.button('跟街坊说点什么').click()
  await li.page.getByRole('textbox', { name: '跟街坊说点什么' }).fill(text)
  await li.button('发出去').click()
  await seen()
  await li.page.locator('article', { hasText: text }).getByRole('button', { name: '管这条' }).click()
  await li.button('撤下来').last().click()
  await tv.page.locator('.tv-post', { hasText: text }).waitFor({ state: 'detached' })
  await noodles.button('改').last().click()
  await noodles.button('停用这块屏').click()
  await noodles.button('停用这块屏').click()
  await tv.says('这块屏已经停用了')
  assert.deepEqual(tv.problems, [])
  await tv.context.close()
}
