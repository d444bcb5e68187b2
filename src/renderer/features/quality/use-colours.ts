import { useSyncExternalStore } from 'react'
import { PLANE_STATES, type PlaneState } from '#contract/plates.ts'

/** The tokens that canvases draw with. */
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

/** The colours of the theme in use; a canvas has to be drawn again when it changes. */
export function useColours(): Colours {
  return useSyncExternalStore(subscribe, coloursNow)
}

let known: { readonly theme: string | undefined; readonly colours: Colours } | null = null

function coloursNow(): Colours {
  const theme = document.documentElement.dataset['theme']
  if (known === null || known.theme !== theme) known = { theme, colours: readColours() }
  return known.colours
}

function readColours(): Colours {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string): string => style.getPropertyValue(name).trim()
  return {
    ink: token('--ink'),
    inkQuiet: token('--ink-quiet'),
    border: token('--border'),
    borderStrong: token('--border-strong'),
    accent: token('--accent'),
    surface: token('--surface-raised'),
    font: `${token('--text-small')} ${token('--font')}`,
    states: Object.fromEntries(
      PLANE_STATES.map(state => [state, token(`--verdict-${state}`)]),
    ) as Record<PlaneState, string>,
  }
}

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}
