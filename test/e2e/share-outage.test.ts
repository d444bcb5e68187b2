import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { parfocal } from '../support/command-line.ts'
import { temporaryFolder } from '../support/stores.ts'
import { openForReading } from '../support/open-for-reading.ts'

/** How long the share is away, s. */
const OUTAGE_S = Number(process.env['PARFOCAL_OUTAGE_S'] ?? 8)
const ENTRY = fileURLToPath(new URL('../../src/cli/parfocal.ts', import.meta.url))
const WELLS = 24
const PLANES = WELLS * 2

/** A mount namespace of its own, which ends with the test; null where this machine gives none. */
function openNamespace(): number | null {
  const holder = spawn('unshare', ['--mount', '--propagation', 'private', 'sleep', '600'], {
    stdio: 'ignore',
  })
  const { pid } = holder
  onTestFinished(() => void holder.kill('SIGKILL'))
  holder.on('error', () => undefined)
  if (pid === undefined) return null
  try {
    execFileSync('sleep', ['0.3'])
    inNamespace(pid, 'mount', '-t', 'tmpfs', 'none', '/mnt')
    return pid
  } catch {
    return null
  }
}

function inNamespace(pid: number, command: string, ...args: readonly string[]): void {
  execFileSync('nsenter', ['--mount', `--target=${pid}`, command, ...args], { stdio: 'pipe' })
}

/** A share that goes away and comes back, while the instrument goes on writing to its server. */
interface Share {
  readonly kind: 'mount point' | 'folder that is renamed'
  /** Where the watch sees it. */
  readonly folder: string
  /** Where the instrument writes to it. */
  readonly behind: string
  readonly goAway: () => void
  readonly comeBack: () => void
  readonly start: (args: readonly string[], folder: string) => ChildProcess
}

function openShare(folder: string): Share {
  const behind = join(folder, 'server')
  const mounted = join(folder, 'share')
  mkdirSync(behind)
  const start = (command: string, args: readonly string[]) =>
    spawn(command, args, { cwd: folder, env: { ...process.env, INIT_CWD: folder } })
  const pid = openNamespace()
  if (pid === null) {
    process.stderr.write(
      'NOT TESTED WITH A MOUNT POINT: no mount namespace can be had here. A rename stands in.\n',
    )
    const away = join(folder, 'away')
    return {
      kind: 'folder that is renamed',
      folder: behind,
      behind: folder,
      goAway: () => renameSync(behind, away),
      comeBack: () => renameSync(away, behind),
      start: args => start(process.execPath, [ENTRY, ...args]),
    }
  }
  mkdirSync(mounted)
  const mount = () => inNamespace(pid, 'mount', '--bind', behind, mounted)
  mount()
  return {
    kind: 'mount point',
    folder: mounted,
    behind,
    goAway: () => inNamespace(pid, 'umount', '-l', mounted),
    comeBack: mount,
    start: args =>
      start('nsenter', ['--mount', `--target=${pid}`, process.execPath, ENTRY, ...args]),
  }
}

test(
  'a share that goes away while a plate is written to it comes back without a loss',
  { timeout: 300_000 + OUTAGE_S * 3000 },
  async () => {
    const folder = temporaryFolder()
    const share = openShare(folder)
    const store = join(folder, 'store')
    const lines: string[] = []
    const watch = share.start(['watch', share.folder, '--store', store], folder)
    const ended = new Promise(resolve => watch.once('close', resolve))
    onTestFinished(() => void watch.kill('SIGKILL'))
    let rest = ''
    watch.stdout!.setEncoding('utf8').on('data', (text: string) => {
      const parts = `${rest}${text}`.split('\n')
      rest = parts.pop()!
      lines.push(...parts)
    })
    watch.stderr!.setEncoding('utf8').on('data', (text: string) => process.stderr.write(text))
    const told = (word: string) => lines.filter(line => line.startsWith(word))
    const until = (isSo: () => boolean) =>
      vi.waitFor(() => expect(isSo(), lines.slice(-20).join('\n')).toBe(true), {
        timeout: 120_000 + OUTAGE_S * 1000,
        interval: 50,
      })

    // The server goes on while its share is away; where a rename stands in, all is written before.
    const isShared = share.kind === 'mount point'
    const size = ['--wells', `${WELLS}`, '--fields', '1', '--channels', '2', '--size', '256x256']
    const rate = isShared ? ['--rate', '6'] : []
    const written = parfocal(
      ['simulate', join(share.behind, isShared ? 'plate' : 'made'), ...size, ...rate],
      folder,
    )
    if (!isShared) {
      await written
      renameSync(join(folder, 'made'), join(share.folder, 'plate'))
    }
    await until(() => told('pass').length + told('fail').length > 0)
    share.goAway()
    await until(() => told('offline').length === 1)
    await pause(OUTAGE_S * 1000)
    share.comeBack()
    await until(() => told('online').length === 1)
    await written
    await until(() => lines.some(line => line.includes('(acquisition 0)')))
    // What comes last may come after the plate was summed up once.
    const { all, close } = openForReading(store)
    const count = (sql: string) => (all(sql)[0] as { n: number }).n
    const promised = count(`SELECT expected AS n FROM acquisition`)
    expect(promised).toBe(PLANES)
    const arrived = Number(/\b(\d+) planes written/.exec((await written).stderr)![1])
    await until(() => count(`SELECT count(*) AS n FROM verdict`) + unreadable() === arrived)
    function unreadable(): number {
      return count(
        `SELECT count(*) AS n FROM fault WHERE activityId IS NOT NULL AND planeId IS NOT NULL`,
      )
    }

    watch.kill('SIGTERM')
    await ended
    expect(count(`SELECT count(*) AS n FROM plane`)).toBe(arrived)
    expect(count(`SELECT count(DISTINCT planeId) AS n FROM verdict`) + unreadable()).toBe(arrived)
    expect(count(`SELECT count(*) AS n FROM acquisition`)).toBe(1)
    const gone = all(`SELECT kind, path FROM fault WHERE kind IN ('file-not-found', 'file-locked')`)
    expect(gone).toEqual([])
    expect(told('offline').length).toBe(1)
    expect(told('online').length).toBe(1)
    expect(lines.filter(line => /no such (?:file|folder)|not there|deleted/i.test(line))).toEqual(
      share.kind === 'mount point' ? [] : told('offline'),
    )
    close()
    rmSync(share.folder, { recursive: true, force: true })
  },
)
