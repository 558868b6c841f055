// A customer talks with a shop in private: who of the staff answers, and how one hands over to another.

const bubble = (person, text) => person.page.locator('.chat-row', { hasText: text }).last()

async function say(person, text) {
  await person.page.getByLabel('写一句').fill(text)
  await person.button('发出去').click()
  await bubble(person, text).waitFor()
}

/** The clerk answers, then hands over to the owner: the customer reads so, the owner has it among theirs, and goes on. */
export async function handedOver({ wang, noodles, clerk }) {
  const [ask, answer, more] = ['明天来客，能留两斤面吗', '留着呢，六点前来取', '我是老林，给您多抻了半斤']
  await wang.go(`/chats/${noodles.store}`)
  await say(wang, ask)
  await clerk.go(`/m/${noodles.store}/chats`)
  await clerk.page.locator('.chat-item', { hasText: '王秀兰' }).click()
  await bubble(clerk, ask).waitFor()
  await say(clerk, answer)
  await bubble(wang, answer).waitFor()
  await clerk.button('还能做什么').click()
  await clerk.page.getByRole('dialog').getByRole('button', { name: '林国栋' }).click()
  await clerk.says('转给林国栋了')
  await clerk.says('林国栋在管')
  await wang.says('林国栋接着跟您聊')
  await wang.look('chat-handed')
  await noodles.go(`/m/${noodles.store}/chats`)
  await noodles.button('归我的').click()
  await noodles.page.locator('.chat-item', { hasText: '王秀兰' }).click()
  await bubble(noodles, answer).getByText('阿毛回的').waitFor()
  await say(noodles, more)
  await bubble(wang, more).waitFor()
  await bubble(clerk, more).getByText('林国栋回的').waitFor()
  await noodles.look('chat-keeper')
}
