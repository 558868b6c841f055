// For those who look after the feed: what waits, appeals, the trail. Coordinators and circles' moderators use it.
export default {
  none: 'Nothing is waiting; the feed is quiet',
  waiting: 'Waiting',
  held: 'Not shown yet', shown: 'On the street', comment: 'an answer',
  why: { rule: 'A rule is not sure', first: 'A first post', report: 'Reported by neighbours' },
  said: 'A neighbour says: {said}',
  photo: 'A picture that waits', codeSays: 'The code in the picture says: {said}',
  reason: 'Say why, if you like; its author reads it',
  show: 'Let it stand', release: 'Post it', remove: 'Take it down', strike: 'An advert: a strike',
  done: { show: 'Looked at.', remove: 'Taken down; its author has a letter.', strike: 'A strike; its author has a letter.' },
  appeals: 'Appeals', nth: 'Strike {n}, {points} points taken', says: 'Its author says: {said}',
  byRule: 'A rule was sure', byPerson: 'A moderator decided',
  answer: 'A word in answer', answerPlace: 'Say why; its author reads it', grant: 'Grant it, give the points back', refuse: 'It stands',
  granted: 'Given back; its author has a letter.', refused: 'Answered.', until: 'until {at}',
  trail: {
    kind: 'Which lines', all: 'All', decisions: 'Posts', appeals: 'Appeals', mutes: 'Mutes', rules: 'Rules', people: 'Moderators', only: 'Only {name}; tap for all',
    none: 'No such lines yet', end: 'That is the whole trail', rule: 'A rule', clock: 'The time was up', left: 'A neighbour who left', because: 'Because: {why}',
  },
  did: {
    show: 'let it stand', remove: 'took it down', strike: 'gave a strike', appeal: 'appealed', appeal_granted: 'granted the appeal', appeal_refused: 'refused the appeal',
    mute: 'muted', unmute: 'ended a mute', mute_over: 'may speak again', rules: 'changed what the street agreed on', rule_on: 'switched a rule on', rule_off: 'switched a rule off',
    term_ad: 'added a word that blocks', term_review: 'added a word to look at', term_ok: 'added a word that passes', term_pause: 'noted a word, not on yet', term_off: 'removed a word',
    moderator: 'made a moderator', moderator_off: 'ended moderating', circle_invite: 'invited into the circle', circle_moderator: 'made a moderator of the circle', circle_moderator_off: 'ended moderating the circle', circle_out: 'took out of the circle',
  },
  rule: {
    wechat: 'a WeChat id', qq: 'a QQ or group number', messenger: 'another messenger', account: 'an account', phone: 'a phone number', phone_hidden: 'a disguised phone number', link: 'a link that leads away', link_hidden: 'a disguised link', qr: 'a QR code',
    bait: 'bait', brushing: 'fake orders', jobs: 'paid by the day', daigou: 'buying abroad, copies', slimming: 'slimming', cures: 'miracle cures', loans: 'loans', gambling: 'gambling', investing: 'stock tips', papers: 'papers and invoices',
    pyramid: 'recruiting', adult: 'adult', chain: 'forwarding for gifts', freebie: 'freebies', groups: 'groups', services: 'services at the door', spam: 'English adverts', own_word: 'a word of the street', manner: 'sounds like an advert', call: 'a call to act', pitch: 'a sales pitch',
  },
}
