// Who sees what, and changing it: a row shows what the server said last.
import { computed, shallowRef } from 'vue'
import { api, ask, type PrivacyRow } from '@/shared/api'
import { useAction } from '@/shared/composables/useAction'
import { useLoad } from '@/shared/composables/useLoad'

export function usePrivacy() {
  const loaded = useLoad(() => ask(api.GET('/me/privacy')))
  const changed = shallowRef(new Map<string, PrivacyRow>())
  const rows = computed(() => (loaded.data.value?.stores ?? []).map((row) => changed.value.get(row.store.id) ?? row))

  const setting = useAction((_key, row: PrivacyRow, choice: { phone: boolean; muted: boolean }) =>
    ask(api.PUT('/me/privacy/{store}', { params: { path: { store: row.store.id } }, body: choice })))

  async function set(row: PrivacyRow, change: { phone?: boolean; muted?: boolean }): Promise<boolean> {
    const now = await setting.run(row, { phone: row.phone, muted: row.muted, ...change })
    if (now) changed.value = new Map(changed.value).set(row.store.id, now)
    return now !== undefined
  }

  const muted = computed(() => rows.value.filter((row) => row.muted).length)
  return { ...loaded, rows, set, busy: setting.busy, failed: setting.error, clear: setting.clear, muted }
}
