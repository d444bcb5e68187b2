import { useEffect, useId, useState } from 'react'
import { USUAL_WATCH } from '#contract/folders.ts'
import { faultText } from '#core/fault-text.ts'
import { useObservable } from '../../lib/observable.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Select } from '../../ui/select.tsx'
import { LiveTextField } from '../../ui/text-field.tsx'
import { FolderBrowser } from './folder-browser.tsx'
import css from './folder-dialog.module.css'
import { FolderPreviewView } from './folder-preview.tsx'
import type { FoldersStore } from './folders-store.ts'
import { isQuiet, WatchSettingsForm } from './watch-settings-form.tsx'

interface FolderDialogProps {
  readonly store: FoldersStore
}

/** A way of naming that is chosen whole, or one of which the rest is typed. */
const PATTERN = ' pattern'
const TABLE = ' table'

/** After the last letter or folder the preview waits for so long, ms: nobody wants to see what is passed through. */
const PAUSE_MS = 400

/** Chooses a folder on the PC and how its files are named, and shows what comes of it. */
export function FolderDialog({ store }: FolderDialogProps) {
  const { choice } = useObservable(store)
  // Whoever opens it again begins anew.
  return choice.status === 'open' ? <OpenDialog store={store} choice={choice} /> : null
}

interface OpenDialogProps extends FolderDialogProps {
  readonly choice: Extract<
    ReturnType<FoldersStore['getSnapshot']>['choice'],
    { readonly status: 'open' }
  >
}

function OpenDialog({ store, choice: { listing, fault, busy } }: OpenDialogProps) {
  const { preview, instruments } = useObservable(store)
  const [naming, setNaming] = useState('auto')
  const [pattern, setPattern] = useState('(?<well>[A-P]\\d{2})_s(?<site>\\d+)_w(?<channel>\\d+)')
  const [map, setMap] = useState('')
  const [settings, setSettings] = useState(USUAL_WATCH)
  const faultId = useId()
  const typed = naming === PATTERN ? pattern : naming === TABLE ? map : naming
  // A table is told from a pattern by its ending.
  const name = naming === TABLE && typed !== '' && !/\.csv$/i.test(typed) ? `${typed}.csv` : typed
  const handle = listing !== null && isDeep(listing.path) ? listing.handle : null

  useEffect(() => {
    if (handle === null || name === '') return
    const timer = setTimeout(() => void store.preview(handle, name), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [store, handle, name])

  const current = preview.of?.handle === handle ? preview : UNASKED
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
            disabled={busy || listing === null || name === '' || !isQuiet(settings.quietSeconds)}
            onClick={() => void (listing && store.watch(listing.handle, name, settings))}
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
      <div className={css['columns']}>
        <div className={css['choice']}>
          {listing === null ? null : (
            <FolderBrowser listing={listing} onBrowse={next => void store.browse(next)} />
          )}
          <Select
            label="Wells and channels"
            value={naming}
            stacked
            options={[
              { value: 'auto', text: 'Find out by index and names' },
              ...instruments.map(({ id, name }) => ({ value: id, text: name })),
              { value: PATTERN, text: 'By a pattern with named groups' },
              { value: TABLE, text: 'By a table in the folder (CSV)' },
              { value: 'loose', text: 'Every image is a field of its own' },
            ]}
            onChange={setNaming}
          />
          {naming === PATTERN ? (
            <LiveTextField
              label="Pattern"
              value={pattern}
              maxLength={500}
              wrong={current.fault?.kind === 'bad-option'}
              describedBy={faultId}
              onType={setPattern}
            />
          ) : null}
          {naming === TABLE ? (
            <LiveTextField
              label="Table, by its path in the folder"
              value={map}
              maxLength={400}
              placeholder="map.csv"
              wrong={current.fault?.kind === 'bad-option'}
              describedBy={faultId}
              onType={setMap}
            />
          ) : null}
          <WatchSettingsForm settings={settings} onChange={setSettings} />
        </div>
        <FolderPreviewView preview={current} handle={handle} faultId={faultId} />
      </div>
    </Dialog>
  )
}

const UNASKED = { of: null, busy: false, value: null, fault: null } as const

/** Whether a folder is some way down: nobody watches a whole disk, and to look into one takes long. */
function isDeep(path: string): boolean {
  return path.split(/[\\/]/).filter(part => part !== '').length >= 2
}
