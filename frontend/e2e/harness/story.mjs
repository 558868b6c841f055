// A story on a street of its own: the server, one browser, the people who come, the steps, and what holds after them.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { film } from './eyes.mjs'
import { openBrowser, Person } from './people.mjs'
import { play } from './play.mjs'
import { openStreet } from './server.mjs'

const WITHIN = 480_000

/**
 * Tells a story. `people` lists who comes, by the name that the steps know them by, with how each one's screen is.
 * @param {string} name
 * @param {Record<string, object>} people
 * @param {[string, (cast: object, street: object) => Promise<void>][]} steps
 */
export function tell(name, people, steps) {
  test(name, { timeout: 2 * WITHIN }, async (t) => {
    const street = await openStreet()
    t.after(() => street.forget())
    const began = Date.now()
    const { cast, leave } = await gather(street, people)
    const well = await play(t, steps, cast, Object.keys(people).map((one) => cast[one]), street)
    await leave()
    if (!well) process.stdout.write(`\nThe server's last words:\n${street.log()}\n`)
    const took = Date.now() - began
    t.diagnostic(`the story took ${Math.round(took / 1000)} s`)
    assert.ok(took < WITHIN, `the story is to take less than ${WITHIN / 1000} s`)
  })
}

async function gather(street, people) {
  const scratch = mkdtempSync(join(tmpdir(), 'onestreet-film-'))
  const lens = join(scratch, 'lens.y4m')
  film(lens, '')
  const browser = await openBrowser(lens, { fresh: false })
  const cast = { lens, story: { base: street.base, street } }
  for (const [name, how] of Object.entries(people)) cast[name] = await Person.come(browser, street.base, name, how)
  return { cast, async leave() {
    await browser.close()
    rmSync(scratch, { recursive: true, force: true })
  } }
}
