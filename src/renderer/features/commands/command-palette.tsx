import { useState, type KeyboardEvent } from 'react'
import type { CommandId, Command } from '#contract/commands.ts'
import { useAvailable, type CommandBoard } from '../../lib/command-board.ts'
import { keyText } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import css from './command-palette.module.css'
import { matchCommands } from './match-commands.ts'

interface CommandPaletteProps {
  readonly board: CommandBoard
  readonly onClose: () => void
}

/** Finds a command by its words. Only those that can be given now are listed. */
export function CommandPalette({ board, onClose }: CommandPaletteProps) {
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState(0)
  const commands = matchCommands(useAvailable(board), query)
  const current = commands[Math.min(chosen, commands.length - 1)]

  function give({ id }: Command): void {
    onClose()
    // After the dialog is gone, so that the command finds the focus where it was.
    setTimeout(() => board.give(id as CommandId))
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setChosen((Math.min(chosen, commands.length - 1) + step + commands.length) % commands.length)
    }
    if (event.key === 'Enter' && current !== undefined) {
      event.preventDefault()
      give(current)
    }
  }

  return (
    <Dialog title="Find a command" onClose={onClose}>
      <input
        className={css['query']}
        type="text"
        role="combobox"
        aria-label="Words of the command"
        aria-expanded="true"
        aria-controls="commands-found"
        aria-activedescendant={current === undefined ? undefined : `command-${current.id}`}
        placeholder="Plate, review, theme…"
        value={query}
        onChange={event => {
          setQuery(event.target.value)
          setChosen(0)
        }}
        onKeyDown={onKeyDown}
      />
      <ul id="commands-found" role="listbox" aria-label="Commands" className={css['commands']}>
        {commands.map(command => (
          <li
            key={command.id}
            id={`command-${command.id}`}
            role="option"
            aria-selected={command === current}
            className={css['command']}
            onClick={() => give(command)}
          >
            <span>{command.title}</span>
            <span className={css['group']}>{command.group}</span>
            <kbd className={css['key']}>{command.key === null ? '' : keyText(command.key)}</kbd>
          </li>
        ))}
      </ul>
      {commands.length === 0 ? <p className={css['none']}>No command has these words.</p> : null}
    </Dialog>
  )
}
