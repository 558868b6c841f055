// Every story, one after the other; the first that fails ends the run. The street's own story begins with an empty
// folder, as a new user does. The others begin with copies of one street, so that its ninety days are lived through once.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const bin = process.env.ONESTREET_BIN ?? resolve(import.meta.dirname, '../../bin/onestreet')

function run(command, args, env = {}) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } })
  if (error) throw error
  return status === 0
}

const tell = (story, env) => run(process.execPath, ['--test', join(import.meta.dirname, `${story}.test.mjs`)], env)

function tellAll() {
  if (!tell('story')) return false
  const filled = mkdtempSync(join(tmpdir(), 'onestreet-filled-'))
  try {
    return run(bin, ['seed', '--demo', '--data', filled]) &&
      ['books', 'coupons', 'counter', 'feed', 'calendar'].every((story) => tell(story, { ONESTREET_E2E_DATA: filled }))
  } finally {
    rmSync(filled, { recursive: true, force: true })
  }
}

process.exitCode = tellAll() ? 0 : 1
