import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import { createClient } from '#contract/client.ts'
import { calls } from '#contract/index.ts'
import { createAboutStore } from '../features/about/index.ts'
import { createMistakesStore } from '../features/mistakes/index.ts'
import '../styles/tokens.css'
import '../styles/base.css'
import { App } from './app.tsx'
import { hostBridge } from './host-bridge.ts'
import { followTheme } from './theme.ts'

// Zod would otherwise try to compile its parsers from text, which the content security policy reports.
z.config({ jitless: true })

const bridge = hostBridge(window)
const about = createAboutStore(createClient(calls, bridge))
const mistakes = createMistakesStore(bridge)

followTheme(document.documentElement, window.matchMedia('(prefers-color-scheme: light)'))
void about.read()
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App about={about} mistakes={mistakes} />
  </StrictMode>,
)
