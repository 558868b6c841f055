// The street we are on: its stores in street order, its zone, and the clock there.
import { defineStore } from 'pinia'
import { api, ask, type Street, type StoreFront } from '../api'
import { serverNow, setServerTime } from './clock'

const DEFAULT_ZONE = 'Asia/Shanghai'

export const useStreet = defineStore('street', {
  state: () => ({ street: null as Street | null, at: 0 }),
  getters: {
    zone: (state) => state.street?.time_zone ?? DEFAULT_ZONE,
    name: (state) => state.street?.name ?? '',
    stores: (state): StoreFront[] => [...(state.street?.stores ?? [])].sort((a, b) => a.position - b.position),
  },
  actions: {
    now: () => serverNow(),
    /** Takes the street over from the server. */
    async load(): Promise<Street> {
      const street = await ask(api.GET('/street'))
      setServerTime(street.now)
      this.street = street
      this.at = Date.now()
      return street
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
