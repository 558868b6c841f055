// The audit of the books: words of the alliance's area.
export default {
  title: 'Audit', lead: 'The whole book is worked out again from the first line, one thing after another. Every night at three by itself, and whenever you ask.', toPage: 'How it is done',
  state: { none: 'Not audited yet', running: 'Auditing', passed: 'The books hold', found: 'One row does not hold', failed: 'Not finished' },
  say: {
    none: 'Tonight at three for the first time, or now if you like.', running: 'Begun {at}. The stores go on trading meanwhile.', failed: 'The audit of {at} was cut off while reading. Just run it again.',
    passed: '{at}: {transfers} lines, {accounts} accounts, {checks} checks, all of them hold.', found: '{at}: {transfers} lines; it stopped at the row below.',
  },
  now: 'Audit now', busy: 'Auditing', byClock: 'By night', byHand: 'By a coordinator', took: 'took {n} s', quick: 'under a second',
  finding: {
    title: 'This is what does not hold', what: 'Should be', where: 'Row', seq: 'number {n} in the ledger', problem: 'As found',
    todo: 'What to do first', steps: ['Pay and collect nothing by this book for now, and leave the database alone.', 'Show this page to whoever runs the server; the row’s number matters.', 'Take the last backup or export that held and compare this row: what was changed will show.', 'When it is clear, tell the stores. A book is mended by another line, never by changing one.'],
  },
  checks: 'What is checked, one by one', mark: { ok: 'holds', bad: 'does not hold', not: 'not reached this time' },
  check: {
    ledger: {
      transfers: ['No line was touched', 'Each line’s fingerprint is worked out again; the numbers follow without gaps; whatever posts, voids or takes back finds the line it speaks of.'], balances: ['Balances are what the lines come to', 'Every account is added up from nothing; none that may not overdraw has overdrawn.'],
      tiles: ['The figures under the seals are the old ones', 'What the stores’ phones check with can be worked out from the ledger again.'], checkpoints: ['Every night’s seal is good', 'The seal’s sum is worked out from the ledger again, and its signature is verified.'],
      history: ['Past balances hold too', 'What each account held after each line, from the first on.'],
    },
    pool: { numbers: ['No member’s number is missing', 'As many members as numbers given out.'], origins: ['Origin stores are on this street', 'The store that brought a member is one of ours.'] },
    relation: { points: ['Points match the visits', 'What a visit earned is what the ledger issued.'], facts: ['Visits and spending add up', 'What a store sees is the sum of the visits.'] },
    referral: {
      credits: ['Credits match the joinings', 'One for each new member: waiting, posted or void, as the ledger has it.'], commissions: ['Commissions match the purchases', 'What each purchase owes, and each member’s monthly cap, as the ledger has them.'],
      objections: ['Every objection has its end', 'Who objected and what was decided agrees with where the credit went.'],
    },
    coupon: { stock: ['No coupon out of nowhere', 'Given out and left over make the number agreed.'], once: ['A coupon is used once', 'Each used one has a receipt, no unused one has.'], shares: ['Shares sum to the fen', 'What each store bears makes the discount; the ledger has exactly those lines.'] },
    calendar: { places: ['Places match the guests', 'As many guests as places taken.'], check_ins: ['Who checked in was there', 'Each check-in has its visit.'] },
    settlement: { statements: ['Statements match the ledger', 'From which line to which, what each earned and owes, and which payments: netted again.'], records: ['Payments are on record', 'Who says paid and who says received agrees with the ledger; corrections have their reasons.'] },
    other: ['{name}', 'A new check that has no words yet.'],
  },
  take: {
    title: 'Take the books and check for yourself', text: 'The export is one file, without names or phone numbers. Any machine can work it out from the first line, without asking us and without trusting us.', save: 'Export the books', busy: 'Preparing', failed: 'Not exported',
    how: 'To check it, run this line. Give it the seal’s key too: it stands in each store’s ledger under “The record as kept”.', key: 'KEY', copy: 'Copy', copied: 'Copied',
  },
  runs: { older: 'Earlier ones', title: 'Audits so far', none: 'Each audit is noted here.', end: 'The last thirty are kept here', count: '{n} lines' },
}
