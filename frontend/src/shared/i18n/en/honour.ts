// Words of taking points at the till.
export const honour = {
  open: 'Take points, they have {n}', points: 'How many points', has: 'They have {n} points, from whichever store', tooMany: 'They have {n} points only', what: 'What for', sample: 'Such as: a pair of insoles',
  fillPoints: 'Enter the points first', fillWhat: 'Say what they are for', take: 'Take', unit: 'point | points', cancel: 'No points, back to the bill', failed: 'Not done, no points moved',
  done: 'Took {n} points at {at}, in the books', left: 'They have left', bill: 'On to their bill', undo: 'Undo, give the points back', undoText: 'The points go back to the member and the books are reversed. Both entries stay in the books.', reversed: 'Undone: {n} points are back with the member',
}
