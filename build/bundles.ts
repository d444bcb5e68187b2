import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../', import.meta.url))

/** What a build leaves, first to last. */
const bundles = ['out/main/main.js', 'out/preload/preload.cjs', 'out/renderer/index.html']
const configuration = ['electron.vite.config.ts', 'package.json', 'package-lock.json']
/** Run as they stand: no bundle holds them. */
const unbundled = /^(cli|web)([\\/]|$)/
const lockFile = join(root, '.build.lock')

/** Builds Electron's bundles into out/ when anything they are made from is newer; one process at a time. */
export function freshenBundles(): void {
  if (areFresh()) return
  while (!takeLock()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
  try {
    // Another process may have built while this one waited.
    if (!areFresh()) build()
  } finally {
    rmSync(lockFile, { force: true })
  }
}

function build(): void {
  const tool = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [tool, 'build', '--logLevel', 'warn'],
    { cwd: root, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } },
  )
  if (status !== 0) throw new Error(`The window could not be built.\n${stdout}${stderr}`)
}

function areFresh(): boolean {
  const paths = bundles.map(name => join(root, name))
  if (!paths.every(path => existsSync(path))) return false
  return Math.min(...paths.map(path => statSync(path).mtimeMs)) >= newestSource()
}

/** When anything the bundles are made from last changed, in milliseconds since 1970. */
function newestSource(): number {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  const files = sources.filter(name => !unbundled.test(name)).map(name => join('src', name))
  return [...configuration, ...files].reduce(
    (newest, name) => Math.max(newest, statSync(join(root, name)).mtimeMs),
    0,
  )
}

/** The lock of a process that is gone is taken over. */
function takeLock(): boolean {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' })
    return true
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
  }
  try {
    process.kill(Number(readFileSync(lockFile, 'utf8')), 0)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ESRCH') rmSync(lockFile, { force: true })
  }
  return false
}
