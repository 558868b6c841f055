// Step 10: what she is to the stores, all that is hers, and goodbye.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'

export async function leaving({ li, wang, story }) {
  await li.tab('我').click()
  const ties = li.page.getByLabel('我跟店里')
  await ties.getByText('微关系', { exact: true }).first().waitFor() // her badge, not what the others say she could be
  await ties.getByRole('button', { name: /家都看看/ }).click()
  for (const store of ['老北京布鞋', '林家面馆']) {
    const tie = ties.locator('.ties li', { hasText: store })
    await tie.first().waitFor()
    assert.ok((await tie.first().locator('.why').innerText()).trim(), `${store} says why`)
  }
  await li.look('10-me')
  const coming = li.page.waitForEvent('download')
  await li.button('全部拿一份').click()
  const held = readFileSync(await (await coming).path(), 'utf8')
  assert.ok(JSON.parse(held))
  assert.ok(held.includes(story.li) && held.includes('17099900001'), 'her name and number are in it')

  await li.button('离开青石街').click()
  await li.page.getByLabel('写「离开」两个字').fill('离开')
  await li.look('10-leave')
  // The server ends the session and hangs up before its answer is read: her phone may ask for a new token and hear no.
  li.expect(/POST \/api\/v1\/auth\/refresh 401/)
  await li.page.getByRole('dialog').getByRole('button', { name: '离开', exact: true }).click()
  await li.says('都抹掉了')
  await li.page.waitForURL((url) => url.pathname === '/')

  await wang.page.reload()
  await wang.page.locator('article', { hasText: '雨停了，月亮出来了' }).waitFor()
  assert.equal(await wang.page.getByText(story.li).count(), 0, 'her name is gone from the street')
  const audit = story.street.audit()
  assert.equal(audit.code, 0, audit.said)
}
