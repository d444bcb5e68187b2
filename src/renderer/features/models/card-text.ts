/** A part of a text for people. */
export type TextBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** Kept as it is written: code, tables. */
  | { readonly kind: 'verbatim'; readonly text: string }

/**
 * Headings, paragraphs, lists and what is to be kept as it is, of a text in Markdown.
 *
 * Packages come from anywhere: nothing in them becomes a link, a picture or markup of the page.
 */
export function cardText(markdown: string): readonly TextBlock[] {
  const blocks: TextBlock[] = []
  let fenced: string[] | null = null
  let lines: string[] = []
  const end = (): void => {
    if (lines.length > 0) blocks.push(blockOf(lines))
    lines = []
  }
  for (const line of markdown.replaceAll('\r\n', '\n').split('\n')) {
    if (/^\s*(?:```|~~~)/.test(line)) {
      end()
      if (fenced !== null) blocks.push({ kind: 'verbatim', text: fenced.join('\n') })
      fenced = fenced === null ? [] : null
    } else if (fenced !== null) fenced.push(line)
    else if (line.trim() === '') end()
    else if (/^#{1,6}\s/.test(line)) {
      end()
      blocks.push({ kind: 'heading', text: plain(line.replace(/^#+\s+/, '')) })
    } else {
      if (lines.length > 0 && kindOf(lines[0]!) !== kindOf(line) && !/^\s/.test(line)) end()
      lines.push(line)
    }
  }
  end()
  if (fenced !== null) blocks.push({ kind: 'verbatim', text: fenced.join('\n') })
  return blocks
}

const ITEM = /^\s*(?:[-*+]|\d+[.)])\s+/

function kindOf(line: string): 'list' | 'table' | 'paragraph' {
  if (ITEM.test(line)) return 'list'
  return line.startsWith('|') ? 'table' : 'paragraph'
}

function blockOf(lines: readonly string[]): TextBlock {
  const kind = kindOf(lines[0]!)
  if (kind === 'table') return { kind: 'verbatim', text: lines.join('\n') }
  if (kind === 'paragraph') return { kind, text: plain(lines.join(' ')) }
  const items: string[] = []
  for (const line of lines) {
    if (ITEM.test(line)) items.push(line.replace(ITEM, ''))
    else items[items.length - 1] += ` ${line.trim()}`
  }
  return { kind, items: items.map(plain) }
}

/** Without signs of emphasis; a link as its words and its address, a picture as its words. */
function plain(text: string): string {
  return text
    .replaceAll(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/\[([^\]]+)\]\(([^)\s]+)[^)]*\)/g, '$1 ($2)')
    .replaceAll(/(\*\*|__)(.+?)\1/g, '$2')
    .replaceAll(/(?<![\w*])\*([^*\s][^*]*)\*/g, '$1')
    .replaceAll(/`([^`]+)`/g, '$1')
    .trim()
}
