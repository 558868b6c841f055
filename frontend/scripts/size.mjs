// The shopper app's first load, in gzipped JavaScript and CSS: what the street's page needs before it shows, from the
// built files themselves. Fails above the limit.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const LIMIT = 160 * 1024
const app = fileURLToPath(new URL('../dist/app', import.meta.url))
const manifest = JSON.parse(readFileSync(join(app, '.vite/manifest.json'), 'utf8'))

/** The entry, the frame, the street, and every part they import at once, with its styles. */
const needed = new Set()
function need(key) {
  const part = manifest[key]
  if (!part) throw new Error(`size: no ${key} in the build`)
  if (needed.has(part.file)) return
  needed.add(part.file)
  for (const sheet of part.css ?? []) needed.add(sheet)
  for (const other of part.imports ?? []) need(other)
}
const start = ['index.html', 'src/shopper/ShopperLayout.vue', 'src/shopper/pages/StreetPage.vue', 'src/shared/i18n/zh-CN/shopper.ts']
start.forEach(need)

let total = 0
for (const file of [...needed].filter((name) => /\.(js|css)$/.test(name))) {
  const size = gzipSync(readFileSync(join(app, file)), { level: 9 }).length
  total += size
  process.stdout.write(`${String(size).padStart(7)}  ${file}\n`)
}
const holds = total < LIMIT
process.stdout.write(`${JSON.stringify({ figure: 'shopper.first_load', value: total, unit: 'bytes gzipped', target: `< ${LIMIT}`, holds })}\n`)
process.exitCode = holds ? 0 : 1
