import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import { z } from 'zod'

const KeptWindow = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() }),
  maximized: z.boolean(),
})
export type KeptWindow = z.infer<typeof KeptWindow>

/** Where the window was when it was last closed; null where nobody knows. */
export function keptWindow(): KeptWindow | null {
  try {
    return KeptWindow.parse(JSON.parse(readFileSync(file(), 'utf8')))
  } catch {
    return null
  }
}

/** Not worth a word when it cannot be kept: the window opens in the middle then. */
export function keepWindow(kept: KeptWindow): void {
  try {
    writeFileSync(file(), JSON.stringify(kept))
  } catch {
    return
  }
}

function file(): string {
  return join(app.getPath('userData'), 'window.json')
}
