// The store's receipts, the newest first, narrowed by what is looked for.
import { reactive, type Ref } from 'vue'
import { api, ask } from '@/shared/api'
import { useList } from '@/shared/composables/useList'

export interface ReceiptQuery { from: string; until: string; code: string; number: string; by: string }

const nothing = (): ReceiptQuery => ({ from: '', until: '', code: '', number: '', by: '' })

/** The query as it is sent: what is empty narrows nothing. */
export function sent(query: ReceiptQuery): { from?: string; until?: string; code?: string; number?: number; by?: string } {
  return {
    from: query.from || undefined, until: query.until || undefined, code: query.code.trim() || undefined,
    number: /^\d+$/.test(query.number.trim()) ? Number(query.number.trim()) : undefined, by: query.by || undefined,
  }
}

export function useReceipts(store: Ref<string>) {
  const query = reactive(nothing())
  const list = useList((cursor) => ask(api.GET('/stores/{store}/redemptions', { params: { path: { store: store.value }, query: { ...sent(query), cursor } } })))
  function clear(): void {
    Object.assign(query, nothing())
    void list.reload()
  }
  return { query, list, clear }
}
