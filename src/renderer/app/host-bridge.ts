import type { Bridge } from '#contract/client.ts'

/** The bridge that the preload put into the window. */
export function hostBridge(window: object): Bridge {
  const { parfocal } = window as { readonly parfocal?: Bridge }
  if (parfocal === undefined) throw new Error('This page was opened without its host.')
  return parfocal
}
