// Lets the posts of a window pass by: every few seconds the next one is on top.
import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'
import type { WallPost } from '@/shared/api'
import { pass, requeue } from './passing'

const STAYS = 12_000
const SEEN = 4

export function usePassing(posts: Ref<WallPost[]>) {
  const queue = ref<string[]>([])
  watch(posts, (now) => { queue.value = requeue(queue.value, now) }, { immediate: true })
  const timer = setInterval(() => { queue.value = pass(queue.value) }, STAYS)
  onScopeDispose(() => clearInterval(timer))
  return computed(() => {
    const known = new Map(posts.value.map((post) => [post.id, post]))
    return queue.value.slice(0, SEEN).flatMap((id) => known.get(id) ?? [])
  })
}
