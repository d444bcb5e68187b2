import { expect, test } from 'vitest'
import { followTheme } from '../../../src/renderer/app/theme.ts'

test('the window is dark until the system asks for light, and follows when it changes its mind', () => {
  const root = { dataset: {} as { [name: string]: string | undefined } }
  let changed = (): void => undefined
  const query = {
    matches: false,
    addEventListener: (_type: 'change', listener: () => void) => {
      changed = listener
    },
  }
  followTheme(root, query)
  expect(root.dataset['theme']).toBe('dark')
  query.matches = true
  changed()
  expect(root.dataset['theme']).toBe('light')
})
