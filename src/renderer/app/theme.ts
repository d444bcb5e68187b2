import type { Theme } from '#contract/settings.ts'

/** The part of a media query that tells which theme the system asks for. */
export interface LightQuery {
  readonly matches: boolean
  addEventListener(type: 'change', listener: () => void): void
}

/** Sets the theme by one attribute on the root: the chosen one, or the system's. Dark unless light is asked for. */
export function createThemeSwitch(
  root: { readonly dataset: { [name: string]: string | undefined } },
  light: LightQuery,
) {
  let chosen: Theme = 'system'
  const apply = (): void => {
    root.dataset['theme'] = chosen === 'system' ? (light.matches ? 'light' : 'dark') : chosen
  }
  light.addEventListener('change', apply)
  apply()

  return {
    choose(theme: Theme): void {
      chosen = theme
      apply()
    },
    /** The theme to choose so that dark becomes light and light dark. */
    opposite: (): Theme => (root.dataset['theme'] === 'light' ? 'dark' : 'light'),
  }
}

export type ThemeSwitch = ReturnType<typeof createThemeSwitch>
