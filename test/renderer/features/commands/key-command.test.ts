import { describe, expect, test } from 'vitest'
import { COMMANDS } from '#contract/commands.ts'
import {
  commandOf,
  takesText,
  type Keystroke,
} from '../../../../src/renderer/features/commands/key-command.ts'

const plain: Keystroke = {
  key: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
}

const idOf = (stroke: Partial<Keystroke>, typing = false): string | undefined =>
  commandOf({ ...plain, ...stroke }, typing)?.id

describe('commandOf', () => {
  test('no two commands have one key', () => {
    const keys = COMMANDS.map(({ key }) => key).filter(key => key !== null)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test.each([
    { stroke: { key: 'a' }, id: 'review.accept' },
    { stroke: { key: 'A', shiftKey: true }, id: 'review.accept' },
    { stroke: { key: '?', shiftKey: true }, id: 'help.keys' },
    { stroke: { key: 'k', ctrlKey: true }, id: 'palette.open' },
    { stroke: { key: 'k', metaKey: true }, id: 'palette.open' },
    { stroke: { key: 'L', ctrlKey: true, shiftKey: true }, id: 'theme.switch' },
    { stroke: { key: '0' }, id: 'field.fit' },
  ])('$stroke gives $id', ({ stroke, id }) => {
    expect(idOf(stroke)).toBe(id)
  })

  test('a letter while somebody types is text', () => {
    expect(idOf({ key: 'a' }, true)).toBeUndefined()
    expect(idOf({ key: 'k', ctrlKey: true }, true)).toBe('palette.open')
  })

  test('Ctrl with a letter is not the letter alone', () => {
    expect(idOf({ key: 'a', ctrlKey: true })).toBeUndefined()
  })

  test('Alt belongs to the system', () => {
    expect(idOf({ key: 'a', altKey: true })).toBeUndefined()
  })
})

describe('takesText', () => {
  test.each([
    { tagName: 'INPUT', type: 'text', takes: true },
    { tagName: 'INPUT', type: 'range', takes: false },
    { tagName: 'INPUT', type: 'checkbox', takes: false },
    { tagName: 'TEXTAREA', takes: true },
    { tagName: 'SELECT', takes: true },
    { tagName: 'BUTTON', takes: false },
    { tagName: 'DIV', isContentEditable: true, takes: true },
  ])('$tagName of type $type: $takes', ({ takes, ...element }) => {
    expect(takesText(element)).toBe(takes)
  })
})
