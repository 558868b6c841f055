// The real thing: the built binary on a free port, with the demo street in a folder of its own.
import { spawn, spawnSync } from 'node:child_process'
import { closeSync, cpSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const READY_WITHIN = 600_000 // the demo's ninety days are lived through first
const GONE_WITHIN = 15_000

/** The binary under test: ONESTREET_BIN, or the repository's own. */
export function binary() {
  const path = process.env.ONESTREET_BIN ?? resolve(import.meta.dirname, '../../../bin/onestreet')
  if (!existsSync(path)) throw new Error(`${path} is not there: run make build, or set ONESTREET_BIN`)
  return path
}

/** A port that was free a moment ago. */
function freePort() {
  return new Promise((done, failed) => {
    const probe = createServer().once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => done(port))
    })
  })
}

/** The machine's settings of a street are not the test's. */
function surroundings() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ONESTREET_')))
}

/**
 * Starts the demo street and waits until it is ready. A copy of the folder ONESTREET_E2E_DATA, which `onestreet seed` or
 * an earlier street filled, spares its ninety days.
 * @returns {Promise<{base: string, data: string, database: string, audit: () => {code: number | null, said: string}, auditFile: (file: string) => {code: number | null, said: string}, stop: () => Promise<number | null>, log: () => string, forget: () => void}>}
 */
export async function openStreet() {
  const bin = binary()
  const data = mkdtempSync(join(tmpdir(), 'onestreet-e2e-'))
  if (process.env.ONESTREET_E2E_DATA) cpSync(process.env.ONESTREET_E2E_DATA, data, { recursive: true })
  const logFile = join(data, 'server.log')
  const addr = `127.0.0.1:${await freePort()}`
  const out = openSync(logFile, 'a')
  const child = spawn(bin, ['serve', '--demo', '--addr', addr, '--data', data], { env: surroundings(), stdio: ['ignore', out, out] })
  closeSync(out)
  const ended = new Promise((done) => { child.once('exit', (code) => done(code)) })
  const log = () => readFileSync(logFile, 'utf8').split('\n').filter((line) => !/"level":"INFO","msg":"request"|^SMS to /.test(line)).slice(-60).join('\n')
  const street = {
    base: `http://${addr}`, data, log, database: join(data, 'onestreet.db'),
    audit() {
      const run = spawnSync(bin, ['audit', '--data', data], { env: surroundings(), encoding: 'utf8' })
      return { code: run.status, said: run.stdout + run.stderr }
    },
    /** Audits an export, as a machine does that has nothing but the file. */
    auditFile(file) {
      const run = spawnSync(bin, ['audit', '--file', file], { env: surroundings(), encoding: 'utf8' })
      return { code: run.status, said: run.stdout + run.stderr }
    },
    /** Asks it to go; the exit code, or null when it had to be killed. */
    async stop() {
      child.kill('SIGTERM')
      const code = await Promise.race([ended, pause(GONE_WITHIN, null, { ref: false })])
      if (child.exitCode === null) child.kill('SIGKILL')
      return code
    },
    forget() { rmSync(data, { recursive: true, force: true }) },
  }
  await ready(street, child)
  return street
}

async function ready(street, child) {
  const until = Date.now() + READY_WITHIN
  while (Date.now() < until) {
    if (child.exitCode !== null) break
    const answer = await fetch(`${street.base}/readyz`).catch(() => null)
    if (answer?.ok) return
    await pause(150)
  }
  child.kill('SIGKILL')
  throw new Error(`the server did not become ready:\n${street.log()}`)
}
