import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../', import.meta.url))

const bundle = join(root, 'out/main/main.js')
const configuration = ['electron.vite.config.ts', 'package.json', 'package-lock.json']

/** Builds Electron's bundles into out/ when anything they are made from is newer. */
export function freshenBundles(): void {
  if (existsSync(bundle) && statSync(bundle).mtimeMs >= newestSource()) return
  const tool = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [tool, 'build', '--logLevel', 'warn'],
    { cwd: root, encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`The window could not be built.\n${stdout}${stderr}`)
}

/** When anything the bundles are made from last changed, in milliseconds since 1970. */
function newestSource(): number {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  return [...configuration, ...sources.map(name => join('src', name))].reduce(
    (newest, name) => Math.max(newest, statSync(join(root, name)).mtimeMs),
    0,
  )
}
