// Reads a workbook as a program of another house wrote it: the sheets of an .xlsx file, by name, as rows of texts.
import { inflateRawSync } from 'node:zlib'

/** @param {Buffer} file @returns {Record<string, string[][]>} */
export function readWorkbook(file) {
  const parts = unzip(file)
  const shared = [...(parts['xl/sharedStrings.xml'] ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map(([, item]) => textIn(item))
  const targets = Object.fromEntries([...parts['xl/_rels/workbook.xml.rels'].matchAll(/<Relationship [^>]*>/g)].map(([tag]) => [attribute(tag, 'Id'), attribute(tag, 'Target')]))
  return Object.fromEntries([...parts['xl/workbook.xml'].matchAll(/<sheet [^>]*>/g)].map(([tag]) => {
    const place = targets[attribute(tag, 'r:id')].replace(/^\/?(xl\/)?/, 'xl/')
    return [unescaped(attribute(tag, 'name')), rowsOf(parts[place], shared)]
  }))
}

/** The cells of a sheet; a formula's is the value beside it. */
function rowsOf(sheet, shared) {
  return [...sheet.matchAll(/<row [^>]*?(?:\/>|>(.*?)<\/row>)/gs)].map(([, inside = '']) => {
    const cells = []
    for (const [, head, body = ''] of inside.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) cells[columnOf(attribute(`<c ${head}>`, 'r'))] = valueOf(head, body, shared)
    return Array.from(cells, (cell) => cell ?? '')
  })
}

function valueOf(head, body, shared) {
  const value = body.match(/<v>(.*?)<\/v>/s)?.[1] ?? ''
  if (/t="s"/.test(head)) return shared[Number(value)]
  return /t="inlineStr"/.test(head) ? textIn(body) : unescaped(value)
}

const columnOf = (cell) => [...cell.replace(/\d/g, '')].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0) - 1
const attribute = (tag, name) => tag.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1] ?? ''
const textIn = (xml) => [...xml.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, text]) => unescaped(text)).join('')
const unescaped = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;|&apos;/g, "'").replace(/&amp;/g, '&')

/** The files of an archive, by its directory at the end. */
function unzip(file) {
  const end = file.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  const parts = {}
  let at = file.readUInt32LE(end + 16)
  for (let n = file.readUInt16LE(end + 10); n > 0; n--) {
    const size = file.readUInt32LE(at + 20)
    const name = file.toString('utf8', at + 46, at + 46 + file.readUInt16LE(at + 28))
    const local = file.readUInt32LE(at + 42)
    const begins = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
    const body = file.subarray(begins, begins + size)
    parts[name] = (file.readUInt16LE(at + 10) === 8 ? inflateRawSync(body) : body).toString('utf8')
    at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
  }
  return parts
}
