import { BrowserWindow } from 'electron'
import type { Told } from '#contract/define.ts'
import type { events } from '#contract/index.ts'

/** Tells every open window that something happened. */
export function tell<Name extends keyof typeof events>(
  name: Name,
  told: Told<typeof events, Name>,
): void {
  for (const window of BrowserWindow.getAllWindows()) window.webContents.send(name, told)
}
