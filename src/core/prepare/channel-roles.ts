import { z } from 'zod'

/** What a channel shows. */
export const ChannelRole = z.enum(['nucleus', 'cell'])
export type ChannelRole = z.infer<typeof ChannelRole>

/** How a channel's role is told from its name: the first rule of which a word occurs in it. */
export const ChannelRule = z.strictObject({
  role: ChannelRole,
  /** Parts of names, compared without regard to case. */
  names: z.array(z.string().min(1)).min(1),
})
export type ChannelRule = z.infer<typeof ChannelRule>

/** Names under which a nuclear stain goes. */
export const NUCLEAR_STAINS: ChannelRule = {
  role: 'nucleus',
  names: ['dapi', 'hoechst', 'dna', 'nuclei', 'nucleus', 'draq', 'h2b', 'sytox', '405'],
}

/** Fluorophores and structures that commonly show the rest of the cell. */
export const CELL_STAINS: ChannelRule = {
  role: 'cell',
  names: [
    'fitc',
    'tritc',
    'txred',
    'texas',
    'cy3',
    'cy5',
    'gfp',
    'yfp',
    'rfp',
    'mcherry',
    'alexa',
    'agp',
    'rna',
    'mito',
    'actin',
    'phalloidin',
    'tubulin',
  ],
}

/**
 * The channel in which nuclei are looked for: the first that a rule names, else the first of all.
 *
 * @param channels names in the instrument's order
 * @returns null only when there is no channel
 */
export function nucleusChannel(
  channels: readonly string[],
  rules: readonly ChannelRule[],
): string | null {
  const named = channels.find(channel => roleOf(channel, rules) === 'nucleus')
  return named ?? channels[0] ?? null
}

/** What a channel shows by its name; null where no rule names it. */
export function roleOf(channel: string, rules: readonly ChannelRule[]): ChannelRole | null {
  const name = channel.toLowerCase()
  return (
    rules.find(rule => rule.names.some(part => name.includes(part.toLowerCase())))?.role ?? null
  )
}
