// The photos of a post being written: each goes up as soon as it is chosen; what failed can be tried again.
import { computed, onScopeDispose, ref } from 'vue'
import { asApiError, fileForm, Intention, keyHeader, upload as sendFile, type ApiError, type Photo } from '../api'
import { light } from './shrink'

const MOST = 9

interface Upload { id: number; file: File; preview: string; part: number; photo: Photo | null; error: ApiError | null; intention: Intention }

/** At most so many photos at once. */
export function usePhotos(most = MOST) {
  const uploads = ref<Upload[]>([])
  /** How many of the last choice found no room. */
  const left = ref(0)
  let count = 0

  const busy = computed(() => uploads.value.some((one) => !one.photo && !one.error))
  const failed = computed(() => uploads.value.find((one) => one.error)?.error ?? null)
  const ids = computed(() => uploads.value.flatMap((one) => (one.photo ? [one.photo.id] : [])))
  const room = computed(() => most - uploads.value.length)

  function add(files: Iterable<File>): void {
    const chosen = [...files]
    left.value = Math.max(0, chosen.length - room.value)
    for (const file of chosen.slice(0, room.value)) {
      uploads.value.push({ id: ++count, file, preview: URL.createObjectURL(file), part: 0, photo: null, error: null, intention: new Intention() })
      void send(count)
    }
  }

  async function send(id: number): Promise<void> {
    const mine = () => uploads.value.find((one) => one.id === id)
    const upload = mine()
    if (!upload) return
    upload.error = null
    upload.part = 0
    const onProgress = (part: number) => { const still = mine(); if (still) still.part = part }
    try {
      const file = await light(upload.file)
      const photo = await upload.intention.run(id, (key) => sendFile<Photo>('/photos', fileForm(file, file.name), keyHeader(key), onProgress))
      const still = mine()
      if (still) still.photo = photo
    } catch (thrown) {
      const still = mine()
      if (still) still.error = asApiError(thrown)
    }
  }

  /** Whether sending it once more could help: not with a file that is no photo. */
  const hopeful = (one: Pick<Upload, 'error'>) => !!one.error && (one.error.unanswered || one.error.status === 429)

  /** Tries one again, or all that may still come through. */
  function retry(id?: number): void {
    for (const one of uploads.value) if (id === undefined ? hopeful(one) : one.error && one.id === id) void send(one.id)
  }

  function remove(id: number): void {
    const gone = uploads.value.find((one) => one.id === id)
    if (gone) URL.revokeObjectURL(gone.preview)
    uploads.value = uploads.value.filter((one) => one.id !== id)
    left.value = 0
  }

  function clear(): void {
    for (const one of uploads.value) URL.revokeObjectURL(one.preview)
    uploads.value = []
    left.value = 0
  }

  onScopeDispose(clear)
  const files = () => uploads.value.map((one) => one.file)
  return { uploads, files, busy, failed, ids, room, most, left, hopeful, add, retry, remove, clear }
}
