import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Agents } from '#workstation/record/agents.ts'
import { anchorAudit } from '#workstation/record/audit-trail.ts'
import { recordDecisions, recordWithdrawals } from '#workstation/record/record-decisions.ts'
import { verifyStore, type VerifyReport } from '#workstation/record/verify-store.ts'
import { databasePath, openStore, openStoreReader } from '#workstation/store/open-store.ts'
import { temporaryFolder } from '../../support/stores.ts'
import { plateWriter } from '../../support/written-plates.ts'
import { valueOf } from '../../support/value-of.ts'

const NOTE = 'a hair across the field'
const agents: Agents = {
  machine: 'scope-3',
  osUser: 'microscope',
  applicationVersion: '0.1.0',
  softwareId: 1,
  personId: 2,
}

/** A store on disk in which somebody decided once and took it back. */
function storeWithDecision(): string {
  const folder = temporaryFolder()
  const store = valueOf(openStore(folder))
  const write = plateWriter(store.db)
  const planeId = write.plane(write.field(write.run(write.plate(), '/plates/one'), {}))
  const clerk = { store, agents, now: () => new Date('2026-03-01T10:00:00.000Z') }
  const subject = { planeId, state: 'fail', reasons: ['moved'], activityId: null }
  const rows = recordDecisions(clerk, 'Mara', [subject], { word: 'reject', note: NOTE })
  recordWithdrawals(clerk, 'Jonas', rows)
  anchorAudit(folder, store.db)
  store.close()
  return folder
}

async function verify(folder: string): Promise<VerifyReport> {
  const opened = valueOf(openStoreReader(folder))
  const report = await verifyStore(opened)
  opened.close()
  // The recipe of the plate writer is none.
  const problems = report.problems.filter(({ kind }) => kind !== 'recipe-altered')
  return { ...report, problems }
}

/** Where a text lies in the database file. */
function placesOf(folder: string, text: string): readonly number[] {
  const bytes = readFileSync(databasePath(folder))
  const places: number[] = []
  for (let at = bytes.indexOf(text); at !== -1; at = bytes.indexOf(text, at + 1)) places.push(at)
  return places
}

function flip(folder: string, place: number): void {
  const bytes = readFileSync(databasePath(folder))
  bytes[place]! ^= 1
  writeFileSync(databasePath(folder), bytes)
}

describe('verifying a store with decisions', () => {
  test('finds them as they were made', async () => {
    const report = await verify(storeWithDecision())
    expect(report.checked.decisions).toBe(2)
    expect(report.problems).toEqual([])
  })

  test('notices one flipped bit of a note, in the decision as in the audit trail', async () => {
    const places = placesOf(storeWithDecision(), NOTE)
    expect(places).toHaveLength(2)
    const kinds: string[] = []
    for (const [i] of places.entries()) {
      const folder = storeWithDecision()
      flip(folder, placesOf(folder, NOTE)[i]! + 7)
      kinds.push((await verify(folder)).problems[0]!.kind)
    }
    expect(kinds.toSorted()).toEqual(['audit-altered', 'decision-altered'])
  })

  test('notices one flipped bit of who took it back', async () => {
    const folder = storeWithDecision()
    const found = await Promise.all(
      placesOf(folder, 'Jonas').map(async (_, i) => {
        const other = storeWithDecision()
        flip(other, placesOf(other, 'Jonas')[i]! + 1)
        return (await verify(other)).problems[0]?.kind
      }),
    )
    expect(found.toSorted()).toEqual(['audit-altered', 'decision-altered'])
  })
})
