import { z } from 'zod'
import { call } from './define.ts'

export const Theme = z.enum(['system', 'dark', 'light'])
export type Theme = z.infer<typeof Theme>

export const Settings = z.object({
  theme: Theme,
  /** Who reviews: signs every decision. Empty until somebody has said so, then the OS user's name signs. */
  operator: z.string().trim().max(80),
  /** Null where the host cannot start by itself. */
  openAtLogin: z.boolean().nullable(),
  /** Tell by the operating system when a plate begins to fail. */
  notify: z.boolean(),
})
export type Settings = z.infer<typeof Settings>

export const settingsCalls = {
  'settings.read': call(z.void(), Settings, []),
  /** Changes what is given and leaves the rest; gives all of them as they are now. */
  'settings.change': call(Settings.partial(), Settings, ['store-not-writable', 'disk-full']),
} as const
