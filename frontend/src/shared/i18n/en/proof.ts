// The seal of the ledger and its proofs: words of the merchant's area.
export const seal = {
  strip: 'The ledger’s seal', title: 'Sealed up to line {n}, {when}', whole: 'One ledger for the whole street, under one seal', words: 'The seal in eight words: {words}', read: 'Read them to your neighbour. The same eight words mean the same ledger.', compare: 'Compare',
  when: { tonight: 'tonight at {at}', lastNight: 'last night at {at}', today: 'today at {at}', yesterday: 'yesterday at {at}', tomorrow: 'tomorrow night at {at}', on: '{day} at {at}' },
  seen: { first: 'This phone sees it for the first time and will compare from now on.', same: 'The same seal as last time.', grown: 'Last time it reached line {n}. Since then lines were only added.' },
  checking: 'Checking the seal', none: 'The ledger has not been sealed yet', noneText: 'The first seal is {when}. What is sealed, nobody can change.', cannot: 'This phone cannot check the seal', cannotText: 'The browser is too old, or the address does not begin with https. Look on another phone; the ledger is there all the same.',
  mark: { sealed: 'Sealed', open: 'Sealed {when}', broken: 'Does not match' }, legend: { sealed: 'Sealed: nobody can change it', open: 'Not yet: sealed {when}' },
  line: {
    checking: 'Checking this line', holds: 'This is line {n} of the ledger, and it matches the seal of {when}.', again: 'Check again', waits: 'It is in the ledger, and sealed with everybody’s {when}.', cannot: 'This phone cannot check it. Look on another one.',
    record: 'See the raw record', failed: 'It could not be checked',
    broken: { line: 'What the screen says is not what the ledger holds.', record: 'This line does not match the seal: it was changed after it was sealed.', withheld: 'There should be a proof of this line, but none is given.', seal: 'The seal itself does not match, so nothing under it counts.' },
  },
  alarm: {
    title: 'This ledger does not match', line: '“{text}” {sum}, line {n} of the ledger.',
    key: 'The seal is signed by another key than the one you know.', signature: 'The seal’s signature is wrong. It is not this street’s.', shrunk: 'When you last looked the ledger was sealed up to line {n}. The seal that is shown now is shorter.', changed: 'When you last looked the ledger was sealed up to line {n}. Something before that was changed since.',
    todo: 'Do not pay or collect by this ledger for now. Take this phone to the coordinator, and compare with your neighbour.', again: 'Check again', renew: 'It was explained, accept it', renewSure: 'Only when the coordinator has told you why, and your neighbour’s eight words are the same. This phone then forgets the seal that it knew.', renewYes: 'Accept it', renewNo: 'Not yet',
  },
  sheet: {
    title: 'Compare with a neighbour', say: 'Scan each other’s code, or read the eight words aloud.', mine: 'What we see: up to line {n}, sealed {when}', code: 'The code of our seal', scan: 'Scan their code', stop: 'Stop', lens: 'Camera', camera: { off: 'The camera has stopped', starting: 'Starting the camera', on: 'Looking', denied: 'No permission for the camera. Eight words do as well.', absent: 'There is no camera here. Type the eight words.' },
    typed: 'Your neighbour’s eight words, or the code', go: 'Compare', busy: 'Comparing', failed: 'It could not be compared',
    result: {
      same: 'The same. Both of you see one ledger.', older: 'One ledger. Theirs is an earlier seal, up to line {n}, and ours goes on from it.', newer: 'One ledger. Theirs is a later seal, up to line {n}, and goes on from ours.', different: 'Different. You do not see the same ledger.', differentText: 'Keep both phones open, and go to the coordinator together.',
      elsewhere: 'This is the seal of another street.', unreadable: 'That is not a seal. It takes eight words, or the code on this page of theirs.', words: 'The eight words differ. See up to which line each is sealed: if the lines differ, scan the code; if they are the same, there are two ledgers.',
    },
  },
  record: {
    title: 'The raw record', say: 'This is what the ledger holds. This phone works the fingerprints out itself and takes nobody’s word.', copy: 'Copy all of it', copied: 'Copied', leaf: 'Fingerprint of this line', path: 'Joined {n} times, up to the seal', root: 'Fingerprint of the seal', note: 'The seal as signed', key: 'The key that verifies it', open: 'Not sealed yet',
    field: {
      alliance: 'Street', seq: 'Line', id: 'Id', reference: 'Reference', step: 'Step', kind: 'Kind', unit: 'Unit', reason: 'Reason', amount: 'Amount', debit: 'From', credit: 'To', settles: 'Settles', reverses: 'Takes back', member: 'Member', store: 'Store',
      visit: 'Visit', campaign: 'Campaign', coupon: 'Coupon', redemption: 'Redemption', referral: 'Referral', expires_at: 'Expires', at: 'Happened', recorded_at: 'Recorded',
    },
  },
}
