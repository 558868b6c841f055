// Plays a story's steps one after the other; after a failure the rest is not tried. Then: nothing went wrong before
// anybody's eyes, axe has nothing serious to say, and the server goes when asked.
import assert from 'node:assert/strict'
import { Person } from './people.mjs'

/** @returns {Promise<boolean>} whether all went well */
export async function play(t, steps, cast, people, street) {
  let failed = false
  for (const [name, step] of steps) {
    await t.test(name, { skip: failed && 'an earlier step failed' }, async (t) => {
      try {
        await step(Object.assign(cast, { t }), street)
      } catch (error) {
        failed = true
        for (const one of people) await one.shot(`failed-${one.name}`).catch(() => null)
        throw error
      }
    })
  }
  await t.test('nothing went wrong before their eyes', () => { assert.deepEqual(people.flatMap((one) => one.problems), []) })
  await t.test('axe has nothing serious to say', (t) => {
    for (const { screen, violations } of Person.looks) for (const one of violations) t.diagnostic(`${screen}: ${JSON.stringify(one)}`)
    const serious = Person.looks.flatMap(({ screen, violations }) => violations
      .filter((one) => one.impact === 'serious' || one.impact === 'critical').map((one) => `${screen}: ${one.rule} ${one.where.join(', ')}`))
    assert.deepEqual(serious, [])
  })
  await t.test('the server goes when asked, though sockets are open', async () => { assert.equal(await street.stop(), 0) })
  return !failed
}
