import type { Channel } from './acquisition.ts'

/** Channels in their order, from 1: one without a name is `w2`, one that has the name of another bears its number too. */
export function tellApart(channels: readonly (string | null)[]): readonly Channel[] {
  const names = new Set<string>()
  return channels.map((given, i) => {
    const wave = i + 1
    const own = given === null || given === '' ? `w${wave}` : given
    const name = names.has(own) ? `${own} (${wave})` : own
    names.add(name)
    return { wave, name }
  })
}
