import type { WatchedFolder } from '#contract/folders.ts'
import type { ParfocalApi } from '#contract/index.ts'
import { fail, ok } from '#core/fault.ts'
import { checkNaming } from '../intake/identify-acquisitions.ts'
import type { SimulatedMicroscopes } from '../simulate/simulated-microscopes.ts'
import type { Workstation } from '../workstation.ts'
import { browseFolder, TOP } from './browse-folder.ts'
import type { DeskHost } from './desk.ts'
import { createFolderHandles } from './folder-handles.ts'
import { refuseFolder } from './refuse-folder.ts'
import { rememberFolders } from './remember-folders.ts'
import type { SettingsDesk } from './settings-desk.ts'
import type { WatchedFolders } from './watched-folders.ts'

type FolderCall = Extract<keyof ParfocalApi, `folders.${string}`>

/** Answers what the window asks about folders. It never names one: it hands back the handle of what it was shown. */
export function folderAnswers(
  { store, audit }: Pick<Workstation, 'store' | 'audit'>,
  settings: SettingsDesk,
  watched: WatchedFolders,
  microscopes: SimulatedMicroscopes,
  { chooseFolder }: Pick<DeskHost, 'chooseFolder'>,
): Pick<ParfocalApi, FolderCall> {
  const handles = createFolderHandles()
  const remember = (): void => rememberFolders(settings, watched)

  return {
    'folders.list': async () => ok(watched.list()),

    'folders.browse': async ({ handle }) => {
      const path = handle === null ? TOP : handles.pathOf(handle)
      if (path === undefined) return fail({ kind: 'folder-handle-unknown' })
      return browseFolder(handles, path)
    },

    'folders.choose': async () => {
      const path = (await chooseFolder?.()) ?? null
      return path === null ? ok(null) : browseFolder(handles, path)
    },

    'folders.watch': async ({ handle, naming }) => {
      const path = handles.pathOf(handle)
      if (path === undefined || path === TOP) return fail({ kind: 'folder-handle-unknown' })
      const sensible = checkNaming(naming)
      if (!sensible.ok) return sensible
      const refusal = refuseFolder(path, watchedPaths(watched.list()), store.folder)
      if (refusal !== null) return fail(refusal)
      const folder = watched.add({ path, naming, simulated: false })
      audit({ action: 'watch', entity: 'folder', entityId: path, new: { naming } })
      remember()
      return ok(folder)
    },

    'folders.reread': async ({ folderId, naming }) => {
      const sensible = checkNaming(naming)
      if (!sensible.ok) return sensible
      const before = watched.list().find(folder => folder.folderId === folderId)
      const folder = watched.reread(folderId, naming)
      if (folder === null || before === undefined) return fail({ kind: 'folder-handle-unknown' })
      const change = { old: { naming: before.naming }, new: { naming } }
      audit({ action: 'reread', entity: 'folder', entityId: folder.path, ...change })
      remember()
      return ok(folder)
    },

    'folders.forget': async ({ folderId }) => {
      const folder = watched.remove(folderId)
      if (folder === null) return ok(null)
      if (folder.simulated) microscopes.stop(folder.path)
      audit({ action: 'forget', entity: 'folder', entityId: folder.path })
      remember()
      return ok(null)
    },

    'folders.simulate': async () => {
      const running = watched.list().find(({ path }) => microscopes.isRunning(path))
      if (running !== undefined) return fail({ kind: 'folder-watched-already', path: running.path })
      const started = microscopes.start()
      if (!started.ok) return started
      const folder = watched.add({ path: started.value, naming: 'auto', simulated: true })
      audit({ action: 'simulate', entity: 'folder', entityId: folder.path })
      return ok(folder)
    },
  }
}

function watchedPaths(folders: readonly WatchedFolder[]): readonly string[] {
  return folders.map(({ path }) => path)
}
