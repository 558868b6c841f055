// The content plan: what the face of the shop is going to say. Staff draft, the owner lets it out.
export const persona = {
  title: 'What we say', about: 'Staff draft, the owner sets the time, and {who} speaks',
  lead: 'Everyone here can write; the owner says yes. Mix the three, and people like to read it.',
  column: { product: 'Goods', customers: 'Customers', personal: 'Ourselves' }, hint: { product: 'What is new, how it is used, whether it is worth it', customers: 'Who came, what they said, how to thank them', personal: 'Why this store, and who taught us the craft' },
  missing: 'Nothing about “{column}” in four weeks. Write one.', tooMuch: 'A lot of “{column}”. Tell something else.', balanced: 'All three came up in these four weeks.',
  write: 'Write one', edit: 'Change', words: 'What to say', keep: 'Save as a draft', saved: 'Saved', back: 'After a change the owner reads it again.',
  state: { draft: 'Draft', scheduled: 'Goes out {at}', published: 'Went out {at}', refused: 'Not published' }, why: { advert_draft: 'It looks like an advert. Change it.', doubtful_draft: 'Doubtful by the street’s rules. Change it.', muted: 'Who wrote it may not post at the moment', text_empty: 'There are no words' }, whyElse: 'It did not go out. Change it and try again.',
  by: 'by {name}', edited: 'changed by {name}', released: 'let out by {name}',
  when: 'When it goes out', day: 'Day', hour: 'Hour', zone: 'By the street’s clock', schedule: 'Send it then', now: 'Send it now', unschedule: 'Not yet', drop: 'Drop it', dropped: 'Dropped', sent: 'It is out', set: 'Set. It goes out by itself.', unset: 'A draft again',
  week: 'These seven days', none: 'Nothing', empty: 'Nothing in this column yet', failed: 'The plan did not arrive', seen: 'See it on the street',
}
