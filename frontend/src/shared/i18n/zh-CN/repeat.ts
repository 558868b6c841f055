// An event that comes again.
export const repeat = {
  label: '隔多久办一场', until: '办到哪天', endless: '不写就一直办下去', next: '接下来的日子',
  kind: { once: '就这一场', market: '每个集日', weekly: '每周', fortnightly: '隔周', monthly: '每月这个星期几', daily: '天天' },
}
