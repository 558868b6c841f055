// Manners: an advert costs a strike and comes as a letter, the appeal is answered, a word is tried before it is on, and 小二 is
// asked, does not know, is answered and taught.
import assert from 'node:assert/strict'

const ADVERT = '刷单日结，想做的加微信 demo_e2e01'

export async function manners({ shopper, coordinator }) {
  await strike(shopper)
  await appeal(shopper, coordinator)
  await word(coordinator)
  await helper(shopper, coordinator)
}

async function strike(shopper) {
  await shopper.go('/')
  await shopper.button('跟街坊说点什么').click()
  const sheet = shopper.page.getByRole('dialog')
  await sheet.getByRole('textbox').fill(ADVERT)
  await sheet.getByRole('button', { name: '发出去' }).click()
  await sheet.getByText('这条像广告').waitFor()
  await shopper.go('/inbox')
  await shopper.page.getByText('记了第 1 次').first().waitFor()
}

async function appeal(shopper, coordinator) {
  await shopper.go('/me/conduct')
  await shopper.button('我要申诉').click()
  await shopper.page.getByRole('textbox', { name: '我要申诉' }).fill('试一试管不管用，不是真的')
  await shopper.button('交上去').click()
  await shopper.page.getByText('申诉在等回话').waitFor()
  await coordinator.go('/a/conduct')
  await coordinator.page.getByText('试一试管不管用').waitFor()
  await coordinator.page.getByRole('textbox', { name: '回一句话' }).fill('这回当您试的，下回别写号')
  await coordinator.button('申诉成立，分退回去').click()
  await coordinator.page.getByText('没有等着的').waitFor()
  await shopper.go('/inbox')
  await shopper.page.getByText('您的申诉成立').first().waitFor()
}

async function word(coordinator) {
  await coordinator.go('/a/conduct?show=rules')
  await coordinator.button('加一个词').click()
  const sheet = coordinator.page.getByRole('dialog')
  await sheet.getByRole('textbox').fill('试一试')
  await sheet.getByRole('button', { name: '拿上一周的帖试一试' }).click()
  await sheet.getByText('上一周').waitFor()
  await sheet.getByRole('button', { name: '用上' }).click()
  await coordinator.page.getByRole('switch', { name: '试一试' }).waitFor()
  assert.equal(await coordinator.page.getByRole('switch', { name: '试一试' }).getAttribute('aria-checked'), 'true')
}

async function helper(shopper, coordinator) {
  await shopper.go('/')
  await shopper.button('问小二').click()
  const sheet = shopper.page.getByRole('dialog')
  await sheet.getByRole('button', { name: '谁家开着' }).click()
  await sheet.getByText(/现在开着|都打烊了/).waitFor()
  await sheet.getByRole('textbox').fill('逢集那天哪里能停三轮车')
  await sheet.getByRole('button', { name: '问', exact: true }).click()
  await sheet.getByText('已经替您问了人').waitFor()
  await coordinator.go('/a/helper')
  const asked = coordinator.page.locator('article', { hasText: '逢集那天哪里能停三轮车' })
  await asked.getByRole('textbox').first().fill('北口空地上，早上八点前有位子')
  await asked.getByRole('checkbox').check()
  await asked.getByRole('button', { name: '答', exact: true }).click()
  await coordinator.page.getByText('没有等着的，小二都答上来了').waitFor()
  await sheet.getByRole('textbox').fill('逢集那天哪里能停三轮车呀')
  await sheet.getByRole('button', { name: '问', exact: true }).click()
  await sheet.getByText('北口空地上').waitFor()
}
