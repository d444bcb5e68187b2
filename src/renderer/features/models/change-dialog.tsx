import { useState } from 'react'
import type { ModelState, ModelSummary } from '#contract/models.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import css from './change-dialog.module.css'
import { CHANGE_MEANS, CHANGE_WORDS, STATE_WORDS } from './model-words.ts'
import { ReasonField } from './reason-field.tsx'

interface ChangeDialogProps {
  readonly summary: ModelSummary
  readonly to: ModelState
  readonly onClose: () => void
  readonly onChange: (reason: string) => void
}

/** Asks why a network is to be brought into another state. */
export function ChangeDialog({ summary, to, onClose, onChange }: ChangeDialogProps) {
  const [reason, setReason] = useState('')
  const said = reason.trim()
  const { reference, state } = summary
  return (
    <Dialog
      title={`${CHANGE_WORDS[to]}: ${reference}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            tone="primary"
            disabled={said === ''}
            {...(said === '' && { title: 'Say why first' })}
            onClick={() => onChange(said)}
          >
            {CHANGE_WORDS[to]}
          </Button>
        </>
      }
    >
      <div className={css['body']}>
        <p>{`It is ${STATE_WORDS[state]} and becomes ${STATE_WORDS[to]}. ${CHANGE_MEANS[to]}`}</p>
        <ReasonField
          value={reason}
          onChange={setReason}
          onEnter={() => {
            if (said !== '') onChange(said)
          }}
        />
        <p className={css['hint']}>The audit trail keeps the reason with your name.</p>
      </div>
    </Dialog>
  )
}
