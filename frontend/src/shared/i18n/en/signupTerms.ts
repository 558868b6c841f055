// Words of an event's terms of signing up, and of its list of guests.
export const signup = {
  title: 'How to sign up', perMember: 'Places a person', perMemberNote: 'Each companion takes one', waiting: 'Waiting list', waitingNote: 'When it is full people wait; places given back are offered in order', offer: 'Minutes to answer an offer', cancel: 'Give back until hours before', cancelNote: '0 means until it begins',
  who: 'Who may come', whos: { everyone: 'Everyone', members: 'Members of the street', level: 'Who is close to us' }, level: 'From level', noShows: 'Absences that shut out', noShowsNote: 'Within half a year; 0 minds none', fee: 'What it costs', fees: { free: 'Free', points: 'Points', door: 'Paid at the store' }, points: 'Points a person', price: 'Yuan a person',
  question: 'Question {n}', askSample: 'Such as: do you bring children', choices: 'Choices, parted by commas', required: 'Must be answered', drop: 'Do not ask', askText: 'Ask something', askChoice: 'Give choices', waits: 'Waiting list', waitsNote: 'In order of arrival', party: 'Party of {n}, ', cameAs: '{n} came', missed: 'Did not come',
}
