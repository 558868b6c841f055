// Series: told part by part, for those who follow.
export default {
  title: 'Series', lead: 'A chef teaches a dish a night, a neighbour writes of a dog: told part by part.',
  parts: '{n} parts', noParts: 'Not begun yet', followers: '{n} follow', readTo: 'You have read up to {n}', readAll: 'You have read it all', nameless: 'A series without a name',
  running: 'Going on', paused: 'Taking a rest', ended: 'Told to the end', goesOn: 'Does it go on', endedFor: 'Once it has ended, nothing can be added.',
  cover: 'Cover', noCover: 'No cover', partOf: '“{series}”, part {n}', failed: 'It did not arrive', empty: 'No series on the street yet', emptyText: 'If you have a craft or a story, begin one and tell it part by part.', gone: 'There is no such series', end: 'These are the street’s series',
  start: 'Begin a series', change: 'Change', keep: 'Save', name: 'What it is called', about: 'What it is about', who: 'Who tells it',
  follow: 'Follow', unfollow: 'Stop following', followed: 'You get a letter when a new part comes', unfollowed: 'You get no more letters about it',
  fromStart: 'Read from the start', goOn: 'Go on with part {n}', next: 'Tell part {n}', partName: 'What this part is about', words: 'The words', tell: 'Tell it',
  partGone: 'This part was taken down', noneYet: 'Not begun yet. Follow it, and you hear of the first part.', readOn: 'Read on', talk: '{n} comments', talkFirst: 'Nobody has said anything yet. Be the first.', writing: 'Write a story', after: 'Part {n}: {title}', before: 'Back to part {n}: {title}',
  write: 'Only one? Write a story', storyTitle: 'What the story is called', storyText: 'Tell it from the start. An empty line begins a new paragraph.', publish: 'Put it on the street', published: 'It is out; everybody on the street can read it', minutes: '{n} min to read', whole: 'Read it all', storyGone: 'This story was taken down', storyMissing: 'There is no such story, or a moderator has still to look at it', share: 'Show a friend', storyEnd: 'That was the story. Say something below if you like.', photosHint: 'Photos stand between the paragraphs in their order, the first one on top.',
  endOf: { running: 'This is how far it goes. The next part will come.', paused: 'This is how far it goes. It is taking a rest.', ended: 'Told to the end. Thank you for reading.' },
}
