import { askedWords } from './asked'
import asks from './asks'
import { cases } from './objections'
import { leaflet } from './leaflet'
import { after } from './after'
import { door } from './door'
import { handing } from './handout'
import { honour } from './honour'
import { plan } from './plan'
import { papers } from './papers'
import { bringing } from './bringing'
import { pricing } from './pricing'
import { seal } from './proof'
import { rest } from './rest'
import { repeat } from './repeat'
import { marketDays } from './marketDays'
import { scope } from './scope'
import { closing, groups, paper, sections, settlement } from './settlement'
import { stack } from './stack'
import { history, life, offline, tills } from './tills'
import { signup } from './signupTerms'
import { persona } from './persona'
import { tv } from './tv'

export default {
  signup, door, tv, persona, after, papers, bringing,
  leaflet,
  tabs: { label: 'Store menu', desk: 'Desk', coupons: 'Coupons', events: 'Events', customers: 'People', ledger: 'Ledger', store: 'Store', alliance: 'Alliance' },
  desk: {
    hello: { morning: 'Good morning, {name}', noon: 'Good day, {name}', afternoon: 'Good afternoon, {name}', evening: 'Good evening, {name}', night: 'It is late, {name}' },
    door: { open: 'Open until {closes}', shut: 'Not open yet, opens at {opens}', over: 'Closed for today', off: 'Closed today' },
    today: 'Today’s figures', visits: 'Visits today', people: 'people', more: '{n} more than {than}', less: '{n} fewer than {than}', same: 'The same as {than}',
    byHour: 'Visits by hour: ', hourOf: '{hour}:00 {n}', comma: ', ', hour: '{n}:00', now: 'now',
    figures: 'Today’s books', redeemed: 'Coupons used', newMembers: 'New members', pending: 'Credit pending', toSign: '{store} asks you to sign “{title}”',
    care: 'Whom to greet today', all: 'All {n}', careDone: 'Everybody is greeted. Have a rest.', action: { greet: 'Greet', thank: 'Thank', reply: 'Reply' },
    notices: 'In the store', live: 'Live', quiet: 'Nothing yet today.', scan: 'Scan a member’s code', scanFor: 'Redeem, note a visit, give points',
  },
  asks, asked: askedWords, offline, tills, history, life,
  scan: {
    title: { code: 'Scan a code', bill: 'The bill', points: 'Points', done: 'Noted' }, next: 'Next guest', lens: 'Camera', again: 'Try again',
    camera: { off: 'The camera is off', starting: 'Starting the camera', on: 'Looking', denied: 'No permission for the camera. Eight digits do as well', absent: 'This device has no camera. Type the eight digits' },
    typed: 'The member’s eight digits, or a coupon’s code', who: 'See who it is', looking: 'Looking', guest: 'Member', comma: ', ', times: 'Visits this year: {n}, no. {number}',
    none: 'No coupon that works here', bill: 'The bill, yuan', failed: 'Not done, no money moved',
    take: 'Take', redeem: 'and redeem', fillBill: 'Enter the bill first', purchase: 'Note a purchase of {yuan}', visitOnly: 'Nothing bought, note the visit', undoToday: 'Can be undone until the store closes today',
    receipt: 'Receipt', thisBill: 'Bill', toTake: 'To take',
    bears: '{yuan} saved, borne by one store | {yuan} saved, borne by {n} stores', us: 'Our store', paysTo: 'To {store}', brought: '{store} brought this member, {bps} commission', keeps: 'Our store keeps', points: 'Points for the member',
    done: 'Took {yuan} at {at}, redeemed and in the books', reversed: 'Undone: the coupon is back, the books are reversed', noted: 'Noted {yuan} at {at}', seen: 'Visit noted at {at}',
    undo: 'Undo this one', undoText: 'The coupon goes back to the member; shares, points and commission are reversed. Both entries stay in the books.', reason: 'Why',
    honour,
  },
  handing,
  coupons: {
    title: 'Coupons', make: 'Make a coupon', none: 'No coupons yet', noneText: 'Make one and the whole street sees it. Ask a neighbour to share the cost and more people come.', end: 'That is all',
    waits: 'Waiting for your signature', own: 'Ours', carried: 'We carry a share', counts: '{claimed} of {stock} taken',
    state: { draft: 'Draft', signing: 'Being signed', scheduled: 'Starts on time', live: 'Live', paused: 'Paused', ended: 'Over', archived: 'Put away' },
  },
  campaign: {
    make: 'Make a coupon', seen: 'As the shopper sees it', untitled: 'No name yet', to: 'Until {at}', kind: 'Pick a kind',
    kinds: { amount: 'Amount off', percent: 'Percent off', gift: 'Gift', fixed_price: 'Fixed price', buy_x_get_y: 'Buy, get', punch_card: 'Punch card' },
    sample: { amount: '¥10', percent: '12%', gift: 'Gift', fixed_price: '¥99', buy_x_get_y: '2 + 1', punch_card: '5 uses' },
    title: 'Its name', titleHint: 'Such as: Autumn coupon', off: 'Yuan off', percent: 'Percent off', percentHint: '12 means 12% off', gift: 'The gift', giftHint: 'Such as: a pot of tea', worth: 'Worth, yuan',
    price: 'Price, yuan', buy: 'Buy', get: 'Get free', cap: 'At most off, yuan', min: 'From a bill of, yuan', stock: 'How many', each: 'At most a person',
    when: 'When it works', from: 'Given out from', until: 'Works until', days: 'Days of the week', bears: 'Who bears the {yuan}', whole: 'adds up to 100%',
    yours: '{yuan} each, and whatever is left', theirs: '{yuan} each', share: 'Share of {store}', drop: 'Leave out', invite: 'Ask another store',
    worst: 'At worst', allUsed: 'every one used', atMost: 'at most', together: 'Together', sign: 'Sign and ask the others', start: 'Sign and start', draft: 'Save as a draft', ownerSigns: 'Saved as a draft; it starts when the owner signs',
    results: 'How it goes', left: '{n} of {of} left', shares: 'Who bears what', atMostYuan: 'at most {yuan}', signed: 'Signed', signedAt: 'Signed by {by}, {at}', mark: '✓', declined: 'Declined', waiting: 'Waiting for {store}',
    claims: 'Can be taken from {from} until {until}', edit: 'Change', submit: 'Sign and send', pause: 'Pause', resume: 'Resume', end: 'End it', signShare: 'Sign for {n}%', decline: 'Not this time',
  },
  store: {
    keeper: '{name} keeps it, {place}', face: 'Face and story', faceAbout: 'Name, who is at the counter, the story, the sign’s colour', name: 'Name of the store', persona: 'Who is behind the counter', personaHint: 'As the neighbours say it, such as: Sister Chen',
    storyTitle: 'The store in one line', story: 'The story', storyHint: 'Write as you would talk to a neighbour: the craft, the family, the house rules', color: 'Colour of the sign', save: 'Save', saved: 'Saved, the street shows it already',
    live: 'What is going on now', liveNone: 'Nothing in the window', liveLabel: 'Six characters in your window', liveHint: 'It comes down by itself when you close at {at}', liveClosed: 'You are closed; it comes down before you open', liveSample: 'Such as: sale', liveOn: 'Hang it up', liveOff: 'Take it down',
    hours: 'Opening hours', everyDay: 'Every day', off: 'closed', comma: ', ', openOn: 'Open on {day}', opensAt: '{day}, opens at', closesAt: '{day}, closes at', addSpan: 'Add a span', dropSpan: 'Leave this span out', alike: 'Every day like the first', hoursHint: 'Closing over noon? Add a span. 00:00 means open until midnight.',
    poster: 'Poster for the door', helper: 'Xiao\'er', helperAbout: 'Answer what he could not, and teach him', posterAbout: 'One A4 page; scanning it makes a member', you: '{name}', otherCounter: 'To the counter of {store}', asSeen: 'The store as the street sees it', toStreet: 'Back to the street', language: 'Language', theme: 'Day or night', themes: { auto: 'As the phone', light: 'Day', dark: 'Night' },
  },
  staff: {
    title: 'Who works here', add: 'Add somebody', added: '{name} can log in with their own phone now', gone: '{name} no longer works here', since: '{phone}, since {day}', letGo: 'Let go', end: 'One person in all | {n} people in all',
    phone: 'Phone number', phoneHint: 'The log-in code goes to this number', name: 'Name', role: 'What they may do', may: { clerk: 'Scan, redeem, note visits, check guests in, see customers', manager: 'Also make coupons and events, import customers, see the ledger, change the store', owner: 'Also sign coupons, add people and let them go' },
    letGoTitle: 'Let {name} go', letGoText: 'It holds at once, on every phone of theirs. The books still say who did what.', letGoYes: 'Let go', letGoNo: 'Not yet',
  },
  links: {
    title: 'Join codes', make: 'New code', none: 'No join code yet', noneText: 'Make one for your door: whoever scans it counts as brought by you.', kind: { counter: 'On the counter', poster: 'Put up somewhere', staff: 'A clerk’s own' },
    about: { counter: 'Stands on the counter', poster: 'At the door, in the window, on a leaflet', staff: 'Carries your name; show it when you invite somebody' }, until: ', until {day}', came: 'came', posterOf: 'Print the poster of “{label}”', shareOf: 'Send “{label}” to somebody', where: 'Where it goes', label: 'Its name', labelHint: 'Such as: door, window. So that you see later where people came from', makeIt: 'Make it', end: 'Who came through which code is always counted',
  },
  poster: {
    label: 'Poster of {store}', invite: 'Come in.\n{street} knows you', step: { 1: 'Scan with your phone', 2: 'Your number and a texted code', 3: 'Every store here knows you' }, scan: 'Scan to join, nothing to install', code: 'Join code, {url}', print: 'Print', tip: 'A4, upright, best without margins and with background graphics. To keep it, choose “save as PDF” when printing.',
  },
  import: {
    title: 'Your old notebook', file: '{name}, {encoding}', other: 'Another file', reading: 'Reading the file', choose: 'Choose a file', kinds: 'CSV or Excel (xlsx), up to 8 MB', unread: 'This file could not be read', problem: { kind: 'It takes a table: CSV or xlsx', size: 'The file is too large, 8 MB at most', empty: 'This file is empty' },
    tip: { 1: 'You look first; nothing is written until you say so', 2: 'Only your store sees it', 3: 'Nobody becomes a member by it: they scan for themselves' },
    columns: 'Columns recognised', recognised: '{n} of {of} columns', header: 'Header', means: 'Taken as', sample: 'First value', noHeader: 'Column {n}', field: { name: 'Name', phone: 'Phone', last_purchase: 'Last purchase', total_spent: 'Spent in all', purchases: 'Purchases', tags: 'Tags', note: 'Note', none: 'Not used' },
    filter: 'Rows by kind', state: { new: 'New', known: 'Known', duplicate: 'Repeated', invalid: 'Wrong' }, about: { new: 'In the notebook, not in the store yet. Once written, they can be invited.', known: 'People you have already. What the notebook adds is filled in; nothing you noted is wiped out.', duplicate: 'The same number twice; only the first is written.', invalid: 'These cannot be written, and here is why. Correct the file and upload it again.' },
    none: { new: 'Nobody new', known: 'Nobody known', duplicate: 'Nothing repeated', invalid: 'Nothing wrong' }, line: 'Line {n}', noName: 'No name', sameAs: 'Same number as line {n}', end: 'One row in all | {n} rows in all',
    lead: '{rows} rows, of which {valid} can be written.', run: 'Write {n} people', notYet: 'So far nothing has been written', writing: 'Writing', of: 'written, of {n}', writingText: 'You can go on with something else; they will be there when it is done.',
    done: 'Written', doneText: 'Those who are no members yet can be invited: open one and send the invitation.', nothing: 'This file was written before; nothing changed.', result: { invited: 'New', updated: 'Filled in', unchanged: 'As they were' }, see: 'See who can be invited', another: 'Upload another', failed: 'Not finished', failedText: 'What was written stays. Upload the same file again: it goes on from there and repeats nothing.',
  },
  people: { chats: 'Chats', chatsUnread: '{n} unread',
    title: 'People', import: 'Import', search: 'Name, tag, phone', which: 'Whom to see', kinds: { all: 'All', member: 'Members', invited: 'Not joined' }, invited: 'not joined', last: 'here {day}', bought: '{n} purchase, {yuan} | {n} purchases, {yuan}', notYet: 'not here yet',
    none: 'Nobody yet', noneText: 'Put the poster on your door, or bring in your old notebook.', noneFound: 'Nobody found', noneFoundText: 'Try fewer letters. Phone numbers are found only where their owner lets you see them.', end: 'That is everybody the store knows',
    origin: 'brought by you', purchases: 'Purchases', spent: 'In all, yuan', why: 'How close, and why', portrait: 'Your own notes', onlyUs: 'Only your store sees them', remark: 'What you call them', tags: 'Tags', tagsHint: 'With spaces between, 10 at most', note: 'Note', save: 'Save', saved: 'Noted',
    complaint: 'What is not settled', complain: 'Note it', open: 'Note something unsettled', settle: 'It is settled', visits: 'When they came', noVisits: 'Not here yet', visitsEnd: 'The latest are all here', kind: { scan: 'Visit', purchase: 'Purchase', redemption: 'Coupon', check_in: 'Event', honour: 'Points taken' },
    inviteText: 'Once they join, this page goes on. The link is for this person alone and counts as brought by you.', invite: 'Send the invitation',
  },
  events: {
    title: 'Events', make: 'Plan an event', none: 'No event yet', noneText: 'A tasting, a fitting, teaching a craft: it stands in the street’s calendar.', next: 'To come', past: 'Over or called off', end: 'That is all', months: { 1: 'Jan', 2: 'Feb', 3: 'Mar', 4: 'Apr', 5: 'May', 6: 'Jun', 7: 'Jul', 8: 'Aug', 9: 'Sep', 10: 'Oct', 11: 'Nov', 12: 'Dec' }, when: '{weekday} {day}, {from}–{to}', off: 'Called off', full: 'All {n} places taken', taken: '{taken} of {n} places',
    change: 'Change', what: 'What it is', whatSample: 'Such as: winter shoe fitting', story: 'A few words', storyHint: 'Guests read it: what happens, and whom it suits', place: 'Where', day: 'Day', from: 'Starts', to: 'Ends', nextDay: 'the next day', places: 'Places', already: '{n} signed up', told: 'Another time or place is told to everybody who signed up.', save: 'Save', publish: 'Put it in the calendar',
    signedUp: 'Signed up', came: 'Here', left: 'Left', guests: 'Who comes', guestsEnd: 'One guest in all | {n} guests in all', nobody: 'Nobody signed up yet', nobodyText: 'It stands in the calendar; you can also tell the street.', number: 'No. {n}, ', walkIn: 'walked in', signed: 'signed up {at}', find: 'Name or member number', notFound: 'Not on the list. Who did not sign up can still come in by their code.',
    checkIn: 'Check in', checkInOf: 'Check {name} in', here: 'here {at}', scan: 'Check in by code', code: 'The member’s eight digits', greeted: '{name} is checked in', greetedFirst: '{name} is checked in, their first event with you', notChecked: 'Not checked in',
    cancel: 'Call it off', cancelTitle: 'Call this event off', cancelText: '{n} who signed up will be told. It cannot be taken back.', cancelNobody: 'Nobody signed up yet. It cannot be taken back.', cancelYes: 'Call it off', cancelNo: 'Keep it',
  },
  ledger: {
    title: 'Books of {month}', months: 'Another month', month: { 1: 'January', 2: 'February', 3: 'March', 4: 'April', 5: 'May', 6: 'June', 7: 'July', 8: 'August', 9: 'September', 10: 'October', 11: 'November', 12: 'December' }, net: 'Net of the month', soFar: 'Net so far', wasNet: 'Net of the month', yuan: 'yuan', earned: 'In', owed: 'Out', pending: 'Another {yuan} ({n}) waits for new members’ first purchases; without one it lapses.',
    where: 'Where it comes from', lines: '{n} entry | {n} entries', group: { referral: 'Referral credits, posted', referral_pending: 'pending', commission_in: 'Commission from others', commission_out: 'Commission to others', coupon_in: 'Coupons, others’ shares', coupon_out: 'Coupons, our shares', ...groups },
    adds: 'Net, it adds up', addsNot: 'It does not add up, ask the coordinator', section: { referral: 'Referral credits', commission: 'Commission', coupon: 'Shares of coupons', points: 'Points', ...sections }, pointsOf: '{issued} given, {honoured} taken', pt: 'pts',
    state: { pending: 'Pending, a purchase before {day} posts it', voided: 'Lapsed', reversed: 'Reversed' }, why: 'Why', place: 'Entry {n} of the street’s one ledger, {at}, {who}', more: '{what}: see all', allThere: 'All {n} are here', noLines: 'None yet',
    none: 'Nothing in the books this month', noneText: 'New members through your code, your coupons used elsewhere: it is all written here.', end: '{month} from the 1st until now, nothing left out.', closing, endPast: 'The whole of {month}, nothing left out.',
  },
  settlement: { ...settlement, paper },
  cases,
  plan,
  pricing,
  rest,
  stack,
  repeat,
  scope,
  market: marketDays,
  seal,
}
