import { z } from 'zod'
import { aboutCalls } from './about.ts'
import { COMMAND_IDS } from './commands.ts'
import type { Api } from './define.ts'
import { fieldCalls } from './fields.ts'
import { folderCalls, WatchedFolder } from './folders.ts'
import { PlaneIdNumber, PlateIdNumber } from './ids.ts'
import { mistakeCalls } from './mistakes.ts'
import { ModelList, modelCalls } from './models.ts'
import { plateCalls, PlateSummary, WellRow } from './plates.ts'
import { progressCalls, Task } from './progress.ts'
import { qualityCalls, RecipeVersion } from './quality.ts'
import { reviewCalls } from './review.ts'
import { Settings, settingsCalls } from './settings.ts'

/** Everything the window can ask for. Pixels travel by the addresses in pixels.ts. */
export const calls = {
  ...aboutCalls,
  ...settingsCalls,
  ...folderCalls,
  ...plateCalls,
  ...fieldCalls,
  ...qualityCalls,
  ...reviewCalls,
  ...modelCalls,
  ...progressCalls,
  ...mistakeCalls,
} as const

/** Everything the window can be told. */
export const events = {
  /** How a plate stands now, and those of its wells that changed. */
  'plate.changed': z.object({ summary: PlateSummary, wells: z.array(WellRow) }),
  'folders.changed': z.array(WatchedFolder),
  /** Decisions were made or taken back, here or in another window. */
  'review.changed': z.object({ plateId: PlateIdNumber, planeIds: z.array(PlaneIdNumber) }),
  'recipe.changed': RecipeVersion,
  /** Networks were registered, tested or brought into another state. */
  'models.changed': ModelList,
  'settings.changed': Settings,
  'progress.changed': z.array(Task),
  /** Somebody chose a command in the menu or the tray. */
  'command.chosen': z.object({ command: z.enum(COMMAND_IDS) }),
  /** Parfocal made a mistake that no call was waiting for; its log has the rest. */
  'mistake.logged': z.object({ ticket: z.string() }),
} as const

export type ParfocalApi = Api<typeof calls>
export type ParfocalEvents = typeof events
