// The street by its market days: the coordinator sets the rule, the tea house makes a series of it and moves one date, and
// who signed up is told and keeps the place.
import assert from 'node:assert/strict'

const TEA = '逢集早点'

export async function agreed({ coordinator }) {
  await coordinator.go('/a/market')
  await coordinator.heading('逢集的日子')
  await coordinator.button('逢五逢十').click()
  await coordinator.says('逢集，农历五十')
  await coordinator.look('market-rule')
  await coordinator.button('就这么定').click()
  await coordinator.says('定下来了')
  await coordinator.button('和现在一样').waitFor()
}

export async function repeated({ tea, story }) {
  await tea.go(`/m/${story.door.store}/events`)
  await tea.link('办一场活动').click()
  await tea.page.getByLabel('办什么').fill(TEA)
  await tea.page.getByLabel('几点开始').fill('08:00')
  await tea.page.getByLabel('几点结束').fill('10:00')
  await tea.page.getByLabel('隔多久办一场').selectOption('market')
  await tea.says('接下来的日子')
  await tea.button('写进日历').click()
  await tea.heading(TEA)
  await tea.page.waitForURL(/\/events\/[0-9a-f-]{36}$/)
  // The second date: the first may be today.
  await tea.page.getByRole('button', { name: '返回' }).or(tea.page.getByRole('link', { name: '返回' })).first().click()
  await tea.page.locator('.dates a', { hasText: TEA }).nth(1).click()
  await tea.page.waitForURL(/\/events\/[0-9a-f-]{36}$/)
  story.date = new URL(tea.page.url()).pathname.split('/').at(-1)
  story.path = new URL(tea.page.url()).pathname
}

export async function booked({ li, story }) {
  await li.go(`/calendar/${story.date}`)
  await li.button('报名').click()
  await li.says('已报名')
}

export async function moved({ tea, story }) {
  await tea.go(`${story.path}/edit`)
  await tea.page.getByLabel('几点开始').fill('09:00')
  await tea.page.getByLabel('几点结束').fill('11:00')
  await tea.button('存好').click()
  await tea.says('会写信告诉 1 位')
  await tea.look('market-scope')
  await tea.button('就这样改').click()
  await tea.page.getByText('改期还没回话').waitFor()
}

export async function kept({ li, story }) {
  await li.go('/inbox')
  await li.says(`${TEA}改了时间或地方`)
  await li.go(`/calendar/${story.date}`)
  await li.says('这场改了，还来吗')
  await li.look('market-moved')
  await li.button('还来，位子留着').click()
  await li.page.getByText('这场改了，还来吗').waitFor({ state: 'detached' })
  await li.says('已报名')
}

export async function looked({ li }) {
  await li.go('/calendar?view=day')
  await li.says('谁家几点开')
  await li.look('calendar-day')
  await li.link('日程').click()
  await li.page.locator('.agenda-day').first().waitFor()
  assert.ok(await li.page.locator('.agenda-day .fair-mark').count() > 0, 'market days stand in the agenda')
  await li.look('calendar-agenda')
}
