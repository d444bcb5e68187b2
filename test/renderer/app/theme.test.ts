import { expect, test } from 'vitest'
import { createThemeSwitch } from '../../../src/renderer/app/theme.ts'

test('the window is dark until the system asks for light, and follows when it changes its mind', () => {
  const root = { dataset: {} as { [name: string]: string | undefined } }
  let changed = (): void => undefined
  const query = {
    matches: false,
    addEventListener: (_type: 'change', listener: () => void) => {
      changed = listener
    },
  }
  createThemeSwitch(root, query)
  expect(root.dataset['theme']).toBe('dark')
  query.matches = true
  changed()
  expect(root.dataset['theme']).toBe('light')
})

test('a chosen theme stays, whatever the system asks for', () => {
  const root = { dataset: {} as { [name: string]: string | undefined } }
  const theme = createThemeSwitch(root, { matches: false, addEventListener: () => undefined })
  theme.choose('light')
  expect(root.dataset['theme']).toBe('light')
  expect(theme.opposite()).toBe('dark')
  theme.choose('system')
  expect(root.dataset['theme']).toBe('dark')
})
