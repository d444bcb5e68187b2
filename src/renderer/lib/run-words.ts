import type { NamedBy, RunFacts } from '#contract/imaging-facts.ts'

interface Imaging {
  readonly instrument: string
  readonly namedBy: NamedBy
}

/** Whose images they are, and what their places were read from. */
export function placedText({ instrument, namedBy }: Imaging): string {
  switch (namedBy) {
    case 'index':
      return `${instrument}, by its index`
    case 'name':
      return `${instrument}, by the names of files`
    case 'map':
    case 'loose':
      return instrument
  }
}

/** `objective 20x/0.75`, `objective 20×, NA 0.75`; null where no index says it. */
export function objectiveText(facts: RunFacts | null): string | null {
  const objective = facts?.objective ?? null
  if (objective === null) return null
  const { name, magnification, numericalAperture } = objective
  const figures = [
    ...(magnification === null ? [] : [`${magnification}×`]),
    ...(numericalAperture === null ? [] : [`NA ${numericalAperture}`]),
  ].join(', ')
  const text = name ?? figures
  return text === '' ? null : `objective ${text}`
}

/** `405 → 461 nm`, `emission 461 nm`; null where neither is said. */
function lightText(excitation: number | null, emission: number | null): string | null {
  if (excitation === null) return emission === null ? null : `emission ${Math.round(emission)} nm`
  if (emission === null) return `excitation ${Math.round(excitation)} nm`
  return `${Math.round(excitation)} → ${Math.round(emission)} nm`
}

/**
 * The instrument's own clock, as it wrote it: `2026-01-05 08:00:00`. Without an offset nobody knows whose time it is, so
 * none is made of it.
 */
export function instrumentTime(at: string): string {
  const parts = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(:\d{2})?)/.exec(at)
  return parts === null ? at : `${parts[1]!} ${parts[2]!}`
}

/** `385 → 461 nm, 40 ms`; empty where no index says any. */
export function channelText({
  excitation,
  emission,
  exposure,
}: Omit<RunFacts['channels'][number], 'channel'>): string {
  const light = lightText(excitation, emission)
  const parts = [
    ...(light === null ? [] : [light]),
    ...(exposure === null ? [] : [`${Number(exposure.toPrecision(3))} ms`]),
  ]
  return parts.join(', ')
}
