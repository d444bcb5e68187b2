import { COMMANDS, type Command } from '#contract/commands.ts'

/** The part of a keyboard event that a key is told by. */
export interface Keystroke {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/**
 * The command that a keystroke gives, or null.
 *
 * While somebody types text, keys without Ctrl or Cmd belong to the text. Shift counts for letters with Mod only:
 * on some keyboards `?`, `+` and `[` need it, and the key's own name says so already.
 */
export function commandOf(stroke: Keystroke, typing: boolean): Command | null {
  const mod = stroke.ctrlKey || stroke.metaKey
  if (stroke.altKey || (typing && !mod)) return null
  const letter = stroke.key.length === 1 ? stroke.key.toUpperCase() : stroke.key
  const shift = mod && stroke.shiftKey ? 'Shift+' : ''
  const name = `${mod ? 'Mod+' : ''}${shift}${letter}`
  return COMMANDS.find(({ key }) => key === name) ?? null
}

/** Whether what has the focus takes letters for itself. */
export function takesText(element: {
  readonly tagName: string
  readonly type?: string
  readonly isContentEditable?: boolean
}): boolean {
  if (element.isContentEditable === true) return true
  if (element.tagName === 'INPUT') return !NOT_TEXT.has(element.type ?? 'text')
  return element.tagName === 'TEXTAREA' || element.tagName === 'SELECT'
}

const NOT_TEXT: ReadonlySet<string> = new Set(['checkbox', 'radio', 'range', 'button', 'file'])
