import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ok, type Result } from '#core/fault.ts'
import { probeProviders } from '../inference/probe-providers.ts'
import type { ProviderReport } from '../inference/providers.ts'
import { examineMachine, readVersions, type Machine, type Versions } from './examine-machine.ts'
import { examineStoreFolder, type StoreFolder } from './examine-store-folder.ts'
import { findProblems } from './find-problems.ts'
import { networkTest, runSelfTests, type SelfTest } from './self-test.ts'

/** Something Parfocal can do without, and how to get it. */
export interface Missing {
  readonly what: string
  readonly how: string
}

export interface Examination {
  /** Whether every self-test passed and there is no problem. */
  readonly ok: boolean
  readonly versions: Versions
  readonly machine: Machine
  readonly store: StoreFolder
  /** What can run networks, the fastest first. */
  readonly providers: readonly ProviderReport[]
  readonly selfTests: readonly SelfTest[]
  /** What is wrong, then what to do. */
  readonly problems: readonly string[]
  readonly missing: readonly Missing[]
}

/** Looks at the machine, the place of the store, what runs networks, and the numbers that come out. */
export async function examine(storeFolder: string): Promise<Result<Examination>> {
  const versions = readVersions()
  const machine = examineMachine()
  const store = examineStoreFolder(storeFolder)
  const tested = await runSelfTests()
  if (!tested.ok) return tested
  const providers = await probeProviders()
  const selfTests = [...tested.value, networkTest(providers)]
  const problems = findProblems(versions, store, selfTests)
  const missing = hasElectron() ? [] : [WITHOUT_ELECTRON]
  return ok({
    ok: problems.length === 0,
    versions,
    machine,
    store,
    providers,
    selfTests,
    problems,
    missing,
  })
}

const WITHOUT_ELECTRON: Missing = {
  what: 'Electron runtime, which the window needs',
  how: '"npm start" fetches it once where the network allows. The command line works without.',
}

/** Inside Electron, or in a checkout whose runtime was fetched. */
function hasElectron(): boolean {
  const fetched = new URL('../../../node_modules/electron/path.txt', import.meta.url)
  return process.versions['electron'] !== undefined || existsSync(fileURLToPath(fetched))
}
