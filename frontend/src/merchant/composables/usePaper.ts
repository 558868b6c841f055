// A printed code at the till: it is nobody's yet, so the next customer whose code is read gets its coupon.
import { ref, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { api, ask, keyHeader } from '@/shared/api'
import { useAction } from '@/shared/composables/useAction'
import { errorText } from '@/shared/composables/useErrorText'
import { useToast } from '@/shared/composables/useToast'
import { codeOf } from '../till'
import type { Till } from './useTill'

export function usePaper(store: Ref<string>) {
  const { t } = useI18n()
  const toast = useToast()
  const held = ref('')
  const give = useAction((key, code: string, member: string) => ask(api.POST('/stores/{store}/printed-codes', {
    params: { path: { store: store.value } }, body: { code, member_id: member }, headers: keyHeader(key),
  })))

  /** After a scan: remembers a printed code, or hands a remembered one to the customer who is here now. */
  async function follow(till: Pick<Till, 'look' | 'guest' | 'scan'>, typed: string): Promise<void> {
    if (till.look.error.value?.code === 'printed_code') {
      held.value = codeOf(typed)
      return
    }
    const member = till.guest.value?.member.id
    if (!held.value || !member) return
    const coupon = await give.run(held.value, member)
    held.value = ''
    if (give.error.value) toast.show(errorText(give.error.value, t), 'bad')
    if (!coupon) return
    toast.show(t('merchant.handing.paper'))
    await till.scan(coupon.code) // shows the customer again, with the coupon chosen
  }

  return { held, follow }
}
