import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { proposalTexts, type LayoutProposal } from './layout-proposal.ts'
import type { ShownPlate } from './plate-state.ts'
import type { PlateStore } from './plate-store.ts'
import css from './plate-view.module.css'

interface PlatemapDialogProps {
  readonly store: Pick<PlateStore, 'applyLayout' | 'leaveLayout'>
  readonly plates: readonly ShownPlate[]
  readonly proposal: LayoutProposal | null
}

/** Asks before a platemap takes the place of another, or goes. */
export function PlatemapDialog({ store, plates, proposal }: PlatemapDialogProps) {
  const plate = plates.find(({ plateId }) => plateId === proposal?.plateId)
  if (proposal === null || plate?.status !== 'open') return null
  const { name } = plate.details.summary
  const removes = proposal.kind === 'remove'
  const title = removes ? `Take the platemap of ${name} away` : `Platemap of ${name}`
  return (
    <Dialog
      title={title}
      onClose={store.leaveLayout}
      actions={
        <>
          <Button onClick={store.leaveLayout}>Cancel</Button>
          <Button tone="primary" onClick={() => void store.applyLayout()}>
            {removes ? 'Take it away' : 'Apply'}
          </Button>
        </>
      }
    >
      <div className={css['proposal']}>
        {removes ? null : <p className={css['file']}>{proposal.file}</p>}
        {proposalTexts(proposal, plate.details).map(line => (
          <p key={line}>{line}</p>
        ))}
      </div>
    </Dialog>
  )
}
