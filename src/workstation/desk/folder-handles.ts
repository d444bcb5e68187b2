import { randomBytes } from 'node:crypto'

/** Folders that were shown to a window, by what it may ask for them with. */
export interface FolderHandles {
  /** The same for the same folder while it is remembered. */
  handleOf(path: string): string
  pathOf(handle: string): string | undefined
}

/** Shown folders that are remembered; those shown first are forgotten first. */
const MOST = 20_000

/** A handle says nothing about its folder, and nobody can guess one. */
export function createFolderHandles(): FolderHandles {
  const handles = new Map<string, string>()
  const paths = new Map<string, string>()

  return {
    handleOf(path) {
      const handle = handles.get(path) ?? randomBytes(18).toString('base64url')
      // Shown again is shown last.
      handles.delete(path)
      handles.set(path, handle)
      paths.set(handle, path)
      if (handles.size > MOST) {
        const [oldest, itsHandle] = handles.entries().next().value!
        handles.delete(oldest)
        paths.delete(itsHandle)
      }
      return handle
    },

    pathOf: handle => paths.get(handle),
  }
}
