import { describe, expect, it } from 'vitest'
import { grouped, schemaText, type Document } from './docs'

const doc: Document = {
  paths: { '/a': { get: { operationId: 'a', summary: 'Read A', tags: ['one'], responses: { 200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/A' } } } }, 404: {} } } }, '/b': { post: { operationId: 'b', summary: 'Make B', tags: ['two'] } } },
  components: { schemas: { A: { type: 'object', required: ['n'], properties: { n: { type: 'integer', minimum: 1 }, more: { type: ['array', 'null'], items: { $ref: '#/components/schemas/A' } } } } } },
}

describe('docs', () => {
  it('groups by feature and finds by word', () => {
    expect(grouped(doc).map((group) => group.tag)).toEqual(['one', 'two'])
    expect(grouped(doc, 'make').map((group) => group.operations[0]?.id)).toEqual(['b'])
    expect(grouped(doc)[0]?.operations[0]?.answers.map((one) => one.status)).toEqual(['200'])
  })
  it('writes schemas short and ends where a type holds itself', () => {
    expect(schemaText(doc, { $ref: '#/components/schemas/A' })).toBe('{\n  n: integer ≥ 1\n  more?: [ A ]\n}')
  })
})
