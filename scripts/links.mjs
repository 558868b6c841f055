// Fails on what Markdown files name and the project does not have: relative links, their #headings, and paths in
// `code` that begin with a folder of the project. Fails, too, on a Go package that the architecture does not list.
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

let dead = 0
for (const file of files) {
  const text = withoutFences(readFileSync(file, 'utf8'))
  const links = [...text.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)].map((m) => m[1]).filter((t) => deadLink(file, t))
  const paths = [...text.matchAll(/`([^`\n]+)`/g)].map((m) => m[1]).filter(deadPath)
  for (const target of [...links, ...paths]) {
    console.error(`${file}: ${target} does not exist`)
    dead++
  }
}

// The other way round: no Go package is missing from the table of packages.
const table = readFileSync('docs/architecture.md', 'utf8')
for (const dir of new Set(git('ls-files', '-co', '--exclude-standard', '*.go').filter(existsSync).map(dirname))) {
  if (!table.includes(`| \`${dir}\` |`)) {
    console.error(`docs/architecture.md: the package ${dir} is not in the table`)
    dead++
  }
}
process.exit(dead ? 1 : 0)
