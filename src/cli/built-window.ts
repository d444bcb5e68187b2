import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ElectronRuntime } from './choose-host.ts'

/** The folder above `src`: a checkout, or where Parfocal is installed. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

const BUNDLE = fileURLToPath(new URL('../../out/renderer/', import.meta.url))
const BUILD = new URL('../../build/', import.meta.url)

/** The tools of a checkout that make what an installed Parfocal brings along. */
interface Checkout {
  freshenBundles(): void
  electronRuntime(): Promise<ElectronRuntime>
}

/** The tools, or null where Parfocal is installed: `src` never imports `build`, a checkout merely has both. */
async function checkout(): Promise<Checkout | null> {
  const tools = ['bundles.ts', 'electron-runtime.ts'].map(name => new URL(name, BUILD))
  if (!tools.every(tool => existsSync(tool))) return null
  const modules: readonly Partial<Checkout>[] = await Promise.all(
    tools.map(tool => import(tool.href) as Promise<Partial<Checkout>>),
  )
  return Object.assign({}, ...modules) as Checkout
}

/** The folder of the built window, made anew where a checkout has changed; else what is wrong. */
export async function builtWindow(): Promise<
  { readonly folder: string } | { readonly missing: string }
> {
  try {
    const tools = await checkout()
    tools?.freshenBundles()
  } catch (cause) {
    return { missing: cause instanceof Error ? cause.message : String(cause) }
  }
  if (existsSync(join(BUNDLE, 'index.html'))) return { folder: BUNDLE }
  return { missing: `The window's files are not in ${BUNDLE}. Install Parfocal again.` }
}

/** Electron's runtime of a checkout. An installed Parfocal is one, and is opened by its own icon. */
export async function electronRuntime(): Promise<ElectronRuntime> {
  const tools = await checkout()
  if (tools !== null) return tools.electronRuntime()
  return { missing: 'an installed Parfocal opens its own window by its icon' }
}
