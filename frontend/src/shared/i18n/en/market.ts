// The street's market rule on the coordinator's page, and the calendar in people's phones.
export const market = { next: ', next on' }
export const subscribe = { link: 'Subscribe in your calendar', text: 'Your calendar follows by itself when a date moves or is called off.' }
