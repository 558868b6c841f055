// The coupons that the member gave to friends, or tries to: kept on the phone, so that the wallet can name them offline.
import { api, ask, keyHeader, type Gift } from '@/shared/api'
import { useAction } from '@/shared/composables/useAction'
import { useLoad } from '@/shared/composables/useLoad'
import { useShelf } from './useMine'

export function useGifts() {
  const { data, reload } = useLoad<Gift[]>(async () => (await ask(api.GET('/me/gifts'))).items, { kept: useShelf()('gifts') })
  const make = useAction((key, coupon: string) => ask(api.POST('/me/coupons/{coupon}/gift', { params: { path: { coupon } }, headers: keyHeader(key) })))
  const back = useAction((key, gift: string) => ask(api.POST('/me/gifts/{gift}/take-back', { params: { path: { gift } }, headers: keyHeader(key) })))

  /** Puts the server's own answer in the list: nothing is shown as given before it is. */
  function put(now: Gift | undefined): boolean {
    if (now) data.value = [now, ...(data.value ?? []).filter((one) => one.id !== now.id)]
    return now !== undefined
  }

  return {
    reload, make, back,
    /** The gift on which a coupon is on its way. */
    open: (coupon: string) => data.value?.find((one) => one.coupon_id === coupon && one.state === 'open'),
    /** The gift by which it went to a friend. */
    gone: (coupon: string) => data.value?.find((one) => one.coupon_id === coupon && one.state === 'taken'),
    give: async (coupon: string) => put(await make.run(coupon)),
    takeBack: async (gift: string) => put(await back.run(gift)),
  }
}
export type Gifts = ReturnType<typeof useGifts>
