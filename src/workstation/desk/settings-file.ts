import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { WatchSettings } from '#contract/folders.ts'
import { RecipeHashText } from '#contract/ids.ts'
import { Settings } from '#contract/settings.ts'
import { fail, ok, type FaultOf, type Result } from '#core/fault.ts'
import { AS_THE_FOLDER_ASKS } from '../intake/watch-settings.ts'

/** What a store remembers between two sessions. */
export const StoreSettings = Settings.omit({ openAtLogin: true }).extend({
  format: z.literal(1),
  /** Folders to watch. */
  folders: z.array(
    z.strictObject({
      path: z.string().min(1),
      naming: z.string().min(1),
      settings: WatchSettings.default(AS_THE_FOLDER_ASKS),
    }),
  ),
  /** The recipe that was used last; null where none was chosen. */
  recipe: RecipeHashText.nullable(),
})
export type StoreSettings = z.infer<typeof StoreSettings>

export const DEFAULT_SETTINGS: StoreSettings = {
  format: 1,
  theme: 'system',
  operator: '',
  notify: true,
  folders: [],
  recipe: null,
}

/** The settings of a store, the defaults where there are none; or why the file makes no sense. */
export function readSettings(store: string): Result<StoreSettings, FaultOf<'settings-invalid'>> {
  const path = join(store, FILE)
  if (!existsSync(path)) return ok(DEFAULT_SETTINGS)
  const parsed = parse(readFileSync(path, 'utf8'))
  if (parsed.success) return ok(parsed.data)
  return fail({ kind: 'settings-invalid', path, detail: parsed.detail })
}

/** Keeps a file that makes no sense under another name, which it gives; somebody may want to repair it. */
export function setSettingsAside(store: string, now: Date): string {
  const aside = join(store, `settings.broken-${now.toISOString().replaceAll(/[:.]/g, '-')}.json`)
  renameSync(join(store, FILE), aside)
  return aside
}

/** Whole or not at all, whenever the machine stops. */
export function writeSettings(store: string, settings: StoreSettings): void {
  const unfinished = join(store, `${FILE}.tmp`)
  const file = openSync(unfinished, 'w')
  try {
    writeFileSync(file, `${JSON.stringify(settings, null, 2)}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(unfinished, join(store, FILE))
}

const FILE = 'settings.json'

type Parsed =
  | { readonly success: true; readonly data: StoreSettings }
  | { readonly success: false; readonly detail: string }

function parse(text: string): Parsed {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (cause) {
    return { success: false, detail: (cause as Error).message }
  }
  const parsed = StoreSettings.safeParse(document)
  if (parsed.success) return parsed
  const [issue] = parsed.error.issues
  return { success: false, detail: `${issue!.path.join('.') || 'document'}: ${issue!.message}` }
}
