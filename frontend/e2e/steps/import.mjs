// The calendar that the tea house kept elsewhere: looked at with its faults, brought in once, and nothing the second time.
import assert from 'node:assert/strict'

const DAY = 86_400_000
const stamp = (at) => new Date(at).toISOString().replaceAll(/[-:]|\.\d+/g, '')

/** A file as a phone exports it, from the story's own day on. */
function calendar(now) {
  const event = (uid, ...lines) => ['BEGIN:VEVENT', `UID:${uid}`, ...lines, 'END:VEVENT']
  const noon = Math.floor(now / DAY) * DAY + 4 * DAY + 4 * 3_600_000
  return ['BEGIN:VCALENDAR', 'VERSION:2.0',
    ...event('one@phone', 'SUMMARY:老茶会', 'LOCATION:后院', `DTSTART:${stamp(noon)}`, 'DURATION:PT2H', 'ATTENDEE:mailto:li@example.com'),
    ...event('week@phone', 'SUMMARY:写字课', `DTSTART:${stamp(noon + DAY)}`, 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=8'),
    ...event('wrong@phone', 'SUMMARY:反着的', `DTSTART:${stamp(noon)}`, `DTEND:${stamp(noon - DAY)}`),
    'END:VCALENDAR', ''].join('\r\n')
}

async function put(tea, story) {
  await tea.page.getByLabel('选日历文件').setInputFiles({ name: '老日历.ics', mimeType: 'text/calendar', buffer: Buffer.from(story.calendar) })
  await tea.says('勾好的才会进日历')
}

export async function brought({ tea, story }) {
  story.calendar = calendar(await tea.page.evaluate(() => Date.now()))
  await tea.go(`/m/${story.door.store}/events`)
  await tea.link('从文件导入').click()
  await put(tea, story)
  await tea.says('组织者和参加的人，没有带过来')
  await tea.look('import-new')
  await tea.button(/有问题/).click()
  await tea.says('结束比开始还早')
  await tea.look('import-faults')
  await tea.button('搬过来 2 条').click()
  await tea.says('搬好了')
  await tea.link(/老茶会/).click()
  await tea.heading('老茶会')
}

/** Taken back with one tap, and brought in anew: as if it had never come. */
export async function undone({ tea, story }) {
  await tea.go(`/m/${story.door.store}/events/import`)
  await tea.link(/老日历/).click()
  await tea.button('撤回这次导入').click()
  await tea.page.getByRole('dialog').getByRole('button', { name: '撤回' }).click()
  await tea.says('这次搬来的都拿走了')
  await tea.look('import-undone')
  await tea.go(`/m/${story.door.store}/events/import`)
  await put(tea, story)
  await tea.button('搬过来 2 条').click()
  await tea.says('搬好了')
  await tea.look('import-done')
}

export async function again({ tea, story }) {
  await tea.go(`/m/${story.door.store}/events/import`)
  await put(tea, story)
  await tea.button(/没变/).click()
  const rows = tea.page.locator('.bring-rows > li')
  await rows.nth(1).waitFor()
  assert.equal(await rows.count(), 2)
  assert.equal(await tea.page.getByRole('button', { name: '搬过来 0 条' }).isDisabled(), true)
}
