// A store's opening hours as windows of light: today as a bar, the week as seven shops.
import { computed, type Ref } from 'vue'
import type { Hours } from '@/shared/api'
import { useFormat } from '@/shared/composables/useFormat'
import { useNow } from '@/shared/composables/useNow'
import { minutes } from '@/shared/format/opening'

/** "08:30" → "8:30". */
export function plainClock(clock: string): string {
  return clock.replace(/^0(\d)/, '$1')
}

export interface Bar { half: { open: boolean; past: boolean }[]; now: number; marks: { at: number; text: string }[] }

/** The day from `from` to `to` in half hours; positions in per cent. */
export function barOf(spans: Hours[], nowMinutes: number): Bar {
  const from = Math.min(7 * 60, ...spans.map((span) => Math.floor(minutes(span.opens) / 60) * 60 - 60))
  const to = Math.max(22 * 60, ...spans.map((span) => Math.ceil(minutes(span.closes) / 60) * 60 + 60))
  const at = (minute: number) => Math.min(100, Math.max(0, ((minute - from) / (to - from)) * 100))
  const half: Bar['half'] = []
  for (let start = from; start < to; start += 30) {
    half.push({ open: spans.some((span) => start >= minutes(span.opens) && start < minutes(span.closes)), past: start + 30 <= nowMinutes })
  }
  const marks = spans.flatMap((span) => [span.opens, span.closes].map((clock) => ({ at: at(minutes(clock)), text: plainClock(clock) })))
  return { half, now: at(nowMinutes), marks }
}

export function useHours(hours: Ref<Hours[]>) {
  const format = useFormat()
  const now = useNow(30_000)
  const today = computed(() => format.moment(now.value))
  const spans = computed(() => hours.value.filter((one) => one.weekday === today.value.weekday))
  const minute = computed(() => today.value.hour * 60 + today.value.minute)
  const bar = computed(() => barOf(spans.value, minute.value))
  /** Monday first. */
  const week = computed(() => [1, 2, 3, 4, 5, 6, 0].map((weekday) => ({
    weekday, open: hours.value.some((one) => one.weekday === weekday), today: weekday === today.value.weekday,
  })))
  return { spans, bar, week, minute }
}
