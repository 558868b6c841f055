/** The portraits that are drawn in faces.svg. */
export const FACES: ReadonlySet<string> = new Set(['chen', 'he', 'li', 'lin', 'liu', 'wang', 'wu', 'xiaoer', 'zhao'])
