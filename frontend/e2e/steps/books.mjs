// The coordinator audits, takes the books along, and a machine without the server works them out again; then a row is
// found that somebody changed.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

const told = /(\d[\d,]*) 笔账，([\d,]+) 个账户，(\d+) 样都对/

/** From the referral ledger to the audit's page; "audit now", and everything holds. */
export async function audited({ coordinator, head }) {
  await coordinator.go('/a/referrals')
  await coordinator.page.locator('.audit-strip', { hasText: '账都对得上' }).click()
  await coordinator.heading('查账')
  const before = (await head.get('/alliance/audits')).runs[0].id
  await coordinator.button('现在查一遍').click()
  await coordinator.page.locator('.audit-runs li.is-passed', { hasText: '协调人查的' }).waitFor()
  await coordinator.page.locator('.audit-state.is-passed').waitFor()
  const { runs, checks } = await head.get('/alliance/audits')
  assert.notEqual(runs[0].id, before)
  assert.equal(runs[0].state, 'passed')
  assert.deepEqual(runs[0].passed, checks, 'every check was carried out')
  const [, transfers] = told.exec(await coordinator.page.locator('.audit-state').innerText()) ?? []
  assert.equal(Number(transfers?.replaceAll(',', '')), runs[0].transfers)
  assert.equal(await coordinator.page.locator('.audit-checks .is-ok').count(), checks.length)
  await coordinator.look('40-audit')
}

/** The file holds by itself; with one digit changed it does not, and the line is named. */
export async function takenAlong({ coordinator, story }) {
  const coming = coordinator.page.waitForEvent('download')
  await coordinator.button('导出账本').click()
  const file = await (await coming).path()
  const whole = story.street.auditFile(file)
  assert.equal(whole.code, 0, whole.said)
  assert.match(whole.said, /✓ ledger\.checkpoints/)
  assert.match(whole.said, /✓ settlement\.statements/)

  const lines = gunzipSync(readFileSync(file)).toString().split('\n')
  const at = lines.findIndex((line) => line.startsWith('{"record":"transfer"'))
  lines[at] = lines[at].replace(/"amount":(\d+)/, (_, n) => `"amount":${Number(n) + 1}`)
  const bent = `${file}.jsonl`
  writeFileSync(bent, lines.join('\n'))
  const found = story.street.auditFile(bent)
  assert.equal(found.code, 1)
  assert.match(found.said, new RegExp(`✗ line ${at + 1}, transfer: ledger\\.transfers: .*the row was changed`))
}
