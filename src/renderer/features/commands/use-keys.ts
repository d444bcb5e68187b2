import { useEffect } from 'react'
import type { CommandId } from '#contract/commands.ts'
import type { CommandBoard } from '../../lib/command-board.ts'
import { commandOf, takesText } from './key-command.ts'

/** Gives commands by their keys. While a dialog is open, keys are its own. */
export function useKeys(board: CommandBoard): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.repeat || document.querySelector('dialog[open]')) return
      const focused = event.target instanceof HTMLElement && takesText(event.target)
      const command = commandOf(event, focused)
      if (command === null) return
      if (!board.available().some(({ id }) => id === command.id)) return
      event.preventDefault()
      board.give(command.id as CommandId)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [board])
}
