import type { Versions } from './examine-machine.ts'
import type { StoreFolder } from './examine-store-folder.ts'
import type { SelfTest } from './self-test.ts'

const NODE_MAJOR = 24
/** Earlier versions could damage a database in WAL mode when its log was reset (sqlite.org/wal.html). */
const SQLITE_WITH_WAL_RESET_FIX = '3.51.3'
/** A plate's results, with room to spare. */
const LEAST_FREE_BYTES = 2 ** 30

/** What keeps this machine from doing its work: what is wrong, then what to do. */
export function findProblems(
  { node, sqlite }: Versions,
  { folder, writable, freeBytes, network }: StoreFolder,
  selfTests: readonly SelfTest[],
): readonly string[] {
  const problems = selfTests
    .filter(test => !test.ok)
    .map(
      ({ name, expected, got }) =>
        `Self-test "${name}" gave ${got} instead of ${expected}. Do not trust results of this machine; install Parfocal again.`,
    )
  if (Number.parseInt(node) !== NODE_MAJOR) {
    problems.push(
      `This is Node ${node}. Run Parfocal with "npm run", which brings Node ${NODE_MAJOR}.`,
    )
  }
  if (isOlder(sqlite, SQLITE_WITH_WAL_RESET_FIX)) {
    problems.push(
      `SQLite ${sqlite} can damage a store. Delete node_modules and run the command again.`,
    )
  }
  if (network !== null) {
    problems.push(
      `The store's folder ${folder} is on ${network}, where a database can be damaged. Choose a local disk with --store.`,
    )
  }
  if (!writable) {
    problems.push(
      `The store cannot be made at ${folder}. Check its permissions, or choose another with --store.`,
    )
  }
  if (freeBytes < LEAST_FREE_BYTES) {
    problems.push(
      `Only ${Math.floor(freeBytes / 2 ** 20)} MB are free where the store is. Free some space, or choose another disk with --store.`,
    )
  }
  return problems
}

function isOlder(version: string, than: string): boolean {
  return version.localeCompare(than, 'en', { numeric: true }) < 0
}
