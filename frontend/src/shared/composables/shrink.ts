// A phone's photo is ten times what a screen shows: made smaller before it goes over the network. What the
// browser cannot read (HEIC, in most) is sent as it is: the server reads it, or says what is wrong with it.
import { ApiError } from '../api/error'

/** What a choice of photos offers. */
export const PHOTO_KINDS = 'image/jpeg,image/png,image/webp,image/gif,image/heic,image/heif,.heic,.heif'

const LONGEST = 2048
const SMALL_ENOUGH = 1_500_000

/** Bytes the server takes; a connection that carries more is cut. */
const HEAVIEST = 10 * 1024 * 1024

/** A photo as it is sent, under its own name. What stays too heavy throws photo_too_heavy, without being sent. */
export async function light(file: File): Promise<File> {
  const small = await shrink(file)
  if (small.size > HEAVIEST) throw new ApiError({ status: 413, code: 'photo_too_heavy' })
  return small === file ? file : new File([small], file.name, { type: small.type })
}

async function shrink(file: File): Promise<Blob> {
  if ((file.size <= SMALL_ENOUGH && !foreign(file)) || typeof createImageBitmap === 'undefined') return file
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null)
  if (!picture) return file
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  const smaller = await new Promise<Blob | null>((done) => { canvas.toBlob(done, 'image/jpeg', 0.86) })
  return smaller && (foreign(file) || smaller.size < file.size) ? smaller : file
}

/** HEIC, which takes the server long to read: whoever can open it here sends a JPEG. */
function foreign(file: File): boolean {
  return /hei[cf]/i.test(file.type) || /\.hei[cf]$/i.test(file.name)
}
