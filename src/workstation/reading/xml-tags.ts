export interface XmlTag {
  /** Without its namespace's prefix. */
  readonly name: string
  /** As written: entities are not resolved. */
  readonly attributes: ReadonlyMap<string, string>
}

const SPACE = new Set([' ', '\t', '\r', '\n'])

/**
 * The opening tags of an XML text with their attributes, in order; reads on over what makes no sense.
 *
 * Enough for the few attributes that we want of a microscope's notes, and nothing that a hostile text could use:
 * no entities, no nesting, every character is looked at a fixed number of times.
 */
export function* xmlTags(text: string): Generator<XmlTag, undefined, undefined> {
  let at = text.indexOf('<')
  while (at >= 0) {
    const past = endOfOther(text, at)
    if (past === null) {
      const { tag, end } = readTag(text, at + 1)
      if (tag !== null) yield tag
      at = text.indexOf('<', end)
    } else {
      at = text.indexOf('<', past)
    }
  }
}

/** Where a comment, character data, a declaration or a closing tag ends; null where an opening tag begins. */
function endOfOther(text: string, at: number): number | null {
  const closings = { '<!--': '-->', '<![CDATA[': ']]>', '<?': '?>', '<!': '>', '</': '>' }
  for (const [opening, closing] of Object.entries(closings)) {
    if (!text.startsWith(opening, at)) continue
    const end = text.indexOf(closing, at + opening.length)
    return end < 0 ? text.length : end + closing.length
  }
  return null
}

function readTag(
  text: string,
  start: number,
): { readonly tag: XmlTag | null; readonly end: number } {
  let at = endOfName(text, start)
  const name = withoutPrefix(text.slice(start, at))
  const attributes = new Map<string, string>()
  const senseless = (): { tag: null; end: number } => ({ tag: null, end: at })
  for (;;) {
    while (SPACE.has(text[at] ?? '')) at += 1
    if (at >= text.length || text[at] === '<') return senseless()
    if (text[at] === '>') break
    if (text[at] === '/') {
      at += 1
      continue
    }
    const nameStart = at
    at = endOfName(text, at)
    const attribute = text.slice(nameStart, at)
    while (SPACE.has(text[at] ?? '')) at += 1
    if (attribute === '' || text[at] !== '=') return { tag: null, end: at + 1 }
    at += 1
    while (SPACE.has(text[at] ?? '')) at += 1
    const quote = text[at]
    if (quote !== '"' && quote !== "'") return senseless()
    const close = text.indexOf(quote, at + 1)
    if (close < 0) return { tag: null, end: text.length }
    attributes.set(attribute, text.slice(at + 1, close))
    at = close + 1
  }
  return { tag: name === '' ? null : { name, attributes }, end: at }
}

const NAME_ENDS = new Set([...SPACE, '=', '/', '>', '<', '"', "'"])

function endOfName(text: string, start: number): number {
  let at = start
  while (at < text.length && !NAME_ENDS.has(text[at]!)) at += 1
  return at
}

function withoutPrefix(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1)
}
