import { isScalar, parseDocument, visit, type Document } from 'yaml'
import type { Field } from './field.ts'
import { invalid, Objection, refuse } from './objection.ts'

/**
 * Descriptions of the Model Zoo have 3 to 30 kB. The parser takes time by the square of the length of what is
 * made to fool it: 250 kB of that take 8 to 50 s, 64 kB one or two.
 */
export const LARGEST_DESCRIPTION = 1 << 16

/** Anchors, aliases and tags take the parser time by the square of their number. */
const MOST_MARKS = 1000

const DEEPEST = 64

/**
 * The one document of a YAML text, by the core schema of YAML 1.2, so that dates stay texts.
 *
 * Aliases are expanded a hundred times at most; a name that occurs twice, `__proto__` and nesting beyond
 * 64 are refused. Maps come as `Map`, so that no name can reach a prototype.
 */
export function readYaml(text: string): Field {
  if (text.length > LARGEST_DESCRIPTION) {
    return refuse(`the description has ${text.length} characters; allowed: ${LARGEST_DESCRIPTION}`)
  }
  refuseDepth(text)
  refuseMarks(text)
  const value = parse(text)
  if (!(value instanceof Map)) return invalid('the description is not a map of names to values')
  refuseNames(value, 0, new Set())
  return { path: '', value }
}

function parse(text: string): unknown {
  try {
    const document = parseDocument(text, {
      version: '1.2',
      schema: 'core',
      merge: false,
      // Its own check compares every name with every other; `refuseRepeated` does it once through.
      uniqueKeys: false,
      // Each would take time by the length of its line; `lineOf` says the first one's.
      prettyErrors: false,
      logLevel: 'error',
    })
    const error = document.errors[0]
    if (error?.code === 'RESOURCE_EXHAUSTION')
      refuse(`the description is nested deeper than ${DEEPEST}`)
    if (error !== undefined)
      return invalid(`not readable as YAML: ${error.message}, line ${lineOf(text, error.pos[0])}`)
    refuseRepeated(document)
    return document.toJS({ mapAsMap: true, maxAliasCount: 100 })
  } catch (cause) {
    // The parser reports an alias bomb as ReferenceError and nesting beyond its stack as RangeError.
    if (cause instanceof ReferenceError || cause instanceof RangeError) {
      return refuse(`the description is made to exhaust its reader: ${firstLine(cause.message)}`)
    }
    if (cause instanceof Objection) throw cause
    return invalid(
      `not readable as YAML: ${cause instanceof Error ? firstLine(cause.message) : ''}`,
    )
  }
}

/** Before the parser recurses: brackets that stay open, and dashes that open list in list. */
function refuseDepth(text: string): void {
  let open = 0
  for (const character of text) {
    if (character === '[' || character === '{') open += 1
    else if (character === ']' || character === '}') open = Math.max(0, open - 1)
    if (open > DEEPEST * 4) refuse(`the description is nested deeper than ${DEEPEST}`)
  }
  if (/(?:[-?:][ \t]+){65}/.test(text)) refuse(`the description is nested deeper than ${DEEPEST}`)
}

/** Emphasis in Markdown looks alike, hence the large number. */
function refuseMarks(text: string): void {
  if (/,(?:\s*,){20}/.test(text)) invalid('the description has a list of empty items')
  const marks = text.match(/[*&!][^\s,[\]{}*&]/g)?.length ?? 0
  if (marks > MOST_MARKS)
    refuse(`the description has ${marks} anchors, aliases and tags; allowed: ${MOST_MARKS}`)
}

function refuseRepeated(document: Document): void {
  visit(document, {
    Map: (_, { items }) => {
      const names = new Set<unknown>()
      for (const { key } of items) {
        const name = isScalar(key) ? key.value : key
        if (names.has(name)) invalid(`the name ${String(name)} occurs twice in one map`)
        names.add(name)
      }
    },
  })
}

function refuseNames(value: unknown, depth: number, seen: Set<unknown>): void {
  if (depth > DEEPEST) refuse(`the description is nested deeper than ${DEEPEST}`)
  if (typeof value !== 'object' || value === null || seen.has(value)) return
  seen.add(value)
  if (value instanceof Map) {
    for (const [name, item] of value) {
      if (name === '__proto__') refuse('the description has a field named __proto__')
      refuseNames(item, depth + 1, seen)
    }
  } else if (Array.isArray(value)) {
    for (const item of value) refuseNames(item, depth + 1, seen)
  }
}

function firstLine(message: string): string {
  return message.split('\n')[0]!.replace(/:$/, '')
}

function lineOf(text: string, position: number): number {
  return text.slice(0, position).split('\n').length
}
