/** The part of a media query that tells which theme the system asks for. */
export interface LightQuery {
  readonly matches: boolean
  addEventListener(type: 'change', listener: () => void): void
}

/** Sets the theme by one attribute, now and whenever the system changes its mind. Dark unless light is asked for. */
export function followTheme(
  root: { readonly dataset: { [name: string]: string | undefined } },
  light: LightQuery,
): void {
  const apply = (): void => {
    root.dataset['theme'] = light.matches ? 'light' : 'dark'
  }
  light.addEventListener('change', apply)
  apply()
}
