// How the audits of the books went: the last ones, kept up to date, and "audit now".
import { computed, onScopeDispose, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { api, ask, type Audit } from '@/shared/api'
import { useAction } from '@/shared/composables/useAction'
import { useFormat } from '@/shared/composables/useFormat'
import { useLoad } from '@/shared/composables/useLoad'
import { useStream } from '@/shared/realtime/useStream'

export type CheckMark = 'ok' | 'bad' | 'not'

/** A check's mark by the last audit that ended: what it did not reach has none. */
export function markOf(check: string, run: Audit | undefined): CheckMark {
  if (run?.passed.includes(check)) return 'ok'
  return run?.finding?.check === check ? 'bad' : 'not'
}

/** The key of a check's words; a check that is newer than the words has none of its own. */
export function wordsOf(check: string, known: (key: string) => boolean): string {
  const key = `alliance.audit.check.${check}`
  return known(`${key}[0]`) ? key : 'alliance.audit.check.other'
}

const askAgain = 2000 // ms; the signal may be lost

export function useAudits() {
  const { t } = useI18n()
  const { dateTime, number } = useFormat()
  const { data, error, loading, reload } = useLoad(() => ask(api.GET('/alliance/audits')))
  const now = useAction((key: string) => ask(api.POST('/alliance/audits', { params: { header: { 'Idempotency-Key': key } } })))

  const last = computed(() => data.value?.runs[0])
  const running = computed(() => last.value?.state === 'running')
  const ended = computed(() => data.value?.runs.find((one) => one.state !== 'running'))
  const state = computed(() => last.value?.state ?? 'none')
  const said = computed(() => {
    const run = last.value
    return t(`alliance.audit.say.${state.value}`, run ? { at: dateTime(run.started_at), transfers: number(run.transfers), accounts: number(run.accounts), checks: run.passed.length } : {})
  })

  async function audit(): Promise<void> {
    await now.run()
    await reload()
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  watch(data, () => {
    clearTimeout(timer)
    if (running.value) timer = setTimeout(() => { void reload() }, askAgain)
  })
  onScopeDispose(() => { clearTimeout(timer) })
  useStream('alliance', { snapshot: async () => 0, apply: () => undefined, signal: (s) => { if (s.kind === 'audit.changed') void reload() } })

  return { data, error, loading, reload, last, running, ended, state, said, audit, now }
}
