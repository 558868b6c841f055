// An evening on the feed: what is said and seen by whom, on two devices of one person.
import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { until } from '../harness/until.mjs'

const LONG = '搬家了，我家在上海东边，周末回来 #老街坊'
const post = (person, text) => person.page.locator('article', { hasText: text }).first()
const badge = (person) => person.tab('街').locator('.n')

async function street(...people) {
  for (const one of people) {
    await one.go('/')
    await one.page.locator('article').first().waitFor()
    await one.says('人在街上') // the socket is open
  }
}

export async function said({ li, wang, tablet }) {
  await street(li, wang, tablet)
  await li.button('跟街坊说点什么').click()
  const sheet = li.page.getByRole('dialog')
  await sheet.getByRole('textbox').fill(LONG)
  const picture = await li.page.screenshot()
  await sheet.locator('input[type=file]').setInputFiles({ name: 'home.png', mimeType: 'image/png', buffer: picture })
  await sheet.locator('.is-up').first().waitFor({ state: 'detached' })
  await sheet.getByRole('button', { name: '提一家店' }).click()
  await sheet.getByRole('button', { name: '林家面馆' }).click()
  await sheet.getByText('林家面馆').first().waitFor()
  await li.look('feed-composer')
  await sheet.getByRole('button', { name: '发出去' }).click()
  const seen = post(wang, LONG)
  await seen.getByRole('button', { name: /照片/ }).waitFor()
  await seen.locator('.store-card').waitFor()
  await seen.getByRole('button', { name: '回应' }).click()
  await seen.getByRole('button', { name: /谢谢/ }).first().click()
  await seen.getByRole('link', { name: /评论/ }).click()
  await wang.page.getByLabel('接一句').fill('@李桂')
  await wang.page.getByRole('group', { name: '叫人' }).getByRole('button', { name: /李桂芳/ }).click()
  await wang.page.getByLabel('接一句').press('End')
  await wang.page.getByLabel('接一句').pressSequentially('一路顺风')
  await wang.button('说出去').click()
  await post(li, LONG).getByText('一路顺风').waitFor()
  await li.look('feed-live')
}

export async function read({ li, tablet, wang }) {
  await wang.go('/')
  await wang.page.locator('article').first().waitFor()
  for (const one of [li, tablet]) { // away from the feed, as far as both have read it
    await until(async () => await badge(one).count() === 0, 'all is read')
    await one.page.waitForTimeout(1200)
    await one.go('/me')
    await one.heading('我跟店里')
  }
  await wang.button('跟街坊说点什么').click()
  await wang.page.getByRole('dialog').getByRole('textbox').fill('下雨了，收衣服')
  await wang.page.getByRole('dialog').getByRole('button', { name: '发出去' }).click()
  for (const one of [li, tablet]) await badge(one).filter({ hasText: '1' }).waitFor()
  await tablet.shot('feed-badge')
  await li.tab('街').click()
  await post(li, '下雨了，收衣服').waitFor()
  await li.says('上次看到这儿')
  await li.look('feed-line')
  await until(async () => await badge(tablet).count() === 0, 'read on the phone clears the tablet')
}

