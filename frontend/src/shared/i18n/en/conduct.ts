export default {
  nav: 'Feed',
  title: 'Conduct on the feed',
  lead: 'What the rules doubt, what neighbours report, and what is appealed waits here for a word.',
  none: 'Nothing is waiting',
  held: 'Not shown yet', shown: 'On the street',
  why: { rule: 'Looks like an advert', first: 'A first post', report: 'Reported by neighbours' },
  show: 'Let it stand', remove: 'Take it down', strike: 'An advert: a strike',
  appeals: 'Appeals', nth: 'Strike {n}, {points} points taken', says: 'The appeal says:', answer: 'A word in answer', grant: 'Grant it', refuse: 'Uphold the strike',
}
