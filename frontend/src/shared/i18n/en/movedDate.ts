// What the shopper sees of a moved date.
export const movedDate = {
  title: 'This has moved. Will you still come?', from: 'Was', to: 'Now', place: 'Place', keep: 'Yes, keep my place', back: 'No, give it back', badge: 'Moved: please answer',
}
