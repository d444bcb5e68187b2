import { parseDocument } from 'yaml'
import type { Field } from './field.ts'
import { invalid, Objection, refuse } from './objection.ts'

/** Descriptions of the Model Zoo have 3 to 30 kB; a parser takes some 100 bytes of memory for each byte. */
export const LARGEST_DESCRIPTION = 1 << 20

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
      prettyErrors: true,
      logLevel: 'error',
    })
    const error = document.errors[0]
    if (error?.code === 'RESOURCE_EXHAUSTION')
      refuse(`the description is nested deeper than ${DEEPEST}`)
    if (error !== undefined) return invalid(`not readable as YAML: ${firstLine(error.message)}`)
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
