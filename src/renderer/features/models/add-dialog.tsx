import type { PackageListing } from '#contract/models.ts'
import { faultText } from '#core/fault-text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import css from './add-dialog.module.css'
import type { PackageChoice } from './models-state.ts'
import type { ModelsStore } from './models-store.ts'

interface AddDialogProps {
  readonly choice: PackageChoice
  /** A package is being checked. */
  readonly busy: boolean
  readonly store: Pick<ModelsStore, 'addFrom' | 'browse' | 'cancel'>
  readonly onAdded: (number: number) => void
}

/** Finds a model package on the PC and adds it. */
export function AddDialog({ choice, busy, store, onAdded }: AddDialogProps) {
  if (choice.status === 'closed') return null
  const { listing, fault } = choice

  async function add(handle: string): Promise<void> {
    const card = await store.addFrom(handle)
    if (card !== null) onAdded(card.summary.number)
  }

  return (
    <Dialog
      title="Add a model"
      onClose={() => store.cancel()}
      actions={<Button onClick={() => store.cancel()}>Cancel</Button>}
    >
      {fault === null ? null : (
        <p className={css['fault']} role="alert">
          {faultText(fault)}
        </p>
      )}
      {listing === null ? null : (
        <PackageBrowser
          listing={listing}
          busy={busy}
          onBrowse={handle => void store.browse(handle)}
          onAdd={handle => void add(handle)}
        />
      )}
      <p className={css['hint']} role="status">
        {busy
          ? 'Checking the package and running its test tensors…'
          : 'Go to a folder that holds a package of the BioImage Model Zoo, or its zip file.'}
      </p>
    </Dialog>
  )
}

interface PackageBrowserProps {
  readonly listing: PackageListing
  readonly busy: boolean
  readonly onBrowse: (handle: string) => void
  readonly onAdd: (handle: string) => void
}

function PackageBrowser({ listing, busy, onBrowse, onAdd }: PackageBrowserProps) {
  const { handle, path, parent, folders, packages } = listing
  const isPackage = new Set(packages.map(one => one.handle))
  const others = folders.filter(folder => !isPackage.has(folder.handle))
  const begins = parent === null ? (packages[0] ?? others[0])?.handle : parent
  return (
    <div className={css['browser']}>
      <p className={css['path']}>
        <code>{path}</code>
      </p>
      <ul key={handle} className={css['entries']} aria-label={`In ${path}`}>
        {parent === null ? null : (
          <li>
            <button
              type="button"
              className={css['folder']}
              autoFocus
              data-begin=""
              disabled={busy}
              onClick={() => onBrowse(parent)}
            >
              ↑ One up
            </button>
          </li>
        )}
        {packages.map(one => (
          <li key={one.handle} className={css['package']}>
            <span>
              {one.name === '' ? 'This folder' : one.name}
              <span className={css['quiet']}> model package</span>
            </span>
            <Button
              tone="primary"
              disabled={busy}
              label={`Add ${one.name === '' ? 'this folder' : one.name}`}
              onClick={() => onAdd(one.handle)}
            >
              Add
            </Button>
          </li>
        ))}
        {others.map(folder => (
          <li key={folder.handle}>
            <button
              type="button"
              className={css['folder']}
              autoFocus={folder.handle === begins}
              data-begin={folder.handle === begins ? '' : undefined}
              disabled={busy}
              onClick={() => onBrowse(folder.handle)}
            >
              {folder.name}
            </button>
          </li>
        ))}
        {packages.length + others.length === 0 ? (
          <li className={css['quiet']}>No folder and no package in here.</li>
        ) : null}
      </ul>
    </div>
  )
}
