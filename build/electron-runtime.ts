import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './bundles.ts'

export type ElectronRuntime = { readonly executable: string } | { readonly missing: string }

const electron = join(root, 'node_modules/electron')
/** The release host has this long to answer; a firewall that swallows packets never does. */
const answerMs = 3000
/** Time for about 120 MB on a slow line. */
const fetchMs = 10 * 60_000

/** Electron's executable; fetched by Electron's own installer where it can be, as npm does not bring it. */
export async function electronRuntime(): Promise<ElectronRuntime> {
  const installed = installedExecutable()
  if (installed !== null) return { executable: installed }
  const why = (await whyHostSilent()) ?? fetchRuntime()
  const fetched = installedExecutable()
  if (fetched !== null) return { executable: fetched }
  return { missing: `the Electron runtime is not installed and could not be fetched (${why})` }
}

/** Electron's executable where it is there already; null where it would have to be fetched. */
export function installedExecutable(): string | null {
  const { ELECTRON_OVERRIDE_DIST_PATH: ownFolder } = process.env
  const pathFile = join(electron, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron'
  const executable = join(ownFolder ?? join(electron, 'dist'), name)
  return existsSync(executable) ? executable : null
}

/** Asks the host that Electron's installer would fetch from; null when it answers. */
async function whyHostSilent(): Promise<string | null> {
  const mirror = process.env['npm_config_electron_mirror'] ?? process.env['ELECTRON_MIRROR']
  const { origin, host } = new URL(mirror ?? 'https://github.com/')
  try {
    await fetch(origin, { method: 'HEAD', signal: AbortSignal.timeout(answerMs) })
    return null
  } catch (cause) {
    return `${host}: ${reasonOf(cause)}`
  }
}

/** Node says "fetch failed" and keeps the reason in the cause. */
function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  if (thrown.name === 'TimeoutError') return `no answer in ${answerMs / 1000} s`
  return thrown.cause instanceof Error ? thrown.cause.message : thrown.message
}

/** @returns how the installer ended. */
function fetchRuntime(): string {
  process.stderr.write('Fetching the Electron runtime, once (about 120 MB)…\n')
  const { status } = spawnSync(process.execPath, [join(electron, 'install.js')], {
    stdio: ['ignore', 2, 2],
    timeout: fetchMs,
  })
  return status === null
    ? `not whole within ${fetchMs / 60_000} minutes`
    : `its installer ended with ${status}`
}
