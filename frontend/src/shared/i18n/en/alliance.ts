import conduct from './conduct'
import audit from './audit'
import { market } from './market'
import { fundPlan as plan } from './plan'
import { fundRest as rest } from './rest'
import { cases, desk, standing } from './objections'
import { alliance as settlement, groups } from './settlement'

export default {
  conduct,
  plan,
  rest,
  total: 'Total',
  nav: { events: 'Street events', label: 'Alliance menu', of: 'An alliance of {n} stores', overview: 'Overview', referrals: 'Referrals', stores: 'Stores', settings: 'Agreement', street: 'To the street' },
  tool: { chart: 'Chart', table: 'Table', export: 'Export' },
  overview: { title: '{street} today', day: '{weekday} {date}', live: 'Live', stopped: 'Figures stand at {at}, reconnecting', span: 'Time span', days: 'Last {n} days' },
  totals: { label: 'Totals', members: 'Members', today: '{n} today', visits: 'Visits today', redemptions: 'Coupons used today', events: 'Events this week', tonight: '{n} tonight', credits: 'Referral credit, this month' },
  flow: {
    title: 'Where people walk next', note: 'Above: eastward. Below: westward', said: 'People walking from store to store, {n} days. Most: ', one: '{from} to {to} {n}', and: ', ',
    width: 'Width is people. ', none: 'No path yet that enough people walked. ', withheld: '{n} more paths have too few people and are not drawn.', from: 'From', to: 'To', people: 'People',
  },
  heat: { title: 'The busy hours of the week', caption: 'Visits by hour, last {n} days', scale: 'few to many', dash: 'A dash is withheld: too few people, or hidden so that no total gives it away.' },
  levels: { title: 'How relations deepen', brought: 'New neighbours', note: '{by} people brought {n}' },
  book: {
    title: 'Referral ledger', lines: 'Line by line', pending: 'Pending', objections: 'Objected', posted: 'Posted', commission: 'Commission between stores', coupon: 'Coupon shares', count: '{n}',
    balanced: 'Debits equal credits', unbalanced: 'Out of balance: run the audit', off: 'off by {n}', origins: 'New members by store', people: '{n} people', hidden: ', {n} withheld',
  },
  cross: { title: 'Coupons that crossed the street', note: 'Last {n} days, used at another store', at: 'used at', byStore: 'Used, by store', none: 'None in these days' },
  ticker: { title: 'On the street', none: 'Nothing yet today' },
  referrals: {
    title: 'Referral ledger', lead: 'Who brought whom, and why it counts for that store. The claims that lost stay on record too.', filter: 'Show', search: 'Member number, inviter’s number or store', find: 'Find', by: 'invited by {name}',
    none: 'Nobody has joined yet', noneText: 'Put a join code on the door. The first one in makes the first line.', end: 'That is all of them', until: 'Posts with a first purchase before {at}, else it is void.',
    state: { all: 'All', pending: 'Pending', objected: 'Objected to', posted: 'Posted', voided: 'Void', none: 'No credit' },
    kind: { counter: 'Scanned at the counter', poster: 'Scanned a poster', staff: 'A clerk’s code', member: 'A neighbour’s link', import: 'Invited by the store', event: 'An event’s code', other: 'Another way' },
  },
  stores: {
    new: 'Open a new store', opened: '{name} is open', newName: 'New store', front: 'Its front', name: 'Name on the sign', short_name: 'Short name', slug: 'Name in addresses, lower case', owner_name: 'The owner’s name', owner_phone: 'The owner’s mobile number',
    fronts: { shoes: 'Shoes', noodles: 'Noodles', tea: 'Tea', books: 'Books', herbs: 'Herbs', tailor: 'Tailor', bakery: 'Bakery', glasses: 'Glasses', flowers: 'Flowers', tools: 'Tools', kids: 'Kids', fruit: 'Fruit', photo: 'Photo' },
    title: 'Stores on the street', open: 'Open until {at}', closed: 'Closed', brought: 'members brought', suspended: 'Suspended', suspend: 'Suspend', admit: 'Let back in',
    suspendTitle: 'Suspend {name}', suspendText: 'Its join codes earn no credit and coupons are not redeemed there. What is in the books stays.', reason: 'Why',
    admitTitle: 'Let {name} back in', admitText: 'Its codes and coupons work again as before.', away: '{name} is suspended', back: '{name} is back',
  },
  settings: {
    title: 'What the street agreed on', lead: 'Set by the stores together. A change counts from now on; the books so far stay.', save: 'Save', saved: 'Noted. It counts from now on',
    name: 'Name of the street', nameHint: 'On the sign at the corner', credit: 'Referral credit, yuan', creditHint: 'What the alliance owes the store that brought a new member',
    bps: 'Commission, percent', bpsHint: 'Of what a member pays elsewhere, to the store of origin', cap: 'Commission cap, yuan', capHint: 'For one member in one month',
    vest: 'Days to a first purchase', vestHint: 'After that the credit is void', quiet: 'Quiet days', quietHint: 'Silence after which a level falls by one',
    perYuan: 'Points a yuan', perYuanHint: 'Issued with a purchase', rate: 'Yuan for 100 points', rateHint: 'At the end of the month: paid by the store that issues, paid to the store that honours; 0 to 10', treasurer: 'Who keeps the purse', treasurerHint: 'This store pays and is paid for the fund, so only stores pay each other', treasurerNone: 'The alliance itself', inviter: 'Points for an invitation', inviterHint: 'When the credit posts, for the one who invited',
  },
  settlement: { ...settlement, group: { referral: 'Referral credits', commission_in: 'Commission from others', commission_out: 'Commission to others', coupon_in: 'Coupons, others’ shares', coupon_out: 'Coupons, own shares', points_issued: 'Points given', points_honoured: 'Points taken', ...groups } },
  audit,
  market,
  objections: { ...desk, kindOf: cases.kindOf },
  standing,
}
