// Xiao'er: neighbours ask and he answers; what he does not know a person answers, and may teach him.
export default {
  name: 'Xiao\'er', title: 'Ask Xiao\'er', lead: 'Only you see this. What Xiao\'er does not know he asks somebody; the answer comes to your inbox.',
  say: 'What would you like to know', ask: 'Ask', asking: 'Xiao\'er is thinking', more: 'Have a look',
  chips: { today: 'What is on today', open: 'Which stores are open', coupons: 'My coupons', points: 'How many points do I have', levels: 'How do levels work', where: 'Where is it' }, whereStart: 'Where can I buy ',
  desk: 'Xiao\'er', deskSay: 'What Xiao\'er could not answer waits here for a word. Whoever asked gets a letter; teach it, and next time he answers himself.',
  questions: 'To answer', noQuestions: 'Nothing waits; Xiao\'er knew it all', asked: 'asked {at}', answer: 'Your answer', answerPlace: 'As you would say it at the counter', teach: 'Teach it to Xiao\'er for next time',
  wordings: 'Ways to ask, one a line', wordingsHint: 'At most 10 lines of 2 to 40 characters: a word of the question, or the whole question', send: 'Answer', aside: 'No answer needed', answered: 'Answered; a letter is on its way.', setAside: 'Set aside.',
  lessons: 'What Xiao\'er was taught', noLessons: 'Nothing yet. Teach him what people ask most.', storeSays: 'Xiao\'er says what a store taught by its name, when nothing else answers better; when somebody names the store, its words come first.', streetSays: 'What the street taught comes first.',
  add: 'Teach something', change: 'Change', forget: 'Forget', forgotten: 'Forgotten.', taught: 'Taught.', text: 'What Xiao\'er says', save: 'Teach Xiao\'er',
}
