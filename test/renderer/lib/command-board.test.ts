import { describe, expect, test, vi } from 'vitest'
import { createCommandBoard } from '../../../src/renderer/lib/command-board.ts'

describe('command board', () => {
  test('a command that nobody offers does nothing', () => {
    const board = createCommandBoard()
    expect(board.available()).toEqual([])
    expect(() => board.give('review.accept')).not.toThrow()
  })

  test('the last offer counts, and the one before counts again when it is taken back', () => {
    const board = createCommandBoard()
    const [first, second] = [vi.fn(), vi.fn()]
    board.offer({ 'review.accept': first })
    const takeBack = board.offer({ 'review.accept': second })
    board.give('review.accept')
    takeBack()
    board.give('review.accept')
    expect([first, second].map(deed => deed.mock.calls.length)).toEqual([1, 1])
  })

  test('says which commands can be given, in the order of the list', () => {
    const board = createCommandBoard()
    board.offer({ 'help.keys': () => undefined, 'folder.watch': () => undefined })
    expect(board.available().map(({ id }) => id)).toEqual(['folder.watch', 'help.keys'])
  })

  test('tells when offers change', () => {
    const board = createCommandBoard()
    const heard = vi.fn()
    board.subscribe(heard)
    board.offer({ 'help.keys': () => undefined })()
    expect(heard).toHaveBeenCalledTimes(2)
  })
})
