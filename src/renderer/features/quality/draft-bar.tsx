import { useState } from 'react'
import type { FieldId, PlaneId } from '#core/brand.ts'
import { useObservable } from '../../lib/observable.ts'
import type { PixelSource } from '../../lib/pixels.ts'
import { Button } from '../../ui/button.tsx'
import css from './draft-bar.module.css'
import { PreviewList } from './preview-list.tsx'
import { ReasonField } from './reason-field.tsx'
import type { RulesStore } from './rules-store.ts'

interface DraftBarProps {
  readonly store: RulesStore
  readonly pixels: PixelSource
  readonly onOpen: (fieldId: FieldId, planeId: PlaneId) => void
}

/** What changed rules would do, and the way to save them; in sight wherever the rules are scrolled to. */
export function DraftBar({ store, pixels, onOpen }: DraftBarProps) {
  const state = useObservable(store)
  if (state.status !== 'known' || state.draft === null) return null
  return (
    <section className={css['bar']} aria-label="Changed rules">
      <PreviewList preview={state.preview} pixels={pixels} onOpen={onOpen} />
      <SaveDraft
        saving={state.doing === 'saving'}
        onSave={reason => void store.save(reason)}
        onDiscard={() => store.discard()}
      />
    </section>
  )
}

interface SaveDraftProps {
  readonly saving: boolean
  readonly onSave: (reason: string) => void
  readonly onDiscard: () => void
}

function SaveDraft({ saving, onSave, onDiscard }: SaveDraftProps) {
  const [reason, setReason] = useState('')
  return (
    <div className={css['save']}>
      <ReasonField value={reason} onChange={setReason} />
      <p className={css['hint']}>
        Saving makes a new version; the one before stays. Plates that are being watched are judged
        again by it, this one too.
      </p>
      {reason.trim() === '' ? (
        <p className={css['hint']}>Say why first: the record keeps the reason with the version.</p>
      ) : null}
      <span className={css['buttons']}>
        <Button
          tone="primary"
          disabled={reason.trim() === '' || saving}
          {...(reason.trim() === '' && { title: 'Say why first' })}
          onClick={() => onSave(reason.trim())}
        >
          {saving ? 'Saving…' : 'Save and judge again'}
        </Button>
        <Button disabled={saving} onClick={onDiscard}>
          Discard changes
        </Button>
      </span>
    </div>
  )
}
