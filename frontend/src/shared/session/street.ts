// The street we are on: its stores in street order, its zone, and the clock there.
import { defineStore } from 'pinia'
import { api, ask, type Street, type StoreFront } from '../api'
import { asApiError } from '../api/error'
import { keep, recall } from '../offline/kept'
import { serverNow, setServerTime } from './clock'

const DEFAULT_ZONE = 'Asia/Shanghai'
let onItsWay: Promise<Street> | null = null

export const useStreet = defineStore('street', {
  state: () => ({ street: null as Street | null, at: 0 }),
  getters: {
    zone: (state) => state.street?.time_zone ?? DEFAULT_ZONE,
    name: (state) => state.street?.name ?? '',
    stores: (state): StoreFront[] => [...(state.street?.stores ?? [])].sort((a, b) => a.position - b.position),
  },
  actions: {
    now: () => serverNow(),
    /** Takes the street over from the server; without a network, as it was when last seen. Asked once at a time. */
    load(): Promise<Street> {
      onItsWay ??= this.fetch().finally(() => { onItsWay = null })
      return onItsWay
    },
    async fetch(): Promise<Street> {
      try {
        const street = await ask(api.GET('/street'))
        setServerTime(street.now)
        this.at = Date.now()
        void keep('street', street)
        return this.street = street
      } catch (thrown) {
        const kept = this.street ?? (asApiError(thrown).code === 'offline' ? (await recall<Street>('street'))?.value : undefined)
        if (!kept) throw thrown
        return this.street = kept
      }
    },
    /** As load, but not again within a minute. */
    async ensure(): Promise<Street> {
      return this.street && Date.now() - this.at < 60_000 ? this.street : this.load()
    },
    store(id: string): StoreFront | undefined {
      return this.street?.stores.find((store) => store.id === id)
    },
  },
})
