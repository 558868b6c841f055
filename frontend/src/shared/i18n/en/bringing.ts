// Words of bringing along a calendar that was kept elsewhere.
export const bringing = {
  open: 'Import from a file', title: 'Import a calendar', file: '{name}, {encoding}', other: 'Another file', choose: 'Choose a calendar file', reading: 'Reading what each entry would become', kinds: '.ics, CSV or Excel (.xlsx), up to 8 MB',
  tip: { 1: 'An .ics exported from a phone, Outlook or WeCom', 2: 'Or a table with a line for each event: title, date, time, place. “every Saturday 9:00” and 农历三月十五 are understood', 3: 'Look first, then choose: nothing else is kept, and no organisers or guests' },
  problem: { kind: 'Choose an .ics, .csv or .xlsx file', size: 'Too large: at most 8 MB', empty: 'The file is empty' }, unread: 'It could not be read', another: 'Choose a file again',
  lead: '{rows} entries, {can} can come. Only what is ticked goes into the calendar.', filter: 'By what they are',
  state: { new: 'new', changed: 'changed', unchanged: 'unchanged', past: 'past', cancelled: 'called off', repeated: 'repeated', faulty: 'with faults' },
  said: 'The file as a whole', columns: 'Columns recognised', line: 'Line {n}', sameAs: 'The same as line {n}',
  dates: '{n} dates in half a year: {list}', datesMore: '{n} dates in half a year: {list} …', join: ', ', places: '{n} places', all: 'All', none: 'None', pick: 'Choose “{title}”', untitled: 'Without a name', end: 'That is all',
  as: 'Where they go', published: 'Publish them', draft: 'Keep as drafts', capacity: 'Places of each date, where the file does not say', run: 'Import {n}', notYet: 'Nothing is in the calendar yet', atOnce: 'At most {n} at a time; import the same file again for the rest',
  done: 'Imported', doneText: 'Open one to change it.', nothing: 'This file was imported before; nothing has changed.', see: 'To the events',
  outcome: { published: 'in the calendar', draft: 'kept as a draft', updated: 'changed', cancelled: 'called off', unchanged: 'unchanged', refused: 'left as it is' },
  undo: 'Take this import back', undoText: 'What came leaves the calendar, what was changed goes back. What people have signed up to stays, and what was changed here since; you will see which. Possible until {at}.', undoYes: 'Take it back', undoNo: 'Leave it',
  undone: 'Taken back', undoneLeft: 'Left as they are: {n}. The reasons are below.', undoneAll: 'All that came is gone, and may come again.', back: { removed: 'taken out', restored: 'as it was before', left: 'left as it is' },
  recent: 'Imported just now', recentNote: '{n} entries, can be taken back until {at}',
}
