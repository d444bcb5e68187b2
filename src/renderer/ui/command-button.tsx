import { COMMANDS, type CommandId } from '#contract/commands.ts'
import { useAvailable, type CommandBoard } from '../lib/command-board.ts'
import { Button } from './button.tsx'

interface CommandButtonProps {
  readonly board: CommandBoard
  readonly id: CommandId
  /** Where the command's own title is too long. */
  readonly text?: string
  /** Says more than the command's own title, as why it cannot be given now. */
  readonly title?: string
  readonly pressed?: boolean
  readonly tone?: 'plain' | 'primary' | 'quiet'
}

/** A button for a command: its title, its key, and whether it can be given now. */
export function CommandButton({ board, id, text, title: more, pressed, tone }: CommandButtonProps) {
  const { title, key } = COMMANDS.find(command => command.id === id)!
  const available = useAvailable(board).some(command => command.id === id)
  return (
    <Button
      onClick={() => board.give(id)}
      disabled={!available}
      title={more ?? title}
      shortcut={key}
      {...(pressed === undefined ? {} : { pressed })}
      {...(tone === undefined ? {} : { tone })}
    >
      {text ?? title}
    </Button>
  )
}
