import { useState } from 'react'
import type { FolderListing } from '#contract/folders.ts'
import { faultText } from '#core/fault-text.ts'
import { countText } from '../../lib/count-text.ts'
import { useObservable } from '../../lib/observable.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import css from './folder-dialog.module.css'
import type { FoldersStore } from './folders-store.ts'

interface FolderDialogProps {
  readonly store: FoldersStore
}

const NAMINGS = [
  { value: 'auto', text: 'Find out by names and index' },
  { value: 'loose', text: 'Every image is a field of its own' },
  { value: 'pattern', text: 'By a pattern with named groups' },
] as const

/** Chooses a folder on the PC and how its files are named. */
export function FolderDialog({ store }: FolderDialogProps) {
  const { choice } = useObservable(store)
  const [naming, setNaming] = useState<(typeof NAMINGS)[number]['value']>('auto')
  const [pattern, setPattern] = useState('(?<well>[A-P]\\d{2})_s(?<site>\\d+)_w(?<channel>\\d+)')
  if (choice.status !== 'open') return null
  const { listing, fault, busy } = choice
  const name = naming === 'pattern' ? pattern : naming
  return (
    <Dialog
      title="Watch a folder"
      onClose={() => store.cancel()}
      actions={
        <>
          <Button onClick={() => store.cancel()}>Cancel</Button>
          <Button
            tone="primary"
            disabled={busy || listing === null}
            onClick={() => void (listing && store.watch(listing.handle, name))}
          >
            Watch this folder
          </Button>
        </>
      }
    >
      {fault === null ? null : (
        <p className={css['fault']} role="alert">
          {faultText(fault)}
        </p>
      )}
      {listing === null ? null : (
        <FolderBrowser listing={listing} onBrowse={handle => void store.browse(handle)} />
      )}
      <div className={css['naming']}>
        <Select label="Wells and channels" value={naming} options={NAMINGS} onChange={setNaming} />
        {naming === 'pattern' ? (
          <TextField label="Pattern" value={pattern} onCommit={setPattern} stacked />
        ) : null}
      </div>
    </Dialog>
  )
}

interface FolderBrowserProps {
  readonly listing: FolderListing
  readonly onBrowse: (handle: string | null) => void
}

/** What is in a folder, and the ways from there. The focus goes along into every folder. */
function FolderBrowser({ listing, onBrowse }: FolderBrowserProps) {
  const { handle, path, images, parent, folders } = listing
  return (
    <div className={css['browser']}>
      <p className={css['path']}>
        <code>{path}</code>
        <span className={css['quiet']}>{imagesText(images)}</span>
      </p>
      <ul key={handle} className={css['folders']} aria-label={`Folders in ${path}`}>
        {parent === null ? null : (
          <li>
            <button
              type="button"
              className={css['folder']}
              autoFocus={folders.length === 0}
              data-begin={folders.length === 0 ? '' : undefined}
              onClick={() => onBrowse(parent)}
            >
              ↑ One up
            </button>
          </li>
        )}
        {folders.map((folder, i) => (
          <li key={folder.handle}>
            <button
              type="button"
              className={css['folder']}
              autoFocus={i === 0}
              data-begin={i === 0 ? '' : undefined}
              onClick={() => onBrowse(folder.handle)}
            >
              {folder.name}
            </button>
          </li>
        ))}
        {folders.length === 0 ? <li className={css['quiet']}>No folders in here.</li> : null}
      </ul>
    </div>
  )
}

function imagesText(images: number): string {
  return images === 0 ? 'no images directly in it' : `${countText(images, 'image')} in it`
}
