// Reading an OpenAPI document for people: operations by tag, and schemas as short text.
export interface Schema {
  $ref?: string; type?: string | string[]; properties?: Record<string, Schema>; required?: string[]; items?: Schema
  enum?: unknown[]; format?: string; description?: string; minimum?: number; maximum?: number; maxLength?: number; additionalProperties?: unknown
}
interface Media { schema?: Schema }
interface Raw {
  operationId: string; summary?: string; description?: string; tags?: string[]
  parameters?: { name: string; in: string; required?: boolean; description?: string }[]
  requestBody?: { content: Record<string, Media> }; responses?: Record<string, { content?: Record<string, Media> }>
}
export interface Document { paths: Record<string, Record<string, Raw>>; components: { schemas: Record<string, Schema> } }
export interface Operation {
  id: string; method: string; path: string; summary: string; who: string
  parameters: NonNullable<Raw['parameters']>; body?: Schema; answers: { status: string; schema?: Schema }[]
}

const methods = ['get', 'post', 'put', 'patch', 'delete']
const first = (content?: Record<string, Media>) => Object.values(content ?? {})[0]?.schema

function operation(path: string, method: string, raw: Raw): Operation {
  const answers = Object.entries(raw.responses ?? {}).filter(([status]) => status.startsWith('2')).map(([status, one]) => ({ status, schema: first(one.content) }))
  return { id: raw.operationId, method, path, summary: raw.summary ?? '', who: raw.description ?? '', parameters: raw.parameters ?? [], body: first(raw.requestBody?.content), answers }
}

/** Operations that have the wanted words in path or summary, by tag, in the document's order. */
export function grouped(doc: Document, wanted = ''): { tag: string; operations: Operation[] }[] {
  const groups = new Map<string, Operation[]>()
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean)
  for (const [path, byMethod] of Object.entries(doc.paths)) {
    for (const method of methods) {
      const raw = byMethod[method]
      const text = `${method} ${path} ${raw?.summary ?? ''}`.toLowerCase()
      if (!raw || !words.every((word) => text.includes(word))) continue
      const tag = raw.tags?.[0] ?? 'other'
      groups.set(tag, [...groups.get(tag) ?? [], operation(path, method, raw)])
    }
  }
  return [...groups].map(([tag, operations]) => ({ tag, operations }))
}

/** A schema as text: { "title": string, "stock": integer ≥ 1 … }. A type inside itself is named, not unfolded. */
export function schemaText(doc: Document, schema: Schema, indent = 0, seen: string[] = []): string {
  const name = schema.$ref?.split('/').pop()
  if (name) return seen.includes(name) ? name : schemaText(doc, doc.components.schemas[name] ?? {}, indent, [...seen, name])
  const type = Array.isArray(schema.type) ? schema.type.filter((one) => one !== 'null')[0] : schema.type
  if (type === 'array') return `[ ${schemaText(doc, schema.items ?? {}, indent, seen)} ]`
  if (!schema.properties) return simple(schema, type)
  const pad = '  '.repeat(indent + 1)
  const lines = Object.entries(schema.properties).filter(([key]) => key !== '$schema').map(([key, one]) => `${pad}${key}${schema.required?.includes(key) ? '' : '?'}: ${schemaText(doc, one, indent + 1, seen)}${one.description ? `  // ${one.description}` : ''}`)
  return `{\n${lines.join('\n')}\n${'  '.repeat(indent)}}`
}

function simple(schema: Schema, type = 'any'): string {
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' | ')
  const bounds = [schema.minimum !== undefined && `≥ ${schema.minimum}`, schema.maximum !== undefined && `≤ ${schema.maximum}`, schema.maxLength && `≤ ${schema.maxLength} characters`]
  return [schema.format ?? type, ...bounds].filter(Boolean).join(' ')
}
