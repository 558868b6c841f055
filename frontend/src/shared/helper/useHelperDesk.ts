// The questions and lessons of a store, or of the street: the same desk over two sets of paths.
import { api, ask, type Lesson } from '../api'
import { useAction } from '../composables/useAction'
import { useLoad } from '../composables/useLoad'

export interface Teaching { words: string[]; text: string }

/** Without a store, the street's. */
export function useHelperDesk(store?: string) {
  const at = { store: store ?? '' }
  const questions = useLoad(() => ask(store ? api.GET('/stores/{store}/questions', { params: { path: at } }) : api.GET('/alliance/questions')))
  const lessons = useLoad(() => ask(store ? api.GET('/stores/{store}/lessons', { params: { path: at } }) : api.GET('/alliance/lessons')))

  const answering = useAction(async (_key, question: string, text: string, teach: string[]) => {
    const body = { text, teach }
    questions.data.value = await ask(store
      ? api.PUT('/stores/{store}/questions/{question}', { params: { path: { ...at, question } }, body })
      : api.PUT('/alliance/questions/{question}', { params: { path: { question } }, body }))
    if (teach.length) await lessons.reload()
    return true
  })

  const teaching = useAction(async (key, body: Teaching, lesson?: Lesson) => {
    const header = { 'Idempotency-Key': key }
    if (!lesson) await ask(store ? api.POST('/stores/{store}/lessons', { params: { path: at, header }, body }) : api.POST('/alliance/lessons', { params: { header }, body }))
    else await ask(store ? api.PUT('/stores/{store}/lessons/{lesson}', { params: { path: { ...at, lesson: lesson.id } }, body }) : api.PUT('/alliance/lessons/{lesson}', { params: { path: { lesson: lesson.id } }, body }))
    await lessons.reload()
    return true
  })

  const forgetting = useAction(async (_key, lesson: string) => {
    await ask(store ? api.DELETE('/stores/{store}/lessons/{lesson}', { params: { path: { ...at, lesson } } }) : api.DELETE('/alliance/lessons/{lesson}', { params: { path: { lesson } } }))
    await lessons.reload()
    return true
  })
  return { questions, lessons, answering, teaching, forgetting }
}

export type HelperDesk = ReturnType<typeof useHelperDesk>

/** Lines as wordings: trimmed, none empty. */
export function wordingsOf(lines: string): string[] {
  return lines.split('\n').map((line) => line.trim()).filter(Boolean)
}
