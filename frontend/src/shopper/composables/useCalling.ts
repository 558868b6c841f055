// Calling somebody in a text: while a name is typed after "@", who could be meant; a choice is written out and remembered.
import { ref, watch, type Ref } from 'vue'
import { api, ask, type Callable } from '@/shared/api'
import { naming } from './talkText'

const MOST = 5

export function useCalling(text: Ref<string>) {
  const offered = ref<Callable[]>([])
  const asking = ref(false)
  const chosen = ref<Callable[]>([])
  let turn = 0

  watch(text, async (now) => {
    const mine = ++turn
    const q = naming(now)
    asking.value = q !== null && chosen.value.length < MOST
    if (!asking.value || q === null) { offered.value = []; return }
    const found = await ask(api.GET('/mentionable', { params: { query: { q } } })).catch(() => ({ items: [] }))
    if (mine === turn) offered.value = found.items
  })

  function choose(one: Callable): void {
    chosen.value = [...chosen.value.filter((known) => known.id !== one.id), one]
    text.value = text.value.replace(/@[^\s@]{0,20}$/, `@${one.name} `)
  }

  /** Whom the text still calls. */
  const called = () => chosen.value.filter((one) => text.value.includes(`@${one.name}`)).map((one) => one.id)
  return { offered, asking, chosen, choose, called, known: (those: Callable[]) => { chosen.value = those }, clear: () => { chosen.value = [] } }
}
