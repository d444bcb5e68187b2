import type { FolderListing } from '#contract/folders.ts'
import { countText } from '../../lib/count-text.ts'
import css from './folder-dialog.module.css'

interface FolderBrowserProps {
  readonly listing: FolderListing
  readonly onBrowse: (handle: string | null) => void
}

/** What is in a folder, and the ways from there. The focus goes along into every folder. */
export function FolderBrowser({ listing, onBrowse }: FolderBrowserProps) {
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
        {folders.length === 0 ? <li className={css['none']}>No folders in here.</li> : null}
      </ul>
    </div>
  )
}

function imagesText(images: number): string {
  return images === 0 ? 'no images directly in it' : `${countText(images, 'image')} in it`
}
