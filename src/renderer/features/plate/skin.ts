import { useMemo } from 'react'
import type { WellState } from '#core/plate/well-state.ts'
import { useTokens, type Tokens } from '../../lib/use-tokens.ts'

/** The colours and the type that a plate is drawn with. */
export interface Skin {
  readonly surface: string
  readonly ink: string
  readonly inkQuiet: string
  readonly border: string
  readonly borderStrong: string
  readonly accent: string
  readonly font: string
  readonly states: Readonly<Record<WellState, string>>
}

/** The skin of the theme in use; plates have to be drawn again when it changes. */
export function useSkin(): Skin {
  const tokens = useTokens()
  return useMemo(() => readSkin(tokens), [tokens])
}

export function readSkin(tokens: Tokens): Skin {
  return {
    surface: tokens('--surface-sunken'),
    ink: tokens('--ink'),
    inkQuiet: tokens('--ink-quiet'),
    border: tokens('--border'),
    borderStrong: tokens('--border-strong'),
    accent: tokens('--accent'),
    font: tokens('--font'),
    states: {
      'not-imaged': tokens('--border'),
      missing: tokens('--verdict-missing'),
      waiting: tokens('--verdict-waiting'),
      incomplete: tokens('--verdict-waiting'),
      pass: faintest(tokens('--verdict-pass'), tokens('--surface-sunken')),
      'cannot-judge': tokens('--verdict-cannot-judge'),
      fail: tokens('--verdict-fail'),
      unreadable: tokens('--verdict-unreadable'),
    },
  }
}

/** Non-text contrast of WCAG 2.2. */
const SEEN = 3

/**
 * As much of a colour as can still be told from the surface: most wells pass, and a plate of them should be calm, so
 * that the others stand out.
 */
function faintest(colour: string, surface: string): string {
  for (let share = 40; share < 100; share += 5) {
    const mixed = mix(colour, surface, share / 100)
    if (contrast(mixed, surface) >= SEEN) return mixed
  }
  return colour
}

function mix(colour: string, surface: string, share: number): string {
  const parts = partsOf(colour).map((part, i) => {
    const mixed = Math.round(share * part + (1 - share) * partsOf(surface)[i]!)
    return mixed.toString(16).padStart(2, '0')
  })
  return `#${parts.join('')}`
}

/** Okabe and Ito's eight colours, told apart by people who do not see red or green (jfly.uni-koeln.de/color). */
const CATEGORY_COLOURS = [
  '#56b4e9',
  '#e69f00',
  '#009e73',
  '#f0e442',
  '#cc79a7',
  '#d55e00',
  '#0072b2',
  '#999999',
]

/** Beyond eight they come round again: the number in the well tells them apart. */
export function categoryColour(place: number): string {
  return CATEGORY_COLOURS[place % CATEGORY_COLOURS.length]!
}

const DARK = '#101214'
const LIGHT = '#ffffff'

/** Plates ask for every well, and there are only as many colours as maps have. */
const inks = new Map<string, string>()

/** Dark or light, whichever stands out more from a colour written as `#rrggbb` (contrast of WCAG 2.2). */
export function inkOn(colour: string): string {
  const known = inks.get(colour)
  if (known !== undefined) return known
  const ink = contrast(colour, DARK) >= contrast(colour, LIGHT) ? DARK : LIGHT
  inks.set(colour, ink)
  return ink
}

/** 1 for the same, 21 for black on white. */
export function contrast(one: string, other: string): number {
  const [low, high] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b)
  return (high! + 0.05) / (low! + 0.05)
}

function luminanceOf(colour: string): number {
  const parts = partsOf(colour).map(part => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * parts[0]! + 0.7152 * parts[1]! + 0.0722 * parts[2]!
}

/** Red, green and blue of `#rrggbb`. */
function partsOf(colour: string): number[] {
  return [1, 3, 5].map(at => Number.parseInt(colour.slice(at, at + 2), 16))
}
