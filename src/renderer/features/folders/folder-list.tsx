import type { WatchedFolder } from '#contract/folders.ts'
import { faultText } from '#core/fault-text.ts'
import type { Fault } from '#core/fault.ts'
import type { CommandBoard } from '../../lib/command-board.ts'
import { countText } from '../../lib/count-text.ts'
import { useObservable } from '../../lib/observable.ts'
import { Button } from '../../ui/button.tsx'
import { ColumnHead } from '../../ui/column-head.tsx'
import { CommandButton } from '../../ui/command-button.tsx'
import { Panel } from '../../ui/panel.tsx'
import table from '../../ui/table.module.css'
import css from './folder-list.module.css'
import type { FoldersStore } from './folders-store.ts'

interface FolderListProps {
  readonly store: FoldersStore
  readonly board: CommandBoard
}

const STATES = {
  starting: 'looking',
  watching: 'watching',
  offline: 'offline',
  failed: 'stopped',
} as const

/** The folders that are watched, with what is wrong in each. */
export function FolderList({ store, board }: FolderListProps) {
  const { folders, fault } = useObservable(store)
  return (
    <Panel
      title="Watched folders"
      actions={<CommandButton board={board} id="folder.watch" tone="quiet" />}
    >
      {fault === null ? null : (
        <p className={css['fault']} role="alert">
          {faultText(fault)}
        </p>
      )}
      {folders === null || folders.length === 0 ? (
        <p className={css['none']}>{folders === null ? 'Asking…' : 'No folder is watched.'}</p>
      ) : (
        <table className={table['table']}>
          <thead>
            <tr>
              <ColumnHead>Folder</ColumnHead>
              <ColumnHead>State</ColumnHead>
              <ColumnHead number>Files</ColumnHead>
              <ColumnHead number>Not recognised</ColumnHead>
              <ColumnHead>
                <span className="heard">Actions</span>
              </ColumnHead>
            </tr>
          </thead>
          <tbody>
            {folders.map(folder => (
              <tr key={folder.folderId} className={css['row']}>
                <td>
                  <span className={css['path']}>{folder.path}</span>
                  <Troubles folder={folder} />
                  <OtherNaming folder={folder} store={store} />
                </td>
                <td>
                  <span className={css[folder.state]}>{STATES[folder.state]}</span>
                  {folder.simulated ? ', simulated' : ''}
                </td>
                <td className={table['number']}>{folder.files}</td>
                <td className={table['number']}>{folder.unmatched.count}</td>
                <td className={css['actions']}>
                  <Button
                    tone="quiet"
                    label={`Change how ${folder.path} is watched`}
                    onClick={() => store.openChange(folder)}
                  >
                    Change…
                  </Button>
                  <Button
                    tone="quiet"
                    label={`Stop watching ${folder.path}`}
                    onClick={() => void store.forget(folder.folderId)}
                  >
                    Stop watching
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

/** Why a folder is away, what was wrong in it, and which files no naming matched. */
function Troubles({ folder }: { readonly folder: WatchedFolder }) {
  const { fault, faults, naming, unmatched, unmarked, copies, settings } = folder
  return (
    <>
      {fault === null ? null : <p className={css['trouble']}>{faultText(fault)}</p>}
      {faults.length === 0 ? null : (
        <details className={css['more']}>
          <summary>{countText(faults.length, 'fault')}</summary>
          <ul>
            {faults.map((one, i) => (
              <li key={i}>{`${subjectOf(one)}${faultText(one)}`}</li>
            ))}
          </ul>
        </details>
      )}
      <SomeFiles
        files={unmatched}
        title={`${countText(unmatched.count, 'file')} not recognised`}
        text={
          naming === 'loose'
            ? 'Every image is a field of its own here; these are no images.'
            : 'Nothing says which wells they are of. Change how the folder is read, by a pattern or a table say, or take every image as a field of its own.'
        }
      />
      <SomeFiles
        files={unmarked}
        title={`${countText(unmarked.count, 'image')} waiting for ${settings.doneMarker ?? 'a file'}`}
        text="Each is read once the file is there that says that it is whole."
      />
      <SomeFiles
        files={copies}
        title={copies.count === 1 ? '1 copy left out' : `${copies.count} copies left out`}
        text="Each has the same bytes as another image of the same place, so nothing is missing."
      />
    </>
  )
}

interface SomeFilesProps {
  readonly files: WatchedFolder['unmatched']
  readonly title: string
  readonly text: string
}

/** Files of a kind, the first of them by name. */
function SomeFiles({ files: { count, paths }, title, text }: SomeFilesProps) {
  if (count === 0) return null
  return (
    <details className={css['more']}>
      <summary>{title}</summary>
      <p>{text}</p>
      <ul>
        {paths.map(path => (
          <li key={path}>{path}</li>
        ))}
        {count > paths.length ? <li>{`and ${count - paths.length} more`}</li> : null}
      </ul>
    </details>
  )
}

const ON_RECORD = 'What was recorded stays on record.'

/** Takes all images of a folder where some were not recognised; recognises plates again where all were taken. */
function OtherNaming({
  folder: { folderId, path, naming, unmatched },
  store,
}: {
  readonly folder: WatchedFolder
  readonly store: FoldersStore
}) {
  if (naming !== 'loose' && unmatched.count === 0) return null
  const other =
    naming === 'loose'
      ? { naming: 'auto', words: 'Recognise plates again', title: ON_RECORD }
      : {
          naming: 'loose',
          words: 'Take every image as a field of its own',
          title: `Those of recognised plates too: these plates leave the list. ${ON_RECORD}`,
        }
  return (
    <Button
      label={`${other.words} in ${path}`}
      title={other.title}
      onClick={() => void store.reread(folderId, other.naming)}
    >
      {other.words}
    </Button>
  )
}

function subjectOf(fault: Fault): string {
  return 'path' in fault ? `${fault.path}: ` : ''
}
