/** `npm start`: opens the window where Electron runs or can be had, else says why not and what works without. */
import { spawn } from 'node:child_process'
import { freshenBundles, root } from './bundles.ts'
import { electronRuntime } from './electron-runtime.ts'

if (hasScreen()) await openWindow()
else explain('this session has no screen (neither DISPLAY nor WAYLAND_DISPLAY is set)')

function hasScreen(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  return process.platform !== 'linux' || Boolean(DISPLAY) || Boolean(WAYLAND_DISPLAY)
}

async function openWindow(): Promise<void> {
  const runtime = await electronRuntime()
  if ('missing' in runtime) return explain(runtime.missing)
  freshenBundles()
  const window = spawn(runtime.executable, [root], { stdio: 'inherit' })
  window.on('error', cause => explain(`Electron could not be started (${cause.message})`))
  window.on('close', status => {
    process.exitCode = status ?? 1
  })
}

function explain(reason: string): void {
  process.stdout.write(`The window cannot be opened: ${reason}.

The command line needs no window. Try

  npm run -s parfocal -- simulate demo/plate
  npm run -s parfocal -- run demo/plate --store demo/store
  npm run -s parfocal -- export demo/store --to demo/tables --as csv

and "npm run -s parfocal -- --help" for the rest.
`)
}
