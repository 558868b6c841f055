// Words, one file an area and language; the other files beside them are chapters that areas are made of. Chinese of the
// shared parts comes with the app; everything else comes with the area that needs it, English only when it is chosen.
import { createI18n } from 'vue-i18n'
import { speak } from '../api/client'
import type { Lang } from '../format/date'
import shared from './zh-CN/shared'

export type Area = 'shared' | 'chat' | 'moderation' | 'helper' | 'subscribe' | 'shopper' | 'merchant' | 'alliance' | 'screen'
const KEPT = 'onestreet.language'

// The areas by name, not every file: a chapter travels inside its area's file, and only the words that the area uses.
const files = import.meta.glob<object>(
  ['./{zh-CN,en}/{shared,chat,moderation,helper,subscribe,shopper,merchant,alliance,screen}.ts', '!./zh-CN/shared.ts'],
  { import: 'default' },
)
const loaded = new Set<string>(['zh-CN/shared'])
const areas = new Set<Area>(['shared'])

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN' as string,
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': { shared } } as Record<string, Record<string, object>>,
})

/** The language in use. */
export function language(): Lang {
  return i18n.global.locale.value as Lang
}

/** Loads an area's words (and later those of any language chosen). */
export async function loadArea(area: Area): Promise<void> {
  areas.add(area)
  await load(language(), area)
}

/** Speaks another language, everywhere, and remembers it. */
export async function setLanguage(lang: Lang): Promise<void> {
  await Promise.all([...areas].map((area) => load(lang, area)))
  i18n.global.locale.value = lang
  document.documentElement.lang = lang
  speak(lang)
  try { localStorage.setItem(KEPT, lang) } catch { /* storage may be closed; then only for now */ }
}

/** What was chosen before, or what the phone speaks. */
export function preferredLanguage(): Lang {
  let kept: string | null = null
  try { kept = localStorage.getItem(KEPT) } catch { /* storage may be closed */ }
  if (kept === 'en' || kept === 'zh-CN') return kept
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

async function load(lang: Lang, area: Area): Promise<void> {
  const name = `${lang}/${area}`
  if (loaded.has(name)) return
  const messages = await files[`./${name}.ts`]!()
  loaded.add(name)
  i18n.global.mergeLocaleMessage(lang, { [area]: messages })
}
