import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { WatchedFolder, WatchSettings } from '#contract/folders.ts'
import type { ParfocalApi } from '#contract/index.ts'
import { fail, ok, type FaultOf, type Result } from '#core/fault.ts'
import { isMap } from '../intake/csv-map.ts'
import { isMarkerName } from '../intake/done-markers.ts'
import { checkNaming } from '../intake/identify-acquisitions.ts'
import { INSTRUMENTS } from '../intake/instruments/registry.ts'
import { pathBelow } from '../intake/path-below.ts'
import { AS_THE_FOLDER_ASKS } from '../intake/watch-settings.ts'
import type { SimulatedMicroscopes } from '../simulate/simulated-microscopes.ts'
import type { Workstation } from '../workstation.ts'
import { browseFolder, TOP } from './browse-folder.ts'
import type { DeskHost } from './desk.ts'
import { createFolderHandles } from './folder-handles.ts'
import { createFolderPreviews } from './preview-folder.ts'
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
  const previews = createFolderPreviews(() => performance.now())
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

    'folders.instruments': async () => ok(INSTRUMENTS.map(({ id, name }) => ({ id, name }))),

    'folders.preview': async asked => {
      const path =
        'handle' in asked
          ? handles.pathOf(asked.handle)
          : watched.list().find(({ folderId }) => folderId === asked.folderId)?.path
      if (path === undefined || path === TOP) return fail({ kind: 'folder-handle-unknown' })
      const sensible = checkNamingIn(path, asked.naming)
      return sensible.ok ? previews.preview(path, asked.naming) : sensible
    },

    'folders.watch': async ({ handle, naming, settings: asked }) => {
      const path = handles.pathOf(handle)
      if (path === undefined || path === TOP) return fail({ kind: 'folder-handle-unknown' })
      const sensible = checkWatch(path, naming, asked)
      if (!sensible.ok) return sensible
      const refusal = refuseFolder(path, watchedPaths(watched.list()), store.folder)
      if (refusal !== null) return fail(refusal)
      const folder = watched.add({ path, naming, settings: asked, simulated: false })
      audit({ action: 'watch', entity: 'folder', entityId: path, new: { naming, ...asked } })
      remember()
      return ok(folder)
    },

    'folders.reread': async ({ folderId, naming, settings: asked }) => {
      const before = watched.list().find(folder => folder.folderId === folderId)
      if (before === undefined) return fail({ kind: 'folder-handle-unknown' })
      const next = { naming, settings: asked ?? before.settings }
      const sensible = checkWatch(before.path, naming, next.settings)
      if (!sensible.ok) return sensible
      const folder = watched.reread(folderId, next)
      if (folder === null) return fail({ kind: 'folder-handle-unknown' })
      const change = {
        old: { naming: before.naming, ...(asked && before.settings) },
        new: { naming, ...asked },
      }
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
      const folder = watched.add({
        path: started.value,
        naming: 'auto',
        settings: AS_THE_FOLDER_ASKS,
        simulated: true,
      })
      audit({ action: 'simulate', entity: 'folder', entityId: folder.path })
      return ok(folder)
    },
  }
}

function checkWatch(
  folder: string,
  naming: string,
  { doneMarker }: WatchSettings,
): Result<void, FaultOf<'bad-option'>> {
  if (doneMarker === null || isMarkerName(doneMarker)) return checkNamingIn(folder, naming)
  const allowed = 'the name of a file, with at most one *'
  return fail({ kind: 'bad-option', option: 'done marker', value: doneMarker, allowed })
}

/** Whether a naming makes sense for a folder. A table is one that lies in it: the window names nothing else of a disk. */
function checkNamingIn(folder: string, naming: string): Result<void, FaultOf<'bad-option'>> {
  if (!isMap(naming)) return checkNaming(naming)
  const below = pathBelow('', naming)
  if (below !== null && existsSync(join(folder, below))) return ok(undefined)
  const allowed = 'a table (.csv) that lies in the folder, by its path from there'
  return fail({ kind: 'bad-option', option: '--naming', value: naming, allowed })
}

function watchedPaths(folders: readonly WatchedFolder[]): readonly string[] {
  return folders.map(({ path }) => path)
}
