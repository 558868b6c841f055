// The feed's first page is asked for while its screen is still on the way: one round trip less before the
// first post. Taken once; after that the feed asks for itself.
import { api, ask, type FeedPage } from '@/shared/api'

export const FEED = 'street'
let ahead: Promise<FeedPage> | null = null

function firstPage(): Promise<FeedPage> {
  return ask(api.GET('/feeds/{feed}/posts', { params: { path: { feed: FEED }, query: { limit: 20 } } }))
}

/** Asks now, for who comes to the street next. */
export function askAhead(): void {
  ahead ??= firstPage()
  ahead.catch(() => undefined) // whoever takes it is told
}

/** The first page: the one asked for ahead, or a fresh one. */
export function takeFirstPage(): Promise<FeedPage> {
  const taken = ahead ?? firstPage()
  ahead = null
  return taken
}
