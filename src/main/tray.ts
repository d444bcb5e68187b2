import { join } from 'node:path'
import { Menu, Tray } from 'electron'
import type { PlateSummary } from '#contract/plates.ts'
import { trayLines, trayText } from './tray-text.ts'

export interface ParfocalTray {
  show(plates: readonly PlateSummary[]): void
  close(): void
}

interface TrayDeeds {
  readonly showWindow: () => void
  readonly review: () => void
  readonly quit: () => void
}

/** An icon beside the clock: how many planes are flagged, where, and the way back to the window. */
export function openTray({ showWindow, review, quit }: TrayDeeds): ParfocalTray {
  // macOS colours a template image itself.
  const icon = process.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png'
  const tray = new Tray(join(import.meta.dirname, '../../resources/icons', icon))
  let shown: string | null = null
  tray.on('click', showWindow)
  return {
    show(plates) {
      const text = trayText(plates)
      const lines = trayLines(plates)
      const what = [text, ...lines].join('\n')
      // Building a menu closes the one that somebody has open.
      if (what === shown) return
      shown = what
      tray.setToolTip(`Parfocal: ${text}`)
      tray.setContextMenu(
        Menu.buildFromTemplate([
          ...(lines.length === 0
            ? [{ label: text, enabled: false }]
            : lines.map(label => ({ label, click: review }))),
          { type: 'separator' },
          { label: 'Show Parfocal', click: showWindow },
          { label: 'Quit', click: quit },
        ]),
      )
    },
    close: () => tray.destroy(),
  }
}
