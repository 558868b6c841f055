// How long a text is, as the server counts: characters, not the halves of an emoji, and not the blanks around it.

/** Characters of what would be sent. */
export function lengthOf(text: string): number {
  return [...text.trim()].length
}

/** Nothing is cut off while one writes or pastes; what is too long just cannot be sent yet. */
export function tooLong(text: string, most: number): boolean {
  return lengthOf(text) > most
}
