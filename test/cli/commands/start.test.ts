import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { freshenBundles } from '../../../build/bundles.ts'
import type { PlateSummary } from '../../../src/contract/plates.ts'
import type { Result } from '../../../src/core/fault.ts'
import { hostBridge } from '../../../src/renderer/app/host-bridge.ts'
import type { Host } from '../../../src/renderer/app/host.ts'
import { parfocal } from '../../support/command-line.ts'
import { standInPage } from '../../support/stand-in-page.ts'

const ENTRY = fileURLToPath(new URL('../../../src/cli/parfocal.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'parfocal-start-'))
const running = new Set<ChildProcess>()

beforeAll(() => freshenBundles())
beforeAll(() => writeFileSync(join(folder, 'a file.tif'), ''))
afterEach(() => running.forEach(child => child.kill('SIGKILL')))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Started {
  readonly child: ChildProcess
  readonly stdout: () => string
  readonly stderr: () => string
  /** Waits for so many addresses and gives the last. */
  address(count?: number): Promise<string>
  /** Its exit code. */
  stop(signal: NodeJS.Signals): Promise<number | null>
}

function start(...args: readonly string[]): Started {
  const child = spawn(process.execPath, [ENTRY, 'start', ...args], {
    cwd: folder,
    env: { ...process.env, INIT_CWD: folder },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  running.add(child)
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', part => (stdout += String(part)))
  child.stderr.on('data', part => (stderr += String(part)))
  const ended = new Promise<number | null>(resolve => {
    child.once('close', code => {
      running.delete(child)
      resolve(code)
    })
  })
  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    async address(count = 1) {
      await expect
        .poll(() => stdout.split('\n').length - 1, { timeout: 20_000, message: stderr })
        .toBe(count)
      return stdout.split('\n').at(-2)!
    },
    stop(signal) {
      child.kill(signal)
      return ended
    },
  }
}

async function open(address: string): Promise<Host> {
  const host = await hostBridge(standInPage(address).window)
  if (host === null) throw new Error('not let in')
  return host
}

describe('start in a browser', () => {
  test('prints the address alone on stdout, says on stderr why it is no window, and stops cleanly', async () => {
    const started = start('--no-open', '--store', 'S')
    const address = await started.address()
    expect(started.stdout()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#[\w-]{43}\n$/)
    expect(started.stderr()).toContain('Opening in a browser, because --no-open asks')
    const { bridge } = await open(address)
    // Without a folder a simulated microscope is at work.
    await expect
      .poll(
        async () => {
          const reply = (await bridge.invoke('plates.list', undefined)) as Result<PlateSummary[]>
          return reply.ok ? (reply.value[0]?.states.pass ?? 0) : -1
        },
        { timeout: 40_000 },
      )
      .toBeGreaterThan(0)
    expect(await started.stop('SIGTERM')).toBe(0)
    expect(existsSync(join(folder, 'S', 'parfocal.log'))).toBe(false)
    const verified = await parfocal(['verify', 'S', '--json'], folder)
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true })
  })

  test('prints a new address for each Enter, and each lets one page in', async () => {
    const started = start('--host', 'web', '--no-open', '--store', 'S2')
    const first = await started.address()
    started.child.stdin!.write('\n')
    const second = await started.address(2)
    expect(second).not.toBe(first)
    for (const address of [second, first]) expect((await open(address)).host).toBe('web')
    await expect(open(first)).rejects.toThrow('not let in')
    expect(await started.stop('SIGINT')).toBe(0)
  })

  test('watches a folder that is still to come, remembers it, and then simulates nothing', async () => {
    const first = start('share/plates', '--no-open', '--store', 'S6')
    await first.address()
    expect(await first.stop('SIGTERM')).toBe(0)
    const second = start('--no-open', '--store', 'S6')
    const { bridge } = await open(await second.address())
    const folders = (): Promise<unknown> => bridge.invoke('folders.list', undefined)
    await expect
      .poll(folders, { timeout: 20_000 })
      .toMatchObject({ value: [{ path: join(folder, 'share/plates'), state: 'offline' }] })
    expect(await second.stop('SIGTERM')).toBe(0)
    const settings = JSON.parse(readFileSync(join(folder, 'S6/settings.json'), 'utf8')) as unknown
    expect(settings).toMatchObject({
      folders: [{ path: join(folder, 'share/plates'), naming: 'auto' }],
    })
    expect(existsSync(join(folder, 'S6-simulated'))).toBe(false)
  })

  test('serves the page that was built', async () => {
    const started = start('--no-open', '--store', 'S3')
    const response = await fetch(await started.address())
    expect(await response.text()).toContain('<div id="root">')
    expect(await started.stop('SIGTERM')).toBe(0)
  })
})

describe('start refuses, with exit 2 and what to do,', () => {
  test('a store that another Parfocal has', async () => {
    const first = start('--no-open', '--store', 'S4')
    await first.address()
    const second = await parfocal(['start', '--no-open', '--store', 'S4'], folder)
    expect([second.code, second.stdout]).toEqual([2, ''])
    expect(second.stderr).toContain('Another Parfocal')
    expect(await first.stop('SIGTERM')).toBe(0)
  })

  test('a port that another program has, and lets the store go', async () => {
    const other = createServer()
    await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const args = ['start', '--no-open', '--port', String(port), '--store', 'S5']
    const refused = await parfocal(args, folder)
    other.close()
    expect([refused.code, refused.stdout]).toEqual([2, ''])
    expect(refused.stderr).toContain(`--port is ${port} (another program uses it)`)
    expect((await parfocal(['verify', 'S5', '--json'], folder)).code).toBe(0)
  })

  test.each([
    ['a host that there is not', ['--host', 'telegraph'], 'auto, electron, web'],
    ['a port that is no number', ['--port', 'x'], 'whole number'],
    ['a port that no machine has', ['--port', '65536'], '0 to 65535'],
    ['a recipe that there is not', ['--recipe', 'nothing'], 'nuclei-fluorescence'],
    ['a file in place of a folder', ['a file.tif'], 'which is a file; allowed: a folder'],
    ['a store inside the raw data', ['P', '--store', 'P/S'], 'raw data'],
  ])('%s', async (_what, args, words) => {
    const { code, stderr } = await parfocal(['start', '--no-open', ...args], folder)
    expect(code).toBe(2)
    expect(stderr).toContain(words)
  })
})
