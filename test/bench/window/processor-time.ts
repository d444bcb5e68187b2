import { readdirSync, readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'

/** Milliseconds that processors worked on a window since its processes began; they do not grow while others hold them up. */
export interface ProcessorTime {
  /** The page's scripts, layout and painting. */
  readonly page: number
  /** Where WebGL is drawn; without a graphics card that is software. */
  readonly graphics: number
  /** The rest of the browser, its network among it. */
  readonly browser: number
  readonly host: number
  readonly workers: number
}

/** Of a clock's tick in /proc, in ms. */
const TICK_MS = 10

export async function processorTime(browser: Browser, host: number): Promise<ProcessorTime> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const of = (matches: (type: string) => boolean): number =>
    processInfo
      .filter(({ type }) => matches(type))
      .reduce((sum, { cpuTime }) => sum + 1000 * cpuTime, 0)
  return {
    page: of(type => type === 'renderer'),
    graphics: of(type => type === 'GPU'),
    browser: of(type => type !== 'renderer' && type !== 'GPU'),
    host: ownTime(host),
    workers: childrenOf(host).reduce((sum, pid) => sum + ownTime(pid), 0),
  }
}

export function timeBetween(before: ProcessorTime, after: ProcessorTime): ProcessorTime {
  const names = Object.keys(before) as (keyof ProcessorTime)[]
  return Object.fromEntries(
    names.map(name => [name, Math.round(after[name] - before[name])]),
  ) as unknown as ProcessorTime
}

function ownTime(pid: number): number {
  const fields = statOf(pid)
  // utime and stime: fields 14 and 15, counted from 1; ours begin with the third.
  return fields === null ? NaN : TICK_MS * (Number(fields[11]) + Number(fields[12]))
}

function childrenOf(parent: number): readonly number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter(pid => pid > 0 && Number(statOf(pid)?.[1]) === parent)
}

/** Fields from the third on: the second is a name that may hold anything. */
function statOf(pid: number): readonly string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}
