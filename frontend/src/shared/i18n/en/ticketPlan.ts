// On a ticket in the wallet.
export const ticketPlan = { spent: 'Its money is used up: it does not work now', low: 'Little money left: ask before you order', leaves: '{store} until {date}', takenUntil: 'until {date}', idle: 'Not today', idleText: 'not their day, or their money is used up', only: 'good on {when}', notToday: 'not good today', look: 'See', lookAt: 'See {title}' }
