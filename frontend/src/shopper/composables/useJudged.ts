// What the street's rules answered to words that were sent: held ones are with a moderator now and need not be sent again;
// what counted as an advert is not sent a second time by a second tap, since that would be a second strike.
import { computed, ref, type Ref } from 'vue'
import type { ApiError } from '@/shared/api'

export function useJudged(text: Ref<string>) {
  const struck = ref('')
  const again = computed(() => struck.value !== '' && text.value.trim() === struck.value)

  /** Takes note of a refusal; true when a moderator has the words. */
  function held(error: ApiError | null): boolean {
    if (error?.code === 'advert') struck.value = text.value.trim()
    return error?.code === 'post_held'
  }
  return { again, held }
}
