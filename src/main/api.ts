import { app } from 'electron'
import type { ParfocalApi } from '#contract/index.ts'
import { ok } from '#core/fault.ts'

/** What the window's calls do. */
export const api: ParfocalApi = {
  'about.read': async () =>
    ok({
      version: app.getVersion(),
      node: process.versions.node,
      electron: process.versions['electron'] ?? null,
      chrome: process.versions['chrome'] ?? null,
    }),
}
