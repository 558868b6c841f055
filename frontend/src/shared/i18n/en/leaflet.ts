// Words of an event's pictures and what to bring.
export const leaflet = {
  bring: 'What to bring', bringSample: 'Such as: an apron and an empty jar', pictures: 'Pictures', add: 'Hang up some pictures', more: 'More pictures: {n} left', cover: 'Cover', isCover: 'This is the cover', toCover: 'Make picture {n} the cover', drop: 'Take picture {n} down', order: 'Tap one to make it the cover.',
}
