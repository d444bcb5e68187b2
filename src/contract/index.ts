import { z } from 'zod'
import { call, type Api } from './define.ts'

export const About = z.object({
  /** Parfocal's own version. */
  version: z.string(),
  /** Versions of what it runs on; Chrome and Electron are null where the window is a browser's. */
  node: z.string(),
  electron: z.string().nullable(),
  chrome: z.string().nullable(),
})
export type About = z.infer<typeof About>

/** Everything the window can ask for. */
export const calls = {
  'about.read': call(z.void(), About, []),
} as const

/** Everything the window can be told. */
export const events = {
  /** Parfocal made a mistake that no call was waiting for; its log has the rest. */
  'mistake.logged': z.object({ ticket: z.string() }),
} as const

export type ParfocalApi = Api<typeof calls>
