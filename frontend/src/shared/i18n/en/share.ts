// Words of an event's picture to hand on.
export const share = { lunar: 'lunar {lunar}', comma: ', ', scan: 'Scan to see it and sign up on {street}', picture: 'Save a picture', file: 'event.png' }
