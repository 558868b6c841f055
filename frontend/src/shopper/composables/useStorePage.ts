// What a store's page shows. The store itself must come; its coupons, dates and the reader's tie are shown
// when they do.
import { computed, shallowRef } from 'vue'
import { api, ask, type Campaign, type MyLevel, type Occurrence, type Pinned } from '@/shared/api'
import { useFormat } from '@/shared/composables/useFormat'
import { useLoad } from '@/shared/composables/useLoad'
import { useSession } from '@/shared/session/session'
import { serverNow } from '@/shared/session/clock'

const SHOWN_DATES = 3

export function useStorePage(id: string) {
  const session = useSession()
  const format = useFormat()
  const { data: store, loading, error, reload } = useLoad(() => ask(api.GET('/stores/{store}', { params: { path: { store: id } } })))
  const campaigns = shallowRef<Campaign[]>([])
  const occurrences = shallowRef<Occurrence[]>([])
  const levels = shallowRef<MyLevel[]>([])
  const pinned = shallowRef<Pinned[]>([])

  async function fetchCampaigns(): Promise<void> {
    const page = await ask(api.GET('/campaigns', { params: { query: { limit: 100 } } }))
    campaigns.value = page.items.filter((one) => [one.store, ...one.stores].some((store) => store.id === id))
  }

  async function fetchDates(): Promise<void> {
    const today = format.localDate(serverNow())
    const months = [today.slice(0, 7), nextMonth(today.slice(0, 7))]
    const calendars = await Promise.all(months.map((month) => ask(api.GET('/calendar', { params: { query: { month } } }))))
    const coming = calendars.flatMap((calendar) => calendar.items)
      .filter((one) => one.stores.some((store) => store.id === id) && one.state === 'published' && Date.parse(one.ends_at) > serverNow())
    occurrences.value = coming.filter((one, i) => coming.findIndex((other) => other.id === one.id) === i).slice(0, SHOWN_DATES)
  }

  async function fetchLevel(): Promise<void> {
    if (session.member) levels.value = (await ask(api.GET('/me/levels'))).items
  }

  async function fetchPinned(): Promise<void> {
    pinned.value = (await ask(api.GET('/stores/{store}/pin', { params: { path: { store: id } } }))).items
  }

  for (const fetch of [fetchPinned, fetchCampaigns, fetchDates, fetchLevel]) fetch().catch(() => undefined)
  const level = computed(() => levels.value.find((one) => one.store.id === id) ?? null)

  function claimed(campaign: string, mine: number): void {
    campaigns.value = campaigns.value.map((one) => (one.id === campaign ? { ...one, mine } : one))
  }

  return { store, pinned, level, campaigns, occurrences, loading, error, reload, claimed }
}

/** "2026-12" → "2027-01". */
function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}
