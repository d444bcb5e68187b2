import { setImmediate as breathe } from 'node:timers/promises'
import sax from 'sax'
import { fail, ok, type FaultOf, type Result } from '#core/fault.ts'
import type { FileAccess } from './file-access.ts'

/** An element as it is closed. */
export interface XmlElement {
  /** Without its namespace's prefix. */
  readonly name: string
  /** By their names without prefixes. */
  readonly attributes: Readonly<Record<string, string>>
  /** What stands directly in it, trimmed. */
  readonly text: string
  /** Names of the elements around it, the outermost first. */
  readonly within: readonly string[]
}

export interface XmlVisitor {
  readonly open?: (element: Omit<XmlElement, 'text'>) => void
  readonly close?: (element: XmlElement) => void
}

/** How a text ended: an index that is still being written ends in the middle. */
export interface XmlVisit {
  readonly complete: boolean
}

/** Larger than any index that was met: a Harmony index of 1536 wells × 25 fields × 5 channels has about 250 MB. */
const LARGEST = 512 * 2 ** 20
/** Parsed before others have their turn. */
const CHUNK = 256 * 1024
const DEEPEST = 64
/** Of one element; nothing that instruments write about a plane is longer. */
const LONGEST_TEXT = 2 ** 20

/** Reads an XML file element by element; see visitXmlText. */
export async function visitXml(
  { readStart }: Pick<FileAccess, 'readStart'>,
  path: string,
  visitor: XmlVisitor,
): Promise<Result<XmlVisit>> {
  const start = await readStart(path, LARGEST)
  if (!start.ok) return start
  return visitXmlText(new TextDecoder(encodingOf(start.value)).decode(start.value), path, visitor)
}

/**
 * Calls back for each element of an XML text, in the order in which they open and close.
 *
 * No document type, no entities but the five of XML and character references, bounded depth. A text that is no XML is
 * `index-invalid`; one that ends too early has been visited as far as it goes, and says so.
 */
export async function visitXmlText(
  text: string,
  path: string,
  { open, close }: XmlVisitor,
): Promise<Result<XmlVisit>> {
  const parser = sax.parser(true)
  const stack: { name: string; attributes: Record<string, string>; text: string }[] = []
  const names: string[] = []
  let problem: string | null = null
  let begun = false
  const refuse = (detail: string) => {
    problem ??= detail
  }
  parser.onerror = error => {
    refuse(error.message.split('\n')[0]!)
    parser.resume()
  }
  parser.ondoctype = () => refuse('it declares a document type')
  parser.onopentag = ({ name, attributes }) => {
    if (problem !== null) return
    begun = true
    if (stack.length >= DEEPEST) return refuse(`its elements lie more than ${DEEPEST} deep`)
    const own = Object.fromEntries(
      Object.entries(attributes).map(([key, value]) => [withoutPrefix(key), String(value)]),
    )
    const element = { name: withoutPrefix(name), attributes: own }
    open?.({ ...element, within: names })
    stack.push({ ...element, text: '' })
    names.push(element.name)
  }
  const addText = (some: string) => {
    const top = stack.at(-1)
    if (top === undefined) return
    if (top.text.length + some.length > LONGEST_TEXT) refuse(`<${top.name}> is too long`)
    else top.text += some
  }
  parser.ontext = addText
  parser.oncdata = addText
  parser.onclosetag = () => {
    const element = stack.pop()
    names.pop()
    if (problem !== null || element === undefined) return
    close?.({ ...element, text: element.text.trim(), within: names })
  }
  for (let from = 0; from < text.length && problem === null; from += CHUNK) {
    parser.write(text.slice(from, from + CHUNK))
    if (from + CHUNK < text.length) await breathe()
  }
  if (problem !== null) return invalid(path, problem)
  if (!begun) return invalid(path, 'it has no element')
  if (stack.length > 0) return ok({ complete: false })
  parser.close()
  // What is left open at the end: a tag that is being written, or no element at all.
  return problem === null ? ok({ complete: true }) : invalid(path, problem)
}

/** UTF-8, unless a byte order mark or the declaration says otherwise; Windows programs write UTF-16 too. */
function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const declaration = new TextDecoder('latin1').decode(bytes.subarray(0, 100))
  const single = /^<\?xml[^>]*encoding=["'](?:iso-8859-1|windows-1252|us-ascii)["']/i
  return single.test(declaration) ? 'windows-1252' : 'utf-8'
}

function withoutPrefix(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1)
}

function invalid(path: string, detail: string): Result<never, FaultOf<'index-invalid'>> {
  return fail({ kind: 'index-invalid', path, detail })
}
