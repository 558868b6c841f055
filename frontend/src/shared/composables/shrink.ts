// A phone's photo is ten times what a screen shows: made smaller before it goes over the network. What the
// browser cannot read is sent as it is; the server says then what is wrong with it.
const LONGEST = 2048
const SMALL_ENOUGH = 1_500_000

export async function shrink(file: File): Promise<Blob> {
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

/** HEIC, which the server does not read: whoever can open it here sends a JPEG. */
function foreign(file: File): boolean {
  return /hei[cf]/i.test(file.type) || /\.hei[cf]$/i.test(file.name)
}
