import { z } from 'zod'
import { call } from './define.ts'

export const About = z.object({
  /** Parfocal's own version. */
  version: z.string(),
  /** Versions of what it runs on; Chrome and Electron are null where the window is a browser's. */
  node: z.string(),
  electron: z.string().nullable(),
  chrome: z.string().nullable(),
  host: z.enum(['electron', 'web']),
  /** Where results are kept. */
  store: z.string(),
  /** The operating system's name for who is at the machine. */
  osUser: z.string(),
  /** Whether the host has a folder dialog of its own; else the window browses. */
  choosesFolders: z.boolean(),
})
export type About = z.infer<typeof About>

export const aboutCalls = { 'about.read': call(z.void(), About, []) } as const
