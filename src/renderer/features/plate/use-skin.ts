import { useSyncExternalStore } from 'react'
import { readSkin, type Skin } from './skin.ts'

/** The theme's colours for canvases, read again when the theme changes. */
export function useSkin(): Skin {
  return useSyncExternalStore(subscribe, currentSkin, currentSkin)
}

let known: { readonly theme: string; readonly skin: Skin } | null = null

function currentSkin(): Skin {
  const root = document.documentElement
  const theme = root.dataset['theme'] ?? ''
  if (known?.theme === theme) return known.skin
  const style = getComputedStyle(root)
  known = { theme, skin: readSkin(name => style.getPropertyValue(name).trim()) }
  return known.skin
}

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}
