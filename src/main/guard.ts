import type { Session, WebContents } from 'electron'
import { isOurs } from './origin.ts'

/** What Electron hands to a listener that may stop what is about to happen. */
interface Preventable {
  preventDefault(): void
}

/** The window shows its own pages only: no other site, no second window, no embedded page. */
export function guardContents(contents: WebContents): void {
  const stayHere = (event: Preventable & { readonly url: string }): void => {
    if (!isOurs(event.url)) event.preventDefault()
  }
  contents.on('will-navigate', stayHere)
  contents.on('will-frame-navigate', stayHere)
  contents.on('will-redirect', stayHere)
  contents.on('will-attach-webview', (event: Preventable) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/**
 * The window needs no camera, microphone, location, device or download, so it gets none.
 *
 * Electron grants every permission that is not refused, and asks twice: once to request, once to check.
 */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event: Preventable) => event.preventDefault())
}
