// Words of signing up: companions, questions, the waiting list.
export const signup = {
  people: 'How many come', peopleNote: 'You included, at most {n}', optional: '{ask} (if you like)', choose: 'Choose', points: '{n} points a person, paid now and paid back when you give the place back', price: '{yuan} yuan a person, paid at the store',
  wait: 'Join the waiting list', waitNote: 'It is full. Places that are given back are offered in order. Waiting now: {n}', few: 'Only {n} places are left. Bring fewer people, or wait', waitFull: 'Places and waiting list are full. Have another look later',
  waiting: 'On the waiting list', ahead: 'Before you: {n}', next: 'You are next', offered: 'Places free for you: {n}', until: 'Kept until {at}, then the next is asked', accept: 'Take them', pass: 'Let them pass', stop: 'Stop waiting',
  backBy: 'If you cannot come, give the place back before {at}', party: 'Party of {n}. ', missed: 'You did not come to this one', toWait: 'Join the waiting list',
  notAsked: 'You cannot sign up for this one yet', forCircle: 'For a circle only',
  who: { level: 'This one is for people who know the store well', members: 'For members of the street', inside: 'For the circle “{circle}” only. You are in it', open: 'For the circle “{circle}” only. Come into it and you can sign up', invitation: 'For the circle “{circle}” only. It is by invitation', byLevel: 'For the circle “{circle}” only. Who knows its store well may come in', unknown: 'For the people of one circle only. The host can ask you in', gone: 'The circle that this was for is no more; nobody can sign up for now' }, toCircle: 'Come into the circle',
}
