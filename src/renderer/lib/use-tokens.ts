import { useSyncExternalStore } from 'react'

/** What a token of styles/tokens.css is by its name: `--ink`. */
export type Tokens = (name: string) => string

/** The tokens for canvases: another function when the theme changes, so that what was drawn is drawn again. */
export function useTokens(): Tokens {
  return useSyncExternalStore(subscribe, tokensNow, tokensNow)
}

let known: { readonly theme: string | undefined; readonly tokens: Tokens } | null = null

function tokensNow(): Tokens {
  const root = document.documentElement
  const theme = root.dataset['theme']
  if (known === null || known.theme !== theme) {
    const style = getComputedStyle(root)
    known = { theme, tokens: name => style.getPropertyValue(name).trim() }
  }
  return known.tokens
}

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}
