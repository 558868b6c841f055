import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { i18n, loadArea, type Area } from '.'

const here = import.meta.dirname
const src = join(here, '../..')
const all = import.meta.glob<{ default: object }>('./{zh-CN,en}/*.ts', { eager: true })

function keys(tree: object, at = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null ? keys(value, `${at}${key}.`) : [`${at}${key}`])
}

function messages(lang: string, area: string): object {
  return all[`./${lang}/${area}.ts`]!.default
}

function sources(dir: string): string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name)
    if (statSync(path).isDirectory()) return sources(path)
    return /\.(vue|ts)$/.test(name) && !name.endsWith('.test.ts') ? [path] : []
  })
}

const areas: Area[] = ['shared', 'chat', 'moderation', 'helper', 'subscribe', 'shopper', 'merchant', 'alliance', 'screen']

describe('words', () => {
  it.each(areas)('%s comes when it is asked for', async (area) => {
    await loadArea(area)
    expect(i18n.global.getLocaleMessage('zh-CN')).toHaveProperty(area)
  })

  it.each(areas)('%s has the same keys in Chinese and English', (area) => {
    expect(keys(messages('en', area)).sort()).toEqual(keys(messages('zh-CN', area)).sort())
  })

  it.each(areas)('%s says something under every key', (area) => {
    for (const lang of ['zh-CN', 'en']) {
      for (const [key, text] of Object.entries(flat(messages(lang, area)))) expect(text, `${lang} ${area}.${key}`).not.toBe('')
    }
  })

  it.each(areas)('%s uses the same places to fill in both languages', (area) => {
    const zh = flat(messages('zh-CN', area))
    const en = flat(messages('en', area))
    for (const key of Object.keys(zh)) expect(places(en[key] ?? ''), `${area}.${key}`).toEqual(places(zh[key] ?? ''))
  })

  it('knows every key the screens ask for', () => {
    const known = new Set(areas.flatMap((area) => keys(messages('zh-CN', area)).map((key) => `${area}.${key}`)))
    const asked = sources(src).flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/(?<![\w$])t\(\s*'([\w.-]+)'/g)].map((m) => `${m[1]}`))
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.filter((key) => !known.has(key))).toEqual([])
  })

  // A key is asked for as it stands, as a branch that is read whole, or by a name that is put together: `shopper.level.${level}`.
  it('has no word that nobody says', () => {
    const text = sources(src).filter((path) => !path.startsWith(here)).map((path) => readFileSync(path, 'utf8')).join('\n')
    const whole = new Set([...text.matchAll(/['"`](\w[\w-]*(?:\.[\w-]+)+)['"`]/g)].map((m) => m[1]!))
    const made = [...new Set([...text.matchAll(/`([a-z]\w*\.(?:[\w.[\]-]|\$\{[^{}`]*\})*)`/g)].map((m) => m[1]!.replaceAll('[', '.').replaceAll(']', '')))]
      .map((name) => new RegExp(`^${name.split(/\$\{[^}]*\}/).map((part) => part.replaceAll('.', '\\.')).join('[\\w.-]+')}$`))
    const said = (key: string) => whole.has(key) || whole.has(key.replace(/\.\d+$/, '')) || made.some((name) => name.test(key))
    const silent = areas.flatMap((area) => keys(messages('zh-CN', area)).map((key) => `${area}.${key}`)).filter((key) => !said(key))
    expect(silent).toEqual([])
  })

  it('calls a store a store', () => {
    for (const area of areas) {
      for (const [key, text] of Object.entries(flat(messages('en', area)))) expect(text, `${area}.${key}`).not.toMatch(/\bshops?\b(?! window)/i)
    }
  })

  it('never uses an exclamation mark', () => {
    for (const area of areas) {
      for (const lang of ['zh-CN', 'en']) {
        for (const text of Object.values(flat(messages(lang, area)))) expect(text).not.toMatch(/[!！]/)
      }
    }
  })
})

function flat(tree: object, at = ''): Record<string, string> {
  return Object.fromEntries(Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null ? Object.entries(flat(value, `${at}${key}.`)) : [[`${at}${key}`, String(value)]]))
}

function places(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!))].sort()
}
