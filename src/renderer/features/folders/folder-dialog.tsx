import { useId, useState } from 'react'
import { USUAL_WATCH } from '#contract/folders.ts'
import { faultText } from '#core/fault-text.ts'
import { useObservable } from '../../lib/observable.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FolderBrowser } from './folder-browser.tsx'
import css from './folder-dialog.module.css'
import { FolderPreviewView } from './folder-preview.tsx'
import type { FolderChoice, FoldersStore } from './folders-store.ts'
import { draftOf, NamingForm, namingOf } from './naming-form.tsx'
import { usePreview } from './use-preview.ts'
import { isQuiet, WatchSettingsForm } from './watch-settings-form.tsx'

interface FolderDialogProps {
  readonly store: FoldersStore
}

/**
 * Chooses a folder on the PC, how its files are named and how it is watched, and shows what comes of it; of a folder that
 * is watched already, all but the folder.
 */
export function FolderDialog({ store }: FolderDialogProps) {
  const { choice } = useObservable(store)
  // Whoever opens it again begins anew.
  if (choice.status === 'open') return <ChoosingDialog store={store} choice={choice} />
  return choice.status === 'changing' ? <ChangingDialog store={store} choice={choice} /> : null
}

type Choice<Status> = Extract<FolderChoice, { readonly status: Status }>

interface ChoosingDialogProps extends FolderDialogProps {
  readonly choice: Choice<'open'>
}

function ChoosingDialog({ store, choice: { listing, fault, busy } }: ChoosingDialogProps) {
  const { instruments } = useObservable(store)
  const [draft, setDraft] = useState(draftOf('auto'))
  const [settings, setSettings] = useState(USUAL_WATCH)
  const faultId = useId()
  const naming = namingOf(draft)
  const target = listing !== null && isDeep(listing.path) ? listing.handle : null
  const preview = usePreview(store, target, naming)
  return (
    <Dialog
      title="Watch a folder"
      wide
      onClose={() => store.cancel()}
      actions={
        <>
          <Button onClick={() => store.cancel()}>Cancel</Button>
          <Button
            tone="primary"
            disabled={busy || listing === null || naming === '' || !isQuiet(settings.quietSeconds)}
            onClick={() => void (listing && store.watch(listing.handle, naming, settings))}
          >
            Watch this folder
          </Button>
        </>
      }
    >
      <Refusal fault={fault} />
      <div className={css['columns']}>
        <div className={css['choice']}>
          {listing === null ? null : (
            <FolderBrowser listing={listing} onBrowse={next => void store.browse(next)} />
          )}
          <NamingForm
            draft={draft}
            instruments={instruments}
            wrong={preview.fault?.kind === 'bad-option'}
            faultId={faultId}
            onChange={setDraft}
          />
          <WatchSettingsForm settings={settings} onChange={setSettings} />
        </div>
        <FolderPreviewView preview={preview} target={target} faultId={faultId} />
      </div>
    </Dialog>
  )
}

interface ChangingDialogProps extends FolderDialogProps {
  readonly choice: Choice<'changing'>
}

function ChangingDialog({ store, choice: { folder, fault, busy } }: ChangingDialogProps) {
  const { instruments } = useObservable(store)
  const [draft, setDraft] = useState(draftOf(folder.naming))
  const [settings, setSettings] = useState(folder.settings)
  const faultId = useId()
  const naming = namingOf(draft)
  const preview = usePreview(store, folder.folderId, naming)
  return (
    <Dialog
      title="Change how a folder is watched"
      wide
      onClose={() => store.cancel()}
      actions={
        <>
          <Button onClick={() => store.cancel()}>Cancel</Button>
          <Button
            tone="primary"
            disabled={busy || naming === '' || !isQuiet(settings.quietSeconds)}
            onClick={() => void store.changeWatch(naming, settings)}
          >
            Read it again
          </Button>
        </>
      }
    >
      <Refusal fault={fault} />
      <div className={css['columns']}>
        <div className={css['choice']}>
          <p className={css['watched']}>
            <code>{folder.path}</code>
          </p>
          <p className={css['quiet']}>
            It is read again from the start. What was recorded stays on record.
          </p>
          <NamingForm
            draft={draft}
            instruments={instruments}
            wrong={preview.fault?.kind === 'bad-option'}
            faultId={faultId}
            onChange={setDraft}
          />
          <WatchSettingsForm open settings={settings} onChange={setSettings} />
        </div>
        <FolderPreviewView preview={preview} target={folder.folderId} faultId={faultId} />
      </div>
    </Dialog>
  )
}

function Refusal({ fault }: Pick<Choice<'open'>, 'fault'>) {
  return fault === null ? null : (
    <p className={css['fault']} role="alert">
      {faultText(fault)}
    </p>
  )
}

/** Whether a folder is some way down: nobody watches a whole disk, and to look into one takes long. */
function isDeep(path: string): boolean {
  return path.split(/[\\/]/).filter(part => part !== '').length >= 2
}
