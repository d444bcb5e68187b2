import type { CommandBoard } from '../lib/command-board.ts'
import { CommandButton } from '../ui/command-button.tsx'
import { Empty } from '../ui/message.tsx'
import css from './first-run.module.css'

/** What somebody sees who has no plate yet. */
export function FirstRun({ board }: { readonly board: CommandBoard }) {
  return (
    <Empty title="Which folder does your microscope write to?">
      <p className={css['hint']}>
        Parfocal watches it, judges every image as it lands and says what to image again while the
        plate is still on the stage. It only reads there: results are kept elsewhere, and nothing
        leaves this PC.
      </p>
      <div className={css['choices']}>
        <CommandButton board={board} id="folder.watch" tone="primary" />
        <CommandButton board={board} id="folder.simulate" />
      </div>
      <p className={css['hint']}>
        No plate at hand? The simulated microscope acquires one in front of you, with images out of
        focus, bubbles and files cut short.
      </p>
    </Empty>
  )
}
