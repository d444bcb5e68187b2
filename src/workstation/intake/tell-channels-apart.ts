import type { Channel } from './acquisition.ts'

/**
 * Channels in the instrument's order: one without a name is `w2`, a second one of a name is `DAPI (w3)`.
 *
 * @param waves the instrument's numbers, where they do not just count from 1
 */
export function tellApart(
  names: readonly (string | null)[],
  waves: readonly number[] = names.map((_, i) => i + 1),
): readonly Channel[] {
  const taken = new Set<string>()
  return names.map((given, i) => {
    const wave = waves[i]!
    const own = given === null || given === '' ? `w${wave}` : given
    const name = taken.has(own) ? `${own} (w${wave})` : own
    taken.add(name)
    return { wave, name }
  })
}
