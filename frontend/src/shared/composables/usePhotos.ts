// The photos of a post being written: each goes up as soon as it is chosen; what failed can be tried again.
import { computed, onScopeDispose, ref } from 'vue'
import { asApiError, fileForm, Intention, keyHeader, upload as sendFile, type ApiError, type Photo } from '../api'
import { shrink } from './shrink'

const MOST = 9

interface Upload { id: number; file: File; preview: string; part: number; photo: Photo | null; error: ApiError | null; intention: Intention }

/** At most so many photos at once. */
export function usePhotos(most = MOST) {
  const uploads = ref<Upload[]>([])
  let count = 0

  const busy = computed(() => uploads.value.some((one) => !one.photo && !one.error))
  const failed = computed(() => uploads.value.find((one) => one.error)?.error ?? null)
  const ids = computed(() => uploads.value.flatMap((one) => (one.photo ? [one.photo.id] : [])))
  const room = computed(() => most - uploads.value.length)

  function add(files: Iterable<File>): void {
    for (const file of [...files].slice(0, room.value)) {
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
      const small = await shrink(upload.file)
      const photo = await upload.intention.run(id, (key) => sendFile<Photo>('/photos', fileForm(small, upload.file.name), keyHeader(key), onProgress))
      const still = mine()
      if (still) still.photo = photo
    } catch (thrown) {
      const still = mine()
      if (still) still.error = asApiError(thrown)
    }
  }

  /** Tries one again, or all that failed. */
  function retry(id?: number): void {
    for (const one of uploads.value) if (one.error && (id === undefined || one.id === id)) void send(one.id)
  }

  function remove(id: number): void {
    const gone = uploads.value.find((one) => one.id === id)
    if (gone) URL.revokeObjectURL(gone.preview)
    uploads.value = uploads.value.filter((one) => one.id !== id)
  }

  function clear(): void {
    for (const one of uploads.value) URL.revokeObjectURL(one.preview)
    uploads.value = []
  }

  onScopeDispose(clear)
  const files = () => uploads.value.map((one) => one.file)
  return { uploads, files, busy, failed, ids, room, add, retry, remove, clear }
}
