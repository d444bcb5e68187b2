import { expect, test } from 'vitest'
import { COMMANDS, type CommandId } from '../../src/contract/commands.ts'
import { accelerator, applicationMenu } from '../../src/main/menu.ts'

type Entry = ReturnType<typeof applicationMenu>[number]

function entriesOf(platform: NodeJS.Platform, choose: (id: CommandId) => void = () => undefined) {
  return applicationMenu(platform, choose).flatMap(({ submenu }) => (submenu ?? []) as Entry[])
}

test.each(['win32', 'linux', 'darwin'] as const)(
  'on %s every command is in the menu once, and choosing it gives it',
  platform => {
    const chosen: string[] = []
    const entries = entriesOf(platform, id => chosen.push(id)).filter(({ id }) => id !== undefined)
    for (const { click } of entries) (click as () => void)()
    const ids = COMMANDS.map(({ id }) => id as string)
    expect(chosen.toSorted()).toEqual(ids.toSorted())
    expect(new Set(entries.map(({ label }) => label)).size).toBe(COMMANDS.length)
  },
)

test('commands stand in their groups, with what the system expects beside them', () => {
  expect(applicationMenu('linux', () => undefined).map(({ label }) => label)).toEqual([
    'File',
    'View',
    'Plate',
    'Field',
    'Review',
    'Help',
  ])
  const mac = applicationMenu('darwin', () => undefined)
  expect(mac.map(({ label, role }) => label ?? role)).toEqual([
    'appMenu',
    'File',
    'editMenu',
    'View',
    'Plate',
    'Field',
    'Review',
    'windowMenu',
    'Help',
  ])
})

test.each(['win32', 'linux'] as const)('on %s the menu shows keys and takes none', platform => {
  const withKeys = entriesOf(platform).filter(entry => entry.accelerator !== undefined)
  expect(withKeys).toHaveLength(COMMANDS.filter(({ key }) => key !== null).length)
  expect(withKeys.every(entry => entry.registerAccelerator === false)).toBe(true)
})

test('on macOS the menu takes no key that writes a letter', () => {
  const taken = entriesOf('darwin').flatMap(entry => entry.accelerator ?? [])
  expect(taken.length).toBeGreaterThan(0)
  expect(taken.every(key => String(key).startsWith('CommandOrControl+'))).toBe(true)
})

test('no entry leads to the web or to the developer tools', () => {
  const roles = entriesOf('linux').flatMap(({ role }) => role ?? [])
  expect(roles).toEqual(['quit', 'zoomIn', 'zoomOut', 'resetZoom', 'togglefullscreen'])
})

test.each([
  ['Mod+O', 'CommandOrControl+O'],
  ['Mod+Shift+L', 'CommandOrControl+Shift+L'],
  ['Mod+,', 'CommandOrControl+,'],
  ['+', 'Plus'],
  ['-', '-'],
  [']', ']'],
  ['J', 'J'],
])('the key %s is %s to Electron', (key, written) => {
  expect(accelerator(key)).toBe(written)
})
