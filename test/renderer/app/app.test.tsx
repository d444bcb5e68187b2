import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import type { About } from '#contract/about.ts'
import { createClient } from '#contract/client.ts'
import { calls, type ParfocalApi } from '#contract/index.ts'
import { USUAL_WATCH, type WatchedFolder } from '#contract/folders.ts'
import { fail, ok } from '#core/fault.ts'
import { App } from '../../../src/renderer/app/app.tsx'
import { createNavigation } from '../../../src/renderer/app/navigation.ts'
import { createThemeSwitch } from '../../../src/renderer/app/theme.ts'
import { createViews } from '../../../src/renderer/app/views.tsx'
import { createAboutStore } from '../../../src/renderer/features/about/index.ts'
import { createFoldersStore } from '../../../src/renderer/features/folders/index.ts'
import { createMistakesStore } from '../../../src/renderer/features/mistakes/index.ts'
import { createPlatesStore } from '../../../src/renderer/features/plates/index.ts'
import { createProgressStore } from '../../../src/renderer/features/progress/index.ts'
import { createSettingsStore } from '../../../src/renderer/features/settings/index.ts'
import { createCommandBoard } from '../../../src/renderer/lib/command-board.ts'
import { createPixelSource } from '../../../src/renderer/lib/pixels.ts'
import { paperHost } from '../../support/paper-host.ts'

const about: About = {
  version: '0.1.0',
  node: '24.21.0',
  electron: null,
  chrome: null,
  host: 'web',
  store: '/home/ada/store',
  osUser: 'ada',
  choosesFolders: false,
}

const folder: WatchedFolder = {
  folderId: 0,
  path: '/acquisitions',
  naming: 'auto',
  settings: USUAL_WATCH,
  state: 'watching',
  fault: null,
  lastArrivalAt: null,
  files: 4,
  unmatched: { count: 0, paths: [] },
  unmarked: { count: 0, paths: [] },
  copies: { count: 0, paths: [] },
  faults: [],
  simulated: false,
}

const usual: Partial<ParfocalApi> = {
  'about.read': async () => ok(about),
  'plates.list': async () => ok([]),
  'folders.list': async () => ok([]),
  'settings.read': async () =>
    ok({ theme: 'system', operator: '', openAtLogin: null, notify: true }),
}

/** What the window says at an address, once its stores have read. */
async function text(
  answers: Partial<ParfocalApi>,
  { hash = '', ticket }: { readonly hash?: string; readonly ticket?: string } = {},
): Promise<string> {
  const { bridge, tell } = paperHost({ ...usual, ...answers })
  const api = createClient(calls, bridge)
  const board = createCommandBoard()
  const location = { hash } as Location
  const navigation = createNavigation({ location, addEventListener: () => undefined })
  const stores = {
    about: createAboutStore(api),
    folders: createFoldersStore(api, bridge),
    mistakes: createMistakesStore(bridge),
    plates: createPlatesStore(api, bridge),
    progress: createProgressStore(api, bridge),
    settings: createSettingsStore(api, bridge),
  }
  await Promise.all([
    stores.about.read(),
    stores.folders.list(),
    stores.plates.list(),
    stores.settings.read(),
  ])
  if (ticket !== undefined) tell('mistake.logged', { ticket })
  const pixels = createPixelSource(() => Promise.reject(new Error('no pixels on paper')))
  const views = createViews({ api, bridge, board, pixels, goTo: navigation.goTo })
  const theme = createThemeSwitch(
    { dataset: {} },
    { matches: false, addEventListener: () => undefined },
  )
  const page = (
    <App
      stores={stores}
      navigation={navigation}
      board={board}
      views={views}
      theme={theme}
      onMistake={() => undefined}
    />
  )
  return renderToStaticMarkup(page)
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
}

describe('the window', () => {
  test('asks somebody who comes first which folder the microscope writes to', async () => {
    const said = await text({})
    expect(said).toContain('Which folder does your microscope write to?')
    expect(said).toContain('Watch a simulated plate')
  })

  test('says that plates come by themselves once a folder is watched', async () => {
    const said = await text({ 'folders.list': async () => ok([folder]) })
    expect(said).toContain('As soon as images settle in a watched folder')
    expect(said).toContain('/acquisitions')
  })

  test('says above every view which folder is offline, and what to do', async () => {
    const fault = { kind: 'folder-offline', path: '/acquisitions', detail: 'ENETUNREACH' } as const
    const away = { ...folder, state: 'offline' as const, fault }
    const said = await text({ 'folders.list': async () => ok([away]) }, { hash: '#/settings' })
    expect(said).toContain('/acquisitions is offline. The folder cannot be read (ENETUNREACH).')
  })

  test('says why the plates could not be listed', async () => {
    const damaged = { kind: 'host-unreachable', detail: 'no connection' } as const
    const said = await text({ 'plates.list': async () => fail(damaged) })
    expect(said).toContain('The plates could not be listed.')
    expect(said).toContain('Parfocal does not answer (no connection).')
  })

  test('names the version and what it runs on', async () => {
    expect(await text({})).toContain('Parfocal 0.1.0 on Node 24.21.0')
    const electron = { ...about, electron: '45.4.1', chrome: '152.0.1' }
    expect(await text({ 'about.read': async () => ok(electron) })).toContain(
      'Parfocal 0.1.0 on Electron 45.4.1, Chrome 152.0.1, Node 24.21.0',
    )
  })

  test('a mistake that no call was waiting for is told with its ticket', async () => {
    expect(await text({}, { ticket: 'T-8' })).toContain('wrote it to its log (T-8)')
  })

  test('the settings say who signs and where results are kept', async () => {
    const said = await text({}, { hash: '#/settings' })
    expect(said).toContain('Operator, who signs decisions')
    expect(said).toContain('Results are kept in /home/ada/store')
  })
})
