// Coming in by phone and code, for logging in and for joining: two small steps in one place.
import { computed, onScopeDispose, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useSession } from '../session/session'
import { useAction } from './useAction'

/** "13800138000" → "138 0013 8000"; other forms stay as they are typed. */
export function spacedPhone(text: string): string {
  const digits = text.replace(/\D/g, '')
  if (!/^1\d{0,10}$/.test(digits) || text.trim().startsWith('+')) return text
  return [digits.slice(0, 3), digits.slice(3, 7), digits.slice(7)].filter(Boolean).join(' ')
}

export function usePhoneCode() {
  const { t } = useI18n()
  const session = useSession()
  const phone = ref('')
  const code = ref('')
  const step = ref<'phone' | 'code'>('phone')
  const complaint = ref('')
  const demoCode = ref('')
  const resendIn = ref(0)
  const plain = computed(() => phone.value.replace(/[\s-]/g, ''))
  const sending = useAction(() => session.sendCode(plain.value))

  const timer = setInterval(() => { if (resendIn.value > 0) resendIn.value-- }, 1000)
  onScopeDispose(() => clearInterval(timer))

  async function send(): Promise<boolean> {
    complaint.value = plain.value.replace(/\D/g, '').length < 7 ? t('shared.login.phoneProblem') : ''
    if (complaint.value) return false
    const sent = await sending.run()
    if (!sent) return false
    resendIn.value = sent.resend_in
    demoCode.value = sent.demo_code ?? ''
    code.value = ''
    step.value = 'code'
    return true
  }

  /** True when the code has six digits; else says so. */
  function codeReady(): boolean {
    complaint.value = /^\d{6}$/.test(code.value) ? '' : t('shared.login.codeProblem')
    return !complaint.value
  }

  function back(): void {
    step.value = 'phone'
    complaint.value = ''
    sending.clear()
  }

  return { phone, plain, code, step, complaint, demoCode, resendIn, sending, send, codeReady, back }
}
