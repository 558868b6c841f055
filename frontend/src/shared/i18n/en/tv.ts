// Screens: the street on a TV in the shop's window.
export const tv = {
  title: 'Screens', about: 'The TV in your window shows what neighbours say, and passers-by scan to join',
  lead: 'Take a TV or an old computer and open the address. Nobody logs in there; of people it shows their names and nothing else.',
  make: 'Make a screen', name: 'Where it stands', nameHint: 'Such as: by the door, beside the till', only: 'Only ours and what we picked', onlyAbout: 'Off: all that is said on the street, less what a moderator has to look at',
  none: 'No screens yet', noneText: 'Make one, and your window is the street’s notice board.', ownerOnly: 'The owner makes screens and switches them off.',
  never: 'Not lit yet', seen: 'Lit {at}', joined: '{n} came in by its code', all: 'The whole street', picked: 'Picked only',
  open: 'How to open it', address: 'Open this in the TV’s browser', key: 'Or open {at} and type the letters', copy: 'Send it to that machine', secret: 'Whoever knows the address sees the screen. Do not put it up.',
  change: 'Change', keep: 'Save', off: 'Switch this screen off', offSure: 'It cannot be lit again. Make a new one when you need it.', offDone: '“{name}” is off; the TV goes dark now.', made: 'Done. Open it on the TV', saved: 'Saved',
  picks: 'Pick some for the screen', picksLead: 'Only for screens that show what is picked. What the store says itself is always on.', pick: 'Put up', unpick: 'Take down', own: 'Ours', noPicks: 'Nobody has said anything these days', end: 'What is older than a week is not shown',
}
