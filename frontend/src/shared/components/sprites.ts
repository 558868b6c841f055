// The drawings (icons, faces, shopfronts) stand once in the page; components refer to them by <use>.
import facesUrl from '../assets/faces.svg?url'
import frontsUrl from '../assets/fronts.svg?url'
import iconsUrl from '../assets/icons.svg?url'

async function hang(url: string): Promise<void> {
  const text = await fetch(url).then((response) => response.text())
  const svg = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement
  svg.setAttribute('class', 'parts')
  svg.setAttribute('aria-hidden', 'true')
  document.body.prepend(document.importNode(svg, true))
}

/** Hangs all drawings into the page. A drawing that cannot be had leaves its place empty, nothing else. */
export function hangSprites(): void {
  for (const url of [iconsUrl, facesUrl, frontsUrl]) hang(url).catch(() => undefined)
}
