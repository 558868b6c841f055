// In whose name one can speak on the street: one's own, when one is a member, and one's stores'.
import { computed, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useSession } from '@/shared/session/session'
import { useStreet } from '@/shared/session/street'

export interface Voice { storeId: string; name: string; face: string; note: string }

export function useVoices() {
  const { t } = useI18n()
  const session = useSession()
  const street = useStreet()
  const chosen = ref<string | null>(null)

  const voices = computed<Voice[]>(() => {
    const member = session.member
    const own = member ? [{ storeId: '', name: member.name || t('shopper.voice.number', { n: String(member.number).padStart(4, '0') }), face: member.face, note: t('shopper.voice.self') }] : []
    return [...own, ...session.staff.map(({ store }) => {
      const persona = street.store(store.id)?.persona
      return { storeId: store.id, name: persona?.name ?? store.name, face: persona?.face ?? '', note: store.name }
    })]
  })
  const voice = computed(() => voices.value.find((one) => one.storeId === chosen.value) ?? voices.value[0] ?? null)
  return { voices, voice, choose: (storeId: string) => { chosen.value = storeId } }
}
