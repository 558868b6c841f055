// Changing one date of a series, or more of them.
export const scope = {
  title: 'Which dates change', offTitle: 'Which dates are off', which: 'Which dates', stop: '; ',
  one: 'This date only', following: 'This and those after it', all: 'All dates',
  oneNote: 'The others stay as they are', followingNote: 'Those before stay; from here on all are like this', allNote: 'Every date that is to come',
  oneOffNote: 'The others take place', followingOffNote: 'Those before take place; from here on none does', allOffNote: 'Nothing that is to come takes place, and no more dates are made',
  yes: 'Change them', offYes: 'Call off', no: 'Not yet', failed: 'Not changed', nothing: 'No date would change.',
  sumChanged: '{n} dates change', sumOff: '{n} dates called off', sumAdded: '{n} new dates', sumKept: '{n} stay because somebody signed up',
  told: '{n} members get a letter', toldNobody: 'Nobody signed up; no letters', signedUp: '{n} signed up', more: 'and {n} more alike',
  what: { moved: 'another place', words: 'other words', places: 'other places', off: 'called off', gone: 'taken out; nobody signed up', added: 'new', kept: 'stays; somebody signed up' },
  rhythm: 'How the others follow', rhythmAs: 'As before', marketDays: 'These dates follow the market: the hour can change. To move one to another day, choose “This date only”.', asked: 'has not answered the move', series: 'One date of a series',
}
