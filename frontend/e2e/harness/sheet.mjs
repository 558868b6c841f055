// A workbook from a CSV file, as a shop owner saves it in Excel: one sheet, text in every cell.
import { crc32 } from 'node:zlib'

/** @param {string} csv @returns {Buffer} an .xlsx file with the same cells */
export function workbook(csv) {
  const rows = lines(csv)
  return zip([
    ['[Content_Types].xml', `${XML}<Types xmlns="${PKG}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${MAIN}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${MAIN}.worksheet+xml"/></Types>`],
    ['_rels/.rels', `${XML}<Relationships xmlns="${PKG}/relationships"><Relationship Id="r1" Type="${DOC}/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
    ['xl/workbook.xml', `${XML}<workbook xmlns="${SHEET}" xmlns:r="${DOC}/relationships"><sheets><sheet name="老本子" sheetId="1" r:id="r1"/></sheets></workbook>`],
    ['xl/_rels/workbook.xml.rels', `${XML}<Relationships xmlns="${PKG}/relationships"><Relationship Id="r1" Type="${DOC}/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`],
    ['xl/worksheets/sheet1.xml', `${XML}<worksheet xmlns="${SHEET}"><sheetData>${rows.map(row).join('')}</sheetData></worksheet>`],
  ])
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const PKG = 'http://schemas.openxmlformats.org/package/2006'
const DOC = 'http://schemas.openxmlformats.org/officeDocument/2006'
const SHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const MAIN = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

function row(cells, y) {
  const of = cells.map((text, x) => `<c r="${String.fromCharCode(65 + x)}${y + 1}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`)
  return `<row r="${y + 1}">${of.join('')}</row>`
}

const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

/** The cells of a CSV file; quoted ones may hold commas, line ends and doubled quotes. */
function lines(csv) {
  const rows = [[]]
  for (const [, cell, end] of csv.trimEnd().matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/g)) {
    rows.at(-1).push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)
    if (end === '') break
    if (end !== ',') rows.push([])
  }
  return rows
}

/** A zip archive whose files are stored as they are. */
function zip(files) {
  const parts = []
  const directory = []
  let offset = 0
  for (const [name, text] of files) {
    const title = Buffer.from(name)
    const body = Buffer.from(text)
    const facts = Buffer.alloc(26) // from "version needed" to "extra length", the same in both headers
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(0x21, 8) // the first day of 1980
    facts.writeUInt32LE(crc32(body), 10)
    facts.writeUInt32LE(body.length, 14)
    facts.writeUInt32LE(body.length, 18)
    facts.writeUInt16LE(title.length, 22)
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), facts, title, body)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, rest, title)
    offset += 30 + title.length + body.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, listed, end])
}
