// Fails on what Markdown files name and the project does not have: relative links, their #headings, and paths in
// `code` that begin with a folder of the project, and Go tests. Fails, too, on a Go package that the architecture does not list.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

const git = (...args) => execFileSync('git', args, { encoding: 'utf8' }).split('\n').filter(Boolean)
const files = git('ls-files', '-co', '--exclude-standard', '*.md').filter(existsSync)
const ignored = (path) => {
  try {
    return git('check-ignore', path).length > 0
  } catch {
    return false
  }
}

const withoutFences = (text) => text.replace(/^(```|~~~)[\s\S]*?^\1/gm, '')

// As GitHub makes a heading's id: lower case, punctuation gone, spaces to dashes.
const anchors = (file) =>
  new Set(
    [...withoutFences(readFileSync(file, 'utf8')).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map(([, heading]) =>
      heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replace(/\s/g, '-'),
    ),
  )

function deadLink(file, target) {
  if (/^[a-z][a-z+.-]*:/i.test(target)) return false
  const [path, anchor] = decodeURI(target).split('#')
  const found = path ? normalize(join(dirname(file), path)) : file
  if (!existsSync(found)) return true
  return Boolean(anchor) && statSync(found).isFile() && found.endsWith('.md') && !anchors(found).has(anchor)
}

const folders = 'models|server|seeds|frontend|docs|scripts|deploy|\\.ci'
const isPath = new RegExp(`^(${folders})/[\\w./-]*$`)
const deadPath = (code) => isPath.test(code) && !existsSync(code) && !ignored(code)

const goFiles = git('ls-files', '-co', '--exclude-standard', '*.go').filter(existsSync)
const tests = new Set(
  goFiles.filter((file) => file.endsWith('_test.go')).flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/^func (Test\w+)\(/gm)].map((m) => m[1])),
)
const deadTest = (code) => /^Test[A-Z]\w+$/.test(code) && !tests.has(code)

let dead = 0
for (const file of files) {
  const text = withoutFences(readFileSync(file, 'utf8'))
  const links = [...text.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)].map((m) => m[1]).filter((t) => deadLink(file, t))
  const paths = [...text.matchAll(/`([^`\n]+)`/g)].map((m) => m[1]).filter((code) => deadPath(code) || deadTest(code))
  for (const target of [...links, ...paths]) {
    console.error(`${file}: ${target} does not exist`)
    dead++
  }
}

// The other way round: no Go package is missing from the table of packages.
const table = readFileSync('docs/architecture.md', 'utf8')
for (const dir of new Set(goFiles.map(dirname))) {
  if (!table.includes(`| \`${dir}\` |`)) {
    console.error(`docs/architecture.md: the package ${dir} is not in the table`)
    dead++
  }
}
process.exit(dead ? 1 : 0)
