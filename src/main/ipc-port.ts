import type { IpcMain } from 'electron'
import type { Port } from '#contract/serve.ts'
import { isTrustedSender } from './senders.ts'

/** The contract's port over Electron's IPC; a call from any other page is refused before it is read. */
export function ipcPort(ipcMain: Pick<IpcMain, 'handle'>): Port {
  return {
    handle(name, listener) {
      ipcMain.handle(name, async (event, raw: unknown) => {
        if (!isTrustedSender(event.senderFrame)) throw new Error('This page may not call Parfocal.')
        return listener(raw)
      })
    },
  }
}
