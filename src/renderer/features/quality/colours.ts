import { useMemo } from 'react'
import { PLANE_STATES, type PlaneState } from '#contract/plates.ts'
import { useTokens, type Tokens } from '../../lib/use-tokens.ts'

/** What charts are drawn with. */
export interface Colours {
  readonly ink: string
  readonly inkQuiet: string
  readonly border: string
  readonly borderStrong: string
  readonly accent: string
  readonly surface: string
  readonly font: string
  readonly states: Readonly<Record<PlaneState, string>>
}

/** The colours of the theme in use; a chart has to be drawn again when they change. */
export function useColours(): Colours {
  const tokens = useTokens()
  return useMemo(() => readColours(tokens), [tokens])
}

function readColours(tokens: Tokens): Colours {
  return {
    ink: tokens('--ink'),
    inkQuiet: tokens('--ink-quiet'),
    border: tokens('--border'),
    borderStrong: tokens('--border-strong'),
    accent: tokens('--accent'),
    surface: tokens('--surface-raised'),
    font: `${tokens('--text-small')} ${tokens('--font')}`,
    states: Object.fromEntries(
      PLANE_STATES.map(state => [state, tokens(`--verdict-${state}`)]),
    ) as Record<PlaneState, string>,
  }
}
