// Words of settlements: what the groups are called, the store's statements, the coordinator's months.
export const groups = {
  points_in: 'Points in money, from the alliance', points_out: 'Points in money, to the alliance', prize_in: 'Prizes, others pay', prize_out: 'Prizes, we pay', correction_in: 'Corrections, in',
  correction_out: 'Corrections, out', referral_out: 'Referral credits to the stores', other_in: 'Other, in', other_out: 'Other, out', settled: 'Settled',
}

export const sections = { prize: 'Prizes', correction: 'Corrections', settled: 'Settled' }

const states = { waiting: 'waiting for you', disputed: 'disputed, the coordinator will reply', answered: 'the coordinator replied, look again', confirmed: 'confirmed' }

export const settlement = {
  card: 'Statement of {month}', state: states, more: 'Earlier statements', title: 'Statement of {month}', subtitle: '{store}, closed {at}', list: 'Statements', none: 'No statement yet', noneText: 'Last month’s comes on the 1st at 9:00.',
  receive: 'To receive for the month', pay: 'To pay for the month', even: 'Even for the month', yuan: 'yuan', numbers: 'All that concerns your store in entries {from} to {to} of the street’s one ledger.', numbersNone: 'Nothing was entered on the whole street that month.',
  what: 'Where it comes from', count: '{n} entry | {n} entries', total: 'Net', totalProof: '{earned} to receive, less {owed} to pay', with: 'With whom', fund: 'Alliance fund', kept: { collect: '{yuan} more is collected for the alliance fund; the payments below include it.', pay: '{yuan} more is paid for the alliance fund; the payments below include it.' }, points: 'Points', pointsOf: '{issued} given, {honoured} taken; {rate} yuan for 100',
  due: 'To pay and to receive', dueNone: 'Nothing to pay and nothing to receive for the month.', payTo: 'Pay {name}', getFrom: 'Receive from {name}', open: 'not paid yet', said: { payer: '{name} says paid, {at}', payee: '{name} says received, {at}' }, saidUs: { payer: 'We recorded it as paid, {at}', payee: 'We recorded it as received, {at}' },
  both: 'Recorded by both, settled', mark: { payer: 'Record: we paid', payee: 'Record: we received' }, unmark: 'Take it back', how: 'How it was paid', ways: { cash: 'cash', wechat: 'WeChat', bank: 'transfer' }, marked: 'Recorded', unmarked: 'Taken back', paidNote: 'Record it after paying; it is settled when the other side has recorded it too.',
  confirm: 'It is right, we confirm', confirmAnyway: 'Let it be, we confirm', confirmed: 'Confirmed', confirmText: 'Confirming is final. What turns out wrong later, the coordinator corrects in the next month.', dispute: 'Dispute', disputeTitle: 'What is wrong', disputeHint: 'Which line, and what it should be; at least 8 characters', send: 'Send to the coordinator', disputed: 'Sent to the coordinator',
  talk: 'What was said', who: { confirm: 'We confirmed', dispute: 'We said', reply: 'The coordinator said' }, corrections: 'Corrections for this statement', correction: '{from} pays {to} {yuan} yuan, in the next month', excel: 'Save as a workbook', print: 'Print', saved: 'Saved',
  end: 'Not a word of a closed month changes. What is wrong is corrected in the next.', badge: '{n} statement waits for you | {n} statements wait for you',
}

export const closing = 'The statement is out on {day} at {time}.'

export const paper = {
  title: 'Statement of {month}', store: 'Store', closed: 'Closed', numbers: 'Ledger entries', item: 'Item', lines: 'Entries', earned: 'Earned (yuan)', owed: 'Owed (yuan)', total: 'Total', net: 'Net', netIn: 'to receive', netOut: 'to pay', even: 'even',
  points: 'Points: {issued} given, {honoured} taken, {rate} yuan for 100', payments: 'Payments', from: 'From', to: 'To', amount: 'Amount (yuan)', state: 'State', states: { open: 'open', paid: 'recorded by the payer', received: 'recorded by the payee', settled: 'settled' },
  sign: 'For the store', signFund: 'For the alliance', date: 'Date', seal: 'Seal: entry {n}, {at}, {words}', print: 'Print this page', back: 'Back', hint: 'WeChat cannot print: open the page in the browser from the menu at the top right.', printed: 'Printed {at}',
}

export const alliance = {
  month: { 1: 'January', 2: 'February', 3: 'March', 4: 'April', 5: 'May', 6: 'June', 7: 'July', 8: 'August', 9: 'September', 10: 'October', 11: 'November', 12: 'December' },
  nav: 'Settlement', title: 'Settlement', lead: 'Last month is closed on the 1st at 9:00: one statement a store, netted into a few payments. A closed month never changes; errors are corrected in the next.', next: '{month} is not closed yet. The clock closes it on {at}.', nextDue: '{month} is over and can be closed. The clock does it on {at}.', close: 'Close {month}', closed: '{month} is closed',
  none: 'Nothing closed yet', noneText: 'The first statements come on the 1st at 9:00, when a month is over.', months: 'Closed months', progress: '{confirmed} of {statements} confirmed, {settled} of {payments} paid', confirmed: 'confirmed', settled: 'paid', moved: 'to pay in all', disputedN: '{n} store waits for a reply | {n} stores wait for a reply', by: { clock: 'closed by the clock', hand: 'closed by the coordinator' },
  statements: 'Statements', store: 'Store', earned: 'Earned', owed: 'Owed', net: 'Net', state: { waiting: 'waiting for the store', disputed: 'disputed', answered: 'replied, waiting for the store', confirmed: 'confirmed' }, fund: 'Alliance fund', keeper: '{store} keeps the purse', payments: 'Payments', paymentsNone: 'Nothing to pay for this month.', to: 'To',
  payment: { open: 'not paid', paid: 'paid, says the payer', received: 'received, says the payee', settled: 'recorded by both' }, mark: { payer: 'The fund paid', payee: 'The fund received' }, unmark: 'Take back', says: { dispute: '{store} says', reply: 'The coordinator replied', confirm: '{store} confirmed' }, reply: 'Reply to {store}', replyHint: 'Say what happened; at least 8 characters', send: 'Reply', replied: 'Replied',
  correct: 'Post a correction', correctFor: 'Post a correction for {store}', correctLead: 'A correction falls into the month that is not closed; closed months stay.', payer: 'Who pays', payee: 'Who is paid', yuan: 'Yuan', reason: 'Why', reasonHint: 'Both stores read it; at least 8 characters', correctDo: 'Post the correction', corrected: 'The correction is posted, in the next month', corrections: 'Correction: {from} pays {to} {yuan} yuan, {reason}',
  excel: 'Save as a workbook', end: 'That was {month}.', rate: '{yuan} yuan for 100 points; ledger entries {from} to {to}.', back: 'All months', count: '{n} entry | {n} entries', pointsOf: 'Points: {issued} given, {honoured} taken',
}
