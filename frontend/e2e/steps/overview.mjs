// Step 9: the coordinator's page has counted it all by itself.
import assert from 'node:assert/strict'
import { numberIn, until } from '../harness/until.mjs'

/** The five figures at the head of the page, as it stands. */
export async function figures({ page }) {
  const [members, visits, redemptions, events] = await page.getByLabel('合计').locator('.num').allInnerTexts()
  return { members: numberIn(members), visits: numberIn(visits), redemptions: numberIn(redemptions), events: numberIn(events) }
}

export async function overview({ coordinator, head, story }) {
  const wanted = { members: story.began.members + 2 + 19, redemptions: story.began.redemptions + 1 }
  await until(async () => {
    const now = await figures(coordinator)
    return now.members === wanted.members && now.redemptions === wanted.redemptions && now.visits > story.began.visits
  }, `the page counts ${wanted.members} members, ${wanted.redemptions} redemptions and her visits`)
  for (const text of ['带进来一位新会员', '借贷相等']) await coordinator.says(text)
  assert.ok(await coordinator.page.locator('.held').count() > 0, 'small figures are withheld')
  assert.ok(await coordinator.page.getByText('人太少，不报数').count() > 0)
  const truth = await head.get('/alliance/overview?days=30')
  assert.equal(truth.ledger.balanced, true)
  const screen = await coordinator.page.locator('.books').innerText()
  for (const part of ['pending', 'posted', 'commission', 'coupon']) {
    const yuan = (truth.ledger[part].amount.amount / 100).toLocaleString('en', { minimumFractionDigits: 2 })
    assert.ok(screen.includes(yuan), `the book's ${part} is ${yuan}`)
  }
  await coordinator.picture('overview')
  await coordinator.look('09-overview')
}
