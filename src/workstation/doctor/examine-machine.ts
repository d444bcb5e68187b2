import Database from 'better-sqlite3'
import { arch, availableParallelism, cpus, freemem, release, totalmem } from 'node:os'
import { applicationVersion } from '../application.ts'
import { runtimeVersion } from '../inference/runtime-version.ts'

export interface Versions {
  readonly parfocal: string
  readonly node: string
  /** Null outside Electron. */
  readonly electron: string | null
  readonly sqlite: string
  readonly onnxRuntime: string
}

export interface Machine {
  readonly platform: string
  readonly release: string
  readonly architecture: string
  readonly processor: string
  /** Cores that Parfocal may use. */
  readonly cores: number
  readonly memoryBytes: number
  readonly freeMemoryBytes: number
}

export function readVersions(): Versions {
  return {
    parfocal: applicationVersion(),
    node: process.versions.node,
    electron: process.versions['electron'] ?? null,
    sqlite: sqliteVersion(),
    onnxRuntime: runtimeVersion(),
  }
}

export function examineMachine(): Machine {
  return {
    platform: process.platform,
    release: release(),
    architecture: arch(),
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    freeMemoryBytes: freemem(),
  }
}

function sqliteVersion(): string {
  const db = new Database(':memory:')
  try {
    return db.prepare<[], { version: string }>('SELECT sqlite_version() AS version').get()!.version
  } finally {
    db.close()
  }
}
