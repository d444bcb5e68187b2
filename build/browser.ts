/**
 * Finds a browser of the Chromium family for the tests of the window, and installs one where that is simple.
 *
 * Run by the set-up before `npm test`; without a browser those tests are skipped, and this says so.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
]
const INSTALL_MS = 5 * 60_000

/** The executable of a browser on this machine, or null. `PARFOCAL_BROWSER` names another. */
export function findBrowser(): string | null {
  const named = process.env['PARFOCAL_BROWSER']
  if (named !== undefined && named !== '') return named
  return [...onPath(), ...usualPlaces()].find(path => existsSync(path)) ?? null
}

function onPath(): readonly string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(folder => folder !== '')
  return NAMES.flatMap(name => folders.map(folder => join(folder, name)))
}

function usualPlaces(): readonly string[] {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      name => `/Applications/${name}.app/Contents/MacOS/${name}`,
    )
  }
  if (process.platform !== 'win32') return []
  const programs = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap(
    name => process.env[name] ?? [],
  )
  return programs.flatMap(folder => [
    join(folder, 'Google/Chrome/Application/chrome.exe'),
    join(folder, 'Microsoft/Edge/Application/msedge.exe'),
    join(folder, 'Chromium/Application/chrome.exe'),
  ])
}

if (import.meta.main && findBrowser() === null) {
  const trouble = installChromium()
  if (findBrowser() === null) {
    say(`*** No browser: the tests of the window are SKIPPED (${trouble ?? 'none was found'}).`)
    say('*** Install Chromium, Chrome or Edge, or name one in PARFOCAL_BROWSER.')
  }
}

/** Where the system's package manager does it without asking. @returns why not. */
function installChromium(): string | null {
  if (process.platform !== 'linux' || !runs('apt-get', '--version')) return 'no apt-get here'
  const isRoot = process.getuid?.() === 0
  if (!isRoot && !runs('sudo', '-n', 'true')) return 'installing one needs a password'
  say('installing chromium, as the tests of the window need a browser')
  const before = isRoot ? [] : ['sudo', '-n']
  const apt = (...args: readonly string[]): boolean =>
    runs(...before, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...args)
  const install = ['install', '-y', '--no-install-recommends', 'chromium']
  const installed = apt(...install) || (apt('update') && apt(...install))
  return installed ? null : 'apt-get could not install chromium'
}

function runs(...words: readonly string[]): boolean {
  const [command, ...args] = words
  const stdio = ['ignore', 'ignore', 'pipe'] as const
  return spawnSync(command!, args, { stdio: [...stdio], timeout: INSTALL_MS }).status === 0
}

function say(text: string): void {
  process.stderr.write(`parfocal set-up: ${text}\n`)
}
