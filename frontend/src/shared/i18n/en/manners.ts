// Manners of the feed on the neighbour's side: reports, blocks, strikes, appeals.
export default {
  title: 'Me on the feed',
  lead: 'The feed is no place for adverts. Strikes, posts that wait and people you blocked stand here.',
  failed: 'Could not be loaded',
  clean: 'No strikes, and nothing waits.',
  mutedWhy: 'The moderator says: {why}',
  muted: 'You cannot post before {at}',
  waiting: 'Waiting for a moderator', waitingSay: 'Shown once somebody has looked',
  strikes: 'Strikes', nth: 'Strike {n}', points: '{n} points taken', until: 'counts until {at}',
  byRule: 'Found by a rule: {evidence}', byPerson: 'Decided by a moderator',
  appeal: 'Appeal', appealSay: 'Say why it is no advert; a moderator reads it. You can appeal once.', appealPlace: 'For example: it is a friend’s shop, I sell nothing', send: 'Send', sent: 'Sent. A moderator will answer.',
  state: { open: 'Your appeal waits for an answer', granted: 'Appeal granted, the points are back', refused: 'The strike stands' },
  mine: 'What I said', answer: 'Answer',
  blocked: 'People you blocked', unblock: 'Unblock', unblocked: 'You see what they say again.',
  menu: 'About this post',
  report: 'Report to the moderators', reportSay: 'Say what is wrong. The author is not told who reported it.', reportPlace: 'For example: posts it every day, sells fakes', reported: 'The moderators have it.',
  block: 'Hide what {name} says', blockSay: 'What {name} says no longer shows on your feed. They are not told. You can undo it under Me.', blockedNow: 'Hidden from now on.',
}
