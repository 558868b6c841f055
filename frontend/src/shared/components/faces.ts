/** The portraits that are drawn in faces.svg. A person may choose one. */
export const FACES: ReadonlySet<string> = new Set([
  'chen', 'fang', 'gao', 'gu', 'he', 'hu', 'li', 'lin', 'liu', 'mai', 'man', 'mei', 'ming',
  'qin', 'shui', 'sun', 'tang', 'tong', 'wang', 'wu', 'xiaoer', 'yue', 'zhao', 'zhen', 'zhou',
])