export async function searched({ li }) {
  await li.link('找').click()
  await li.page.getByRole('searchbox').fill('上海')
  const hit = li.page.locator('.hit', { hasText: '我家在' })
  await hit.locator('mark', { hasText: '上海' }).waitFor()
  await li.look('feed-search')
  await li.page.getByRole('searchbox').fill('没有人说过的话')
  await li.says('没找到')
  await li.look('feed-search-none')
  await li.page.getByRole('searchbox').fill('上海')
  await hit.locator('a').click()
  await li.page.waitForURL(/\/posts\//)
  await li.link('#老街坊').click()
  await hit.waitFor()
  await li.page.getByRole('searchbox').fill('')
  await li.button('上海').waitFor() // what one looked for lately
  await li.shot('feed-search-recent')
}

export async function noticed({ boss, wang }) {
  await street(boss)
  const say = '周三上午停水，早点接好'
  await boss.button('跟街坊说点什么').click()
  await boss.page.getByRole('dialog').getByRole('textbox').fill(say)
  await boss.page.getByRole('dialog').getByRole('button', { name: '发出去' }).click()
  const manage = async () => {
    await post(boss, say).getByRole('button', { name: '管这条' }).click()
    await boss.page.getByRole('dialog').getByRole('button', { name: '钉在上面' }).click()
  }
  await manage()
  await boss.look('feed-pin')
  await boss.button('钉上').click()
  const notice = wang.page.locator('.pins', { hasText: say })
  await notice.waitFor()
  await wang.look('feed-pinned')
  await manage()
  await boss.button('取下来').click()
  await notice.waitFor({ state: 'detached' })
}

export async function begun({ li, tablet }) {
  await street(li)
  await li.button('跟街坊说点什么').click()
  await li.page.getByRole('dialog').getByRole('textbox').fill('写了一半的话')
  await li.page.waitForTimeout(700)
  await street(li)
  await li.button('跟街坊说点什么').click()
  await li.says('上次写了一半，还在这儿。')
  assert.equal(await li.page.getByRole('dialog').getByRole('textbox').inputValue(), '写了一半的话')
  await li.look('feed-draft')
  await li.be('王秀兰') // somebody else on the same phone
  await street(li)
  await li.button('跟街坊说点什么').click()
  assert.equal(await li.page.getByRole('dialog').getByRole('textbox').inputValue(), '')
  await street(tablet)
  await tablet.button('跟街坊说点什么').click()
  assert.equal(await tablet.page.getByRole('dialog').getByRole('textbox').inputValue(), '', 'a draft stays on its phone')
  await tablet.page.keyboard.press('Escape')
}

export async function reported({ tablet, wang, boss }) {
  const bad = '这家的东西都是假的，大家别去'
  await street(wang, boss)
  await wang.button('跟街坊说点什么').click()
  await wang.page.getByRole('dialog').getByRole('textbox').fill(bad)
  await wang.page.getByRole('dialog').getByRole('button', { name: '发出去' }).click()
  await post(tablet, bad).getByRole('button', { name: '管这条' }).click()
  const sheet = tablet.page.getByRole('dialog')
  await sheet.getByRole('textbox').fill('乱说人家')
  await sheet.getByRole('button', { name: '举报给管理员' }).click()
  await sheet.waitFor({ state: 'hidden' })
  await post(boss, bad).getByRole('button', { name: '管这条' }).click()
  await boss.page.getByRole('dialog').getByRole('button', { name: '撤下来' }).click()
  await post(tablet, bad).waitFor({ state: 'detached' })
}

/** An iPhone's photo, in a browser that cannot show it: its name stands there until the server's picture does. It lay on its side. */
export async function photographed({ li, wang }) {
  await street(li, wang)
  await li.button('跟街坊说点什么').click()
  const sheet = li.page.getByRole('dialog')
  await sheet.getByRole('textbox').fill('苹果手机拍的门口')
  await sheet.locator('input[type=file]').setInputFiles(resolve(import.meta.dirname, '../../../server/platform/blob/testdata/iphone.heic'))
  await sheet.locator('.tiles img[src*="thumb.jpg"]').waitFor()
  await li.look('feed-heic')
  await sheet.getByRole('button', { name: '发出去' }).click()
  const shown = post(wang, '苹果手机拍的门口').getByRole('button', { name: /照片/ }).locator('img')
  await until(() => shown.evaluate((img) => img.complete && img.naturalWidth > 0), 'the photo has come')
  assert.deepEqual(await shown.evaluate(corners), ['blue', 'red', 'yellow', 'green'])
}

/** The colours of a picture's four quarters, from the top left one on. In the page. */
function corners(img) {
  const canvas = document.createElement('canvas')
  const [w, h] = [canvas.width = img.naturalWidth, canvas.height = img.naturalHeight]
  const paper = canvas.getContext('2d')
  paper.drawImage(img, 0, 0)
  const known = { red: [200, 30, 30], green: [30, 160, 30], blue: [30, 30, 200], yellow: [230, 200, 30] }
  return [[1, 1], [3, 1], [1, 3], [3, 3]].map(([x, y]) => {
    const seen = paper.getImageData(x * w / 4, y * h / 4, 1, 1).data
    return Object.keys(known).find((name) => known[name].every((value, i) => Math.abs(value - seen[i]) < 40)) ?? [...seen].join()
  })
}
