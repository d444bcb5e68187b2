import { join, relative, sep } from 'node:path'
import type { Plugin } from 'vite'
import { root } from './bundles.ts'

/**
 * Lets the workstation's modules go on knowing where they are when they are bundled.
 *
 * They start processes by files beside them (`new URL('./worker.ts', import.meta.url)`), which plain Node runs from
 * `src` as they stand; in the bundle `import.meta.url` would be the bundle's.
 *
 * @param folder where the bundle goes, without folders below it.
 */
export function keepAddresses(folder: string): Plugin {
  const workstation = join(root, 'src/workstation') + sep
  return {
    name: 'parfocal:keep-addresses',
    enforce: 'pre',
    transform(code, id) {
      const file = id.replaceAll('/', sep)
      if (!file.startsWith(workstation) || !code.includes('import.meta.url')) return null
      const way = relative(join(root, folder), file).replaceAll(sep, '/')
      return code.replaceAll('import.meta.url', `new URL('${way}', import.meta.url).href`)
    },
  }
}
