import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Names the Node that runs the workers, for a process that cannot run them itself. */
export const NODE_VARIABLE = 'PARFOCAL_NODE'

/** Where Node lies: in a checkout the package of that name, in an installed Parfocal its own folder. */
const PLACES = ['../../../node_modules/node/bin/', '../../../bin/']

/**
 * The Node that runs the workers: the one that runs this process, unless that is Electron, whose own Node is another
 * and refuses to be used as one.
 */
export function workerNode(
  electron: string | undefined = process.versions['electron'],
  environment: NodeJS.ProcessEnv = process.env,
): string {
  const named = environment[NODE_VARIABLE]
  if (named !== undefined && named !== '') return named
  if (electron === undefined) return process.execPath
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const found = PLACES.map(place =>
    join(fileURLToPath(new URL(place, import.meta.url)), name),
  ).find(path => existsSync(path))
  if (found !== undefined) return found
  throw new Error(`Electron needs a Node for its workers: name one in ${NODE_VARIABLE}.`)
}
