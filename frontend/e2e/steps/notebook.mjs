// Step 3: the shoe shop's old notebook, twice as it is and once as a workbook.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { workbook } from '../harness/sheet.mjs'
import { numberIn } from '../harness/until.mjs'

const NOTEBOOK = resolve(import.meta.dirname, '../../../server/pool/notebook/testdata/customers-shoe-shop.gbk.csv')

export async function notebook({ owner, story }) {
  await owner.tab('顾客').click()
  await owner.link('导入老本子').click()
  await put(owner, NOTEBOOK)
  await owner.says('GB18030')
  const first = await tally(owner)
  assert.deepEqual([first.新的 + first.已有, first.重复, first.不对], [400, 14, 6])
  await owner.button(/不对/).click()
  const wrong = owner.page.locator('ul.rows li')
  await wrong.nth(5).waitFor()
  assert.equal(await wrong.count(), 6)
  for (const why of await wrong.locator('.why').allInnerTexts()) assert.ok(why.trim(), 'every wrong row says why')
  await owner.look('03-preview')

  const written = await write(owner)
  assert.deepEqual(written, { 新写进: first.新的, 补上了: written.补上了, 没变: first.已有 - written.补上了 })
  await owner.look('03-written')
  await owner.button('再传一个').click()
  await again(owner, NOTEBOOK)
  await owner.button('再传一个').click()
  const buffer = workbook(new TextDecoder('gb18030').decode(readFileSync(NOTEBOOK)))
  await again(owner, { name: 'notebook.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer })
  await owner.link('看看可以请的人').click()
  assert.ifError(await story.turns)
}

/** The file another time: all known, and nothing changes. */
async function again(owner, file) {
  await put(owner, file)
  assert.deepEqual(await tally(owner), { 新的: 0, 已有: 400, 重复: 14, 不对: 6 })
  assert.deepEqual(await write(owner), { 新写进: 0, 补上了: 0, 没变: 400 })
  await owner.says('这个文件早写过了，这回什么都没变。')
}

async function put(owner, file) {
  await owner.page.getByLabel('选一个文件').setInputFiles(file)
  await owner.says('420 行，写得进 400 行')
}

/** How many rows are what, by the words on the screen. */
async function tally(owner) {
  const counted = {}
  for (const button of await owner.page.getByRole('group', { name: '按行看' }).getByRole('button').allInnerTexts()) {
    counted[button.replace(/[\d,\s]/g, '')] = numberIn(button)
  }
  return counted
}

/** Writes it, seeing how far it is. */
async function write(owner) {
  const progress = await owner.watchFor('写好了，一共 400 位')
  await owner.button('写进 400 位').click()
  await progress()
  await owner.page.locator('.done-n').waitFor()
  const result = {}
  for (const one of await owner.page.locator('.done-n > div').allInnerTexts()) result[one.replace(/[\d,\s]/g, '')] = numberIn(one)
  return result
}
