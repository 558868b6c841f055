// Who waits for a word from the shop.
export default {
  chats: '{n} message waits for an answer | {n} messages wait for an answer', questions: '{n} question that Xiao\'er could not answer | {n} questions that Xiao\'er could not answer',
}
