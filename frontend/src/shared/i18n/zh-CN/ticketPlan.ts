// On a ticket in the wallet.
export const ticketPlan = { spent: '这张的钱用完了，先用不了', low: '钱不多了，用前问一声', leaves: '{store}收到 {date}', takenUntil: '收到 {date}', idle: '今天用不上的', idleText: '没到日子，或者钱用完了', only: '{when}能用', off: '{days}不能用', days: '领后 {n} 天内能用', notToday: '今天不能用', look: '看看', lookAt: '看看{title}' }
