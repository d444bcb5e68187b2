import type { Session, WebContents } from 'electron'
import { isOurBlob, isOurs } from './origin.ts'

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
 * The window needs no camera, microphone, screen, location or device and nothing from the network, so it gets none.
 *
 * Electron grants every permission that is not refused, and asks twice: once to request, once to check.
 */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null))
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !mayLoad(url) }))
  // What the window made itself may be saved, where somebody says in a dialog.
  session.on('will-download', (event, item) => {
    if (isOurBlob(item.getURL())) item.setSaveDialogOptions({ defaultPath: item.getFilename() })
    else event.preventDefault()
  })
}

/** The window's own files, what it made itself, and the developer tools. */
function mayLoad(url: string): boolean {
  return isOurs(url) || isOurBlob(url) || URL.parse(url)?.protocol === 'devtools:'
}
