// 等着这家店说句话的。
export default {
  chats: '{n} 句话等着回', questions: '{n} 个问题等着答，小二答不上来',
}
