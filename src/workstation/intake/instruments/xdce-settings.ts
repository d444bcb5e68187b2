import type { PlateSize } from '#core/plate/well.ts'
import type { Channel } from '../acquisition.ts'

/** A wave as it was set, by its filters. */
export interface XdceWave extends Channel {
  readonly excitation: string
  readonly emission: string
}

export interface Offset {
  readonly x: number
  readonly y: number
}

/** What an IN Cell was told to do, as it is collected from its index. */
export interface XdceSettings {
  format: PlateSize | null
  /** `B03`: wells that are left out. */
  readonly excluded: Set<string>
  /** Of each site, µm from the middle of its well, x to the right and y downwards. */
  readonly offsets: Map<number, Offset>
  readonly waves: SetWave[]
  /** Numbers of waves of which a file is listed at several steps: they have one. */
  readonly flat: Set<number>
  slices: number
  /** How many waves each time point images; 0 where it does not say. */
  readonly times: number[]
  timed: boolean
}

/** A wave as it stands in the index. */
export interface SetWave {
  /** Counted from 0. */
  readonly index: number
  /** `2-D` waves have one plane where `3-D` ones have a stack. */
  readonly mode: string | null
  /** Computed from other waves, not imaged. */
  readonly fused: boolean
  excitation: Filter
  emission: Filter
  /** ms */
  exposure: number | null
}

export interface Filter {
  readonly name: string
  /** nm */
  readonly wavelength: number | null
}

/** The waves that are imaged, with names that tell them apart. */
export function nameWaves(waves: readonly SetWave[]): readonly XdceWave[] {
  const filters = waves
    .filter(wave => !wave.fused)
    .map(({ index, excitation, emission }) => ({
      wave: index + 1,
      excitation: excitation.name,
      emission: emission.name || excitation.name || `w${index + 1}`,
    }))
  const names = channelNames(filters)
  return filters.map((filter, place) => {
    const name = names.get(filter)!
    const again = filters.slice(0, place).some(other => names.get(other) === name)
    return { ...filter, name: again ? `${name} (w${filter.wave})` : name }
  })
}

/** Each is named for its emission filter, as Bio-Formats does; where two share it, for both filters. */
export function channelNames<T extends Pick<XdceWave, 'excitation' | 'emission'>>(
  filters: readonly T[],
): ReadonlyMap<T, string> {
  const excitations = new Map<string, Set<string>>()
  for (const { excitation, emission } of filters) {
    const own = excitations.get(emission)
    if (own === undefined) excitations.set(emission, new Set([excitation]))
    else own.add(excitation)
  }
  return new Map(
    filters.map(one => {
      const shared = excitations.get(one.emission)!.size > 1
      return [one, shared ? `${one.emission} (${one.excitation})` : one.emission]
    }),
  )
}
