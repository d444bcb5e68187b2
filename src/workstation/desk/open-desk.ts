import type { ParfocalApi } from '#contract/index.ts'
import { NUCLEI_FLUORESCENCE } from '#core/recipe.ts'
import { ok, type Fault, type Result } from '#core/fault.ts'
import { AS_THE_FOLDER_ASKS } from '../intake/watch-settings.ts'
import { localBench } from '../inference/registry/local-bench.ts'
import { servePixels } from '../pixels/serve-pixels.ts'
import { createSimulatedMicroscopes } from '../simulate/simulated-microscopes.ts'
import { wellsOfPlanes } from '../store/fields.ts'
import { holdsFilesElsewhere } from '../store/files.ts'
import { createWorkList } from '../work-list.ts'
import type { WorkNews } from '../work-news.ts'
import { openWorkstation } from '../workstation.ts'
import { aboutAnswers } from './answer-about.ts'
import { fieldAnswers } from './answer-fields.ts'
import { folderAnswers } from './answer-folders.ts'
import { modelAnswers } from './answer-models.ts'
import { plateAnswers } from './answer-plates.ts'
import { tellProgress } from './answer-progress.ts'
import { qualityAnswers } from './answer-quality.ts'
import { recipeVersion, type UseRecipe } from './answer-recipes.ts'
import { reviewAnswers } from './answer-review.ts'
import { settingsAnswers } from './answer-settings.ts'
import type { Desk, DeskOptions, Tell } from './desk.ts'
import { createPlateNews } from './plate-news.ts'
import { refuseFolder } from './refuse-folder.ts'
import { rememberFolders } from './remember-folders.ts'
import { keepSettings } from './settings-desk.ts'
import { DEFAULT_SETTINGS, readSettings, setSettingsAside } from './settings-file.ts'
import { createWatchedFolders } from './watched-folders.ts'

/** Opens the store, begins to watch, and answers for all of it. */
export async function openDesk(options: DeskOptions): Promise<Result<Desk>> {
  const { storeFolder, host, report } = options
  const read = readSettings(storeFolder)
  const remembered = read.ok ? read.value : DEFAULT_SETTINGS
  const opened = openWorkstation({
    storeFolder,
    recipe: options.recipe ?? NUCLEI_FLUORESCENCE,
    keptRecipe: options.recipe === null ? remembered.recipe : null,
  })
  if (!opened.ok) return opened
  const workstation = opened.value
  const { store, audit } = workstation
  workstation.pool.prepare()

  const listeners = new Set<Tell>()
  const tell: Tell = (name, told) => {
    for (const listener of listeners) {
      try {
        listener(name, told)
      } catch (cause) {
        report(cause)
      }
    }
  }
  const noteMistake = (cause: unknown): string => {
    const ticket = report(cause)
    tell('mistake.logged', { ticket })
    return ticket
  }

  const settings = keepSettings(workstation, remembered)
  const plates = createPlateNews(store.db, tell, noteMistake)
  const work = createWorkList(workstation, noteWork, noteMistake)
  const watched = createWatchedFolders(workstation, work, plates, tell, noteMistake)
  const microscopes = createSimulatedMicroscopes(store, workstation.now, fault =>
    watched.fail(fault.path, fault),
  )
  const progress = tellProgress(work, tell)

  function noteWork(news: WorkNews): void {
    switch (news.kind) {
      case 'field':
        return plates.changed(news.done.acquisition.plateId, [news.done.field.well])
      case 'plate':
        return plates.changed(news.run.plateId, [])
      case 'halted':
        return watched.halt(news.fault)
    }
  }

  const useRecipe: UseRecipe = (recipe, reason) => {
    const used = workstation.useRecipe(recipe, reason)
    if (!used.ok) return used
    const kept = settings.change({ recipe: workstation.recorder.recipeHash })
    work.restart()
    tell('recipe.changed', recipeVersion(workstation, recipe))
    return kept
  }

  const api: ParfocalApi = {
    ...aboutAnswers(workstation, host),
    ...settingsAnswers(workstation, settings, host, tell),
    ...folderAnswers(workstation, settings, watched, microscopes, host),
    ...plateAnswers(workstation),
    ...fieldAnswers(workstation),
    ...qualityAnswers(workstation, { useRecipe }),
    ...reviewAnswers(workstation, {
      operator: () => settings.now().operator,
      changed(plateId, planeIds) {
        tell('review.changed', { plateId, planeIds: [...planeIds] })
        plates.changed(plateId, wellsOfPlanes(store.db, planeIds))
      },
    }),
    ...modelAnswers(
      workstation,
      {
        operator: () => settings.now().operator,
        changed: list => tell('models.changed', list),
      },
      localBench(),
    ),
    ...progress.answers,
    'mistakes.report': async ({ trace }) => {
      noteMistake(`in the window: ${trace}`)
      return ok(null)
    },
  }

  const faults: Fault[] = []
  const ready = await workstation.prepareNetworks()
  if (!ready.ok) faults.push(ready.fault)
  if (!read.ok) {
    const path = setSettingsAside(storeFolder, workstation.now())
    faults.push({ ...read.fault, path })
    audit({ action: 'set-aside', entity: 'settings', entityId: path, reason: read.fault.detail })
  }
  const given = options.folders.map(path => ({
    path,
    naming: 'auto',
    settings: AS_THE_FOLDER_ASKS,
  }))
  for (const folder of [...remembered.folders, ...given]) {
    const others = watched.list().map(({ path }) => path)
    const refusal = refuseFolder(folder.path, others, store.folder)
    if (refusal !== null) {
      if (!others.includes(folder.path)) faults.push(refusal)
      continue
    }
    watched.add({ ...folder, simulated: false })
    if (remembered.folders.includes(folder)) continue
    const { path, naming } = folder
    audit({ action: 'watch', entity: 'folder', entityId: path, new: { naming } })
  }
  if (given.length > 0) rememberFolders(settings, watched)
  // A simulated plate among a laboratory's own would be taken for one of them.
  const isNew =
    remembered.folders.length === 0 && !holdsFilesElsewhere(store.db, microscopes.around)
  if (options.simulate && given.length === 0 && isNew) {
    const simulated = await api['folders.simulate'](undefined)
    if (!simulated.ok) faults.push(simulated.fault)
  }

  return ok({
    api,
    faults,
    pixels: servePixels(workstation, { report }),
    audit,
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async close() {
      microscopes.close()
      progress.close()
      plates.close()
      await Promise.all([watched.close(), work.stop()])
      listeners.clear()
      workstation.close()
    },
  })
}
