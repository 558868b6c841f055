// Where a toast may lie: low, near the thumb, but never on what one is about to press, and above the phone's keyboard.

/** A stretch of the screen, from the top (px). */
export interface Band { top: number; bottom: number }

const GAP = 12
/** What lies at the thumb: the bars at the bottom of a screen, and the red button wherever it is. */
const PRESSED = '.tabs, .confirm, .dock, .talk, .alarm-bar, .btn-red, .btn-big'

/** The top edge for something of a height: as low as is free in the view, else under the view's top. */
export function clearOf(height: number, view: Band, taken: Band[]): number {
  let bottom = view.bottom - GAP
  for (const band of [...taken].sort((a, b) => b.bottom - a.bottom)) {
    if (band.top < bottom + GAP && band.bottom > bottom - height - GAP) bottom = band.top - GAP
  }
  return Math.max(bottom - height, view.top + GAP)
}

/** What is seen of the page: without the keyboard. */
function seen(): Band {
  const eye = globalThis.visualViewport
  return eye ? { top: eye.offsetTop, bottom: eye.offsetTop + eye.height } : { top: 0, bottom: innerHeight }
}

/** The sheet that lies on top, or the page. */
export function topSheet(): Element {
  return [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body
}

/** The top edge for the toast. */
export function toastTop(toast: Element): number {
  const own = toast.getBoundingClientRect()
  const beside = (one: DOMRect) => one.right <= own.left || one.left >= own.right
  const taken = [...topSheet().querySelectorAll(PRESSED)].map((one) => one.getBoundingClientRect()).filter((one) => one.height > 0 && !beside(one))
  return clearOf(own.height, seen(), taken)
}
