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
const FIRST = ['--wells', '24', '--fields', '1', '--channels', '2', '--size', '512x512']
const SECOND = ['--wells', '12', '--fields', '1', '--channels', '2', '--size', '256x256']

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
  /** Where the watch sees it. */
  readonly folder: string
  /** Where the instrument writes to it; null where it cannot while it is away. */
  readonly behind: string | null
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
      folder: behind,
      behind: null,
      goAway: () => renameSync(behind, away),
      comeBack: () => renameSync(away, behind),
      start: args => start(process.execPath, [ENTRY, ...args]),
    }
  }
  mkdirSync(mounted)
  const mount = () => inNamespace(pid, 'mount', '--bind', behind, mounted)
  mount()
  return {
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
    const server = share.behind ?? share.folder
    const first = await parfocal(['simulate', join(server, 'first'), ...FIRST], folder)
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

    // With the first verdict most planes of the first plate are in hand or waiting. The second is written meanwhile.
    await until(() => lines.length > 0)
    share.goAway()
    const second = parfocal(
      ['simulate', join(share.behind ?? folder, 'second'), ...SECOND, '--seed', '2', '--rate', '6'],
      folder,
    )
    await until(() => told('offline').length === 1)
    await pause(OUTAGE_S * 1000)
    share.comeBack()
    await until(() => told('online').length === 1)
    const written = [first, await second].map(({ stderr }) =>
      Number(/\b(\d+) planes written/.exec(stderr)![1]),
    )
    if (share.behind === null) {
      renameSync(join(folder, 'second'), join(share.folder, 'second'))
    }
    const { all, close } = openForReading(store)
    const count = (sql: string) => (all(sql)[0] as { n: number }).n
    const arrived = written[0]! + written[1]!
    await until(() => count('SELECT count(*) AS n FROM verdict') + unreadable() >= arrived)
    function unreadable(): number {
      return count(
        `SELECT count(*) AS n FROM fault WHERE activityId IS NOT NULL AND planeId IS NOT NULL`,
      )
    }

    watch.kill('SIGTERM')
    await ended
    expect(count(`SELECT count(*) AS n FROM plane`)).toBe(arrived)
    expect(count(`SELECT count(DISTINCT planeId) AS n FROM verdict`) + unreadable()).toBe(arrived)
    expect(count(`SELECT count(*) AS n FROM acquisition`)).toBe(2)
    const gone = all(`SELECT kind, path FROM fault WHERE kind IN ('file-not-found', 'file-locked')`)
    expect(gone).toEqual([])
    const standing = all(
      "SELECT planeId FROM planeStanding WHERE state IN ('waiting', 'unreadable')",
    )
    expect(standing.length).toBe(unreadable())
    expect(told('offline').length).toBe(1)
    expect(told('online').length).toBe(1)
    expect(lines.filter(line => /no such (?:file|folder)|not there|deleted/i.test(line))).toEqual(
      share.behind === null ? told('offline') : [],
    )
    close()
    rmSync(share.folder, { recursive: true, force: true })
  },
)
