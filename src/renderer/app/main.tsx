import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import { createClient, listen } from '#contract/client.ts'
import { calls, events } from '#contract/index.ts'
import { LONGEST_TRACE } from '#contract/mistakes.ts'
import { createAboutStore } from '../features/about/index.ts'
import { createFoldersStore } from '../features/folders/index.ts'
import { createMistakesStore } from '../features/mistakes/index.ts'
import { createPlatesStore } from '../features/plates/index.ts'
import { createProgressStore } from '../features/progress/index.ts'
import { createSettingsStore } from '../features/settings/index.ts'
import { createCommandBoard } from '../lib/command-board.ts'
import { createPixelSource } from '../lib/pixels.ts'
import '../styles/tokens.css'
import '../styles/base.css'
import { App } from './app.tsx'
import { hostBridge } from './host-bridge.ts'
import type { Host } from './host.ts'
import { Linked } from './linked.tsx'
import { createNavigation } from './navigation.ts'
import { NoKey } from './no-key.tsx'
import { createThemeSwitch, type ThemeSwitch } from './theme.ts'
import { createViews } from './views.tsx'

// Zod would otherwise try to compile its parsers from text, which the content security policy reports.
z.config({ jitless: true })

const root = createRoot(document.getElementById('root')!)
const theme = createThemeSwitch(
  document.documentElement,
  window.matchMedia('(prefers-color-scheme: light)'),
)
const host = await hostBridge(window)
root.render(
  <StrictMode>
    {host === null ? <NoKey /> : <Linked link={host.link}>{openApp(host, theme)}</Linked>}
  </StrictMode>,
)

/** Builds every store by hand and hands it down. */
function openApp({ bridge, fetchPixels, onReconnect }: Host, theme: ThemeSwitch) {
  const api = createClient(calls, bridge)
  const board = createCommandBoard()
  const navigation = createNavigation(window)
  const stores = {
    about: createAboutStore(api),
    folders: createFoldersStore(api, bridge),
    mistakes: createMistakesStore(bridge),
    plates: createPlatesStore(api, bridge),
    progress: createProgressStore(api, bridge),
    settings: createSettingsStore(api, bridge),
  }
  const views = createViews({
    api,
    bridge,
    board,
    pixels: createPixelSource(fetchPixels),
    goTo: navigation.goTo,
  })
  stores.settings.subscribe(() => {
    const state = stores.settings.getSnapshot()
    if (state.status === 'known') theme.choose(state.settings.theme)
  })
  listen(events, bridge, 'command.chosen', ({ command }) => board.give(command))
  const read = (): void => {
    void stores.about.read()
    void stores.folders.list()
    void stores.plates.list()
    void stores.progress.read()
    void stores.settings.read()
  }
  read()
  onReconnect(read)
  const onMistake = (trace: string): void => {
    void api['mistakes.report']({ trace: trace.slice(0, LONGEST_TRACE) })
  }
  return (
    <App
      stores={stores}
      navigation={navigation}
      board={board}
      views={views}
      theme={theme}
      onMistake={onMistake}
    />
  )
}
