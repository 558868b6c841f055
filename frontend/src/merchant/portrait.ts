// What the staff write down of a customer: tags as people type them.
export interface Portrait { remark: string; tags: string[]; note: string }

/** "老顾客、不要打电话 老顾客" → each tag once, in order. */
export function tagsOf(typed: string): string[] {
  const tags = typed.normalize('NFKC').split(/[\s,，、;；#]+/).map((one) => one.trim()).filter(Boolean)
  return [...new Set(tags)]
}

/** True when there is something to save. */
export function changed(before: Portrait, after: Portrait): boolean {
  return before.remark !== after.remark || before.note !== after.note || before.tags.join('\n') !== after.tags.join('\n')
}
