// The service worker keeps the shell on the phone. A new version waits until the person says so: a page
// must not change under the hands of somebody who is paying or writing.
import { readonly, shallowRef } from 'vue'

const waiting = shallowRef<ServiceWorker | null>(null)

/** A new version that waits, or null. */
export const newVersion = readonly(waiting)

export function registerWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  addEventListener('load', () => {
    navigator.serviceWorker.register('/sw.js').then(watch, () => undefined) // without it the app just needs the network
  }, { once: true })
}

function watch(registration?: ServiceWorkerRegistration): void {
  if (!registration) return // some browsers have the API and do nothing with it
  offer(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing
    coming?.addEventListener('statechange', () => { if (coming.state === 'installed') offer(coming) })
  })
}

function offer(worker: ServiceWorker | null): void {
  if (worker && navigator.serviceWorker.controller) waiting.value = worker // the first install is no news
}

/** Takes the new version and starts over with it. */
export function takeNewVersion(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waiting.value?.postMessage({ type: 'SKIP_WAITING' })
}
