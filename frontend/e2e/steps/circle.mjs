// An event for a circle: who is not in it is told the way in, and signs up from inside.
const TITLE = '后院那桌的茶'

export async function asked({ tea, story }) {
  const { store, tea: caller } = story.door
  await caller.post('/circles', { name: '后院那桌', access: 'open', store_id: store })
  await tea.go(`/m/${store}/events/new`)
  await tea.page.getByLabel('办什么').fill(TITLE)
  await tea.button('怎么报名').click()
  await tea.page.getByLabel('谁能来').selectOption('circle')
  await tea.page.getByLabel('哪个圈子').selectOption({ label: '后院那桌' })
  await tea.look('circle-form')
  await tea.button('写进日历').click()
  await tea.heading(TITLE)
  await tea.page.waitForURL(/\/events\/[0-9a-f-]{36}$/)
  await tea.says('只请「后院那桌」圈子的人')
  story.circled = new URL(tea.page.url()).pathname.split('/').at(-1)
}

export async function inside({ li, story }) {
  await li.go(`/calendar/${story.circled}`)
  await li.says('只请「后院那桌」圈子的人，进了圈子就能报')
  await li.look('circle-outside')
  await li.link('先进圈子').click()
  await li.button('进来坐').click()
  await li.says('进来了')
  await li.go(`/calendar/${story.circled}`)
  await li.says('您在里面')
  await li.button('报名').click()
  await li.says('已报名')
}
