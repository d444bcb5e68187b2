import { arch, cpus, hostname, userInfo } from 'node:os'
import { canonicalJson } from '#core/canonical.ts'
import { applicationVersion } from '../application.ts'
import { all, first, type WritableDb } from '../store/db.ts'

/** Who works: the application with its runtime, and the person at the machine. */
export interface Agents {
  readonly machine: string
  readonly osUser: string
  readonly applicationVersion: string
  readonly softwareId: number
  readonly personId: number
}

/** Looks up, or writes down, the agents that this process acts for. */
export function enrolAgents(db: WritableDb): Agents {
  const machine = hostname()
  const osUser = userInfo().username
  const version = applicationVersion()
  return {
    machine,
    osUser,
    applicationVersion: version,
    softwareId: enrol(db, 'software', 'parfocal', canonicalJson(software(version))),
    personId: enrol(db, 'person', osUser, canonicalJson({ machine })),
  }
}

/** Everything about the program that could change a number. */
function software(version: string): Record<string, string> {
  return {
    application: version,
    node: process.versions.node,
    v8: process.versions.v8,
    zlib: process.versions.zlib,
    platform: process.platform,
    architecture: arch(),
    processor: cpus()[0]?.model ?? 'unknown',
  }
}

function enrol(db: WritableDb, kind: string, name: string, detail: string): number {
  const known = first<{ id: number }>(
    db,
    'SELECT id FROM agent WHERE kind = ? AND name = ? AND detail = ?',
    kind,
    name,
    detail,
  )
  if (known !== undefined) return known.id
  return all<{ id: number }>(
    db,
    'INSERT INTO agent (kind, name, detail) VALUES (?, ?, ?) RETURNING id',
    kind,
    name,
    detail,
  )[0]!.id
}
