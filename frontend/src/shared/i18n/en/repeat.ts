// An event that comes again.
export const repeat = {
  label: 'Comes again', until: 'Until', endless: 'Goes on when left empty', next: 'The dates to come',
  kind: { once: 'Just once', market: 'Every market day', weekly: 'Every week', fortnightly: 'Every other week', monthly: 'Every month, same weekday', daily: 'Every day' },
}
