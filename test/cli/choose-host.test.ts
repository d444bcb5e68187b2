import { describe, expect, test } from 'vitest'
import { chooseHost, hasScreen, type ElectronRuntime } from '../../src/cli/choose-host.ts'

const here: ElectronRuntime = { executable: '/opt/electron' }
const missing: ElectronRuntime = { missing: 'the runtime could not be fetched' }
const withScreen = { opens: true, platform: 'linux', environment: { DISPLAY: ':0' } } as const
const withoutScreen = { opens: true, platform: 'linux', environment: {} } as const

describe('the window opens', () => {
  test('in Electron where there is a screen and its runtime', async () => {
    expect(await chooseHost('auto', { ...withScreen, runtime: async () => here })).toEqual({
      host: 'electron',
      executable: '/opt/electron',
      because: 'its runtime is here',
    })
  })

  test('in the browser where the runtime cannot be had, and says what was tried', async () => {
    expect(await chooseHost('auto', { ...withScreen, runtime: async () => missing })).toEqual({
      host: 'web',
      executable: null,
      because: 'the runtime could not be fetched',
    })
  })

  test('in the browser without a screen, and fetches nothing for it', async () => {
    const runtime = (): never => {
      throw new Error('must not be asked')
    }
    const choice = await chooseHost('auto', { ...withoutScreen, runtime })
    expect(choice).toMatchObject({ host: 'web' })
    expect(JSON.stringify(choice)).toContain('no screen')
  })

  test('in the browser where only an address is asked for', async () => {
    const choice = await chooseHost('auto', {
      ...withScreen,
      opens: false,
      runtime: async () => here,
    })
    expect(choice).toMatchObject({ host: 'web', because: '--no-open asks for an address' })
  })

  test('in the browser where that is asked for, whatever there is', async () => {
    const choice = await chooseHost('web', { ...withScreen, runtime: async () => here })
    expect(choice).toMatchObject({ host: 'web', because: '--host web asks for it' })
  })

  test.each([
    ['a screen', { ...withoutScreen, runtime: async () => here }],
    ['its runtime', { ...withScreen, runtime: async () => missing }],
  ])('nowhere when Electron is asked for and %s is missing', async (_what, surroundings) => {
    expect(await chooseHost('electron', surroundings)).toHaveProperty('impossible')
  })
})

test.each([
  ['linux', {}, false],
  ['linux', { DISPLAY: '' }, false],
  ['linux', { DISPLAY: ':0' }, true],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
  ['win32', {}, true],
  ['darwin', {}, true],
] as const)('on %s with %j there is a screen: %s', (platform, environment, screen) => {
  expect(hasScreen({ platform, environment })).toBe(screen)
})
