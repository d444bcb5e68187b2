import type { ReactNode } from 'react'
import type { CommandBoard } from '../lib/command-board.ts'
import { PlateTable, type PlatesState } from '../features/plates/index.ts'
import { CommandButton } from '../ui/command-button.tsx'
import { FaultMessage, Loading } from '../ui/message.tsx'
import { Panel } from '../ui/panel.tsx'
import { FirstRun } from './first-run.tsx'
import css from './plates-page.module.css'

interface PlatesPageProps {
  readonly state: PlatesState
  /** Whether any folder is watched. */
  readonly watching: boolean
  readonly folders: ReactNode
  readonly board: CommandBoard
  readonly onRetry: () => void
}

/** Every plate, and the folders that they come from. */
export function PlatesPage({ state, watching, folders, board, onRetry }: PlatesPageProps) {
  if (state.status === 'loading') return <Loading label="Reading the store…" />
  if (state.status === 'failed') {
    const title = 'The plates could not be listed.'
    return <FaultMessage title={title} fault={state.fault} onRetry={onRetry} />
  }
  if (state.plates.length === 0 && !watching) return <FirstRun board={board} />
  return (
    <div className={css['page']}>
      <h1 className="heard">Plates and folders</h1>
      <Panel
        title="Plates"
        actions={<CommandButton board={board} id="folder.simulate" tone="quiet" />}
      >
        {state.plates.length === 0 ? (
          <p className={css['none']}>
            No plate yet. As soon as images settle in a watched folder, their plate is listed here.
          </p>
        ) : (
          <PlateTable plates={state.plates} />
        )}
      </Panel>
      {folders}
    </div>
  )
}
