import { app, BrowserWindow, dialog } from 'electron'
import type { DeskHost } from '#workstation/desk/desk.ts'

/** Asks for a folder by the operating system's dialog, or gives the one that somebody named already. */
export interface FolderChooser {
  choose(): Promise<string | null>
  /** Does something during which `choose` gives this folder. */
  chooseInstead<T>(folder: string, deed: () => Promise<T>): Promise<T>
}

export function createFolderChooser(): FolderChooser {
  let instead: string | null = null
  return {
    async choose() {
      if (instead !== null) return instead
      const [parent] = BrowserWindow.getAllWindows()
      const question = {
        title: 'Watch a folder',
        buttonLabel: 'Watch',
        properties: ['openDirectory' as const],
      }
      const { canceled, filePaths } = await (parent === undefined
        ? dialog.showOpenDialog(question)
        : dialog.showOpenDialog(parent, question))
      return canceled ? null : (filePaths[0] ?? null)
    },

    async chooseInstead(folder, deed) {
      instead = folder
      try {
        return await deed()
      } finally {
        instead = null
      }
    },
  }
}

/** What Electron gives the desk. */
export function electronHost(chooser: FolderChooser): DeskHost {
  return {
    kind: 'electron',
    electron: process.versions['electron'] ?? null,
    chrome: process.versions['chrome'] ?? null,
    chooseFolder: () => chooser.choose(),
    // Linux has no one place for it.
    loginItem:
      process.platform === 'linux'
        ? null
        : {
            isOn: () => app.getLoginItemSettings().openAtLogin,
            set: openAtLogin => app.setLoginItemSettings({ openAtLogin }),
          },
  }
}
