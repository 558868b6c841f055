// Every story, one after the other, for a browser keeps two cores at work; the first that fails ends the run. The street is
// opened once in an empty folder, as a new user does, and each story begins with a copy of it: its ninety days are lived
// through once.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { binary, openStreet } from './harness/server.mjs'

const STORIES = ['story', 'books', 'coupons', 'counter', 'feed', 'calendar']

function tell(story, filled) {
  const { status, error } = spawnSync(process.execPath, ['--test', join(import.meta.dirname, `${story}.test.mjs`)], {
    stdio: 'inherit', env: { ...process.env, ONESTREET_E2E_DATA: filled },
  })
  if (error) throw error
  return status === 0
}

/** What the folder has is left as it is by `onestreet seed`. */
function seedAgain(filled) {
  const { status, stdout, stderr } = spawnSync(binary(), ['seed', '--demo', '--data', filled], { encoding: 'utf8' })
  assert.deepEqual([status, stdout], [0, ''], stderr)
}

const street = await openStreet()
try {
  assert.equal(await street.stop(), 0, street.log())
  seedAgain(street.data)
  process.exitCode = STORIES.every((story) => tell(story, street.data)) ? 0 : 1
} finally {
  street.forget()
}
