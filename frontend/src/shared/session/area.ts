import { loadArea, type Area } from '../i18n'

/** A screen that comes together with its area's words. */
export function withWords<T>(area: Area, load: () => Promise<T>): () => Promise<T> {
  return async () => {
    const [screen] = await Promise.all([load(), loadArea(area)])
    return screen
  }
}
