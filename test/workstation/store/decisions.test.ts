import { describe, expect, test } from 'vitest'
import type { DecisionWord } from '#contract/decision.ts'
import { Decision } from '#contract/decision.ts'
import type { PlaneId } from '#core/brand.ts'
import type { WritableDb } from '#workstation/store/db.ts'
import {
  appendDecision,
  appendWithdrawal,
  asDecision,
  decisionsOf,
  standingDecision,
  standingDecisions,
} from '#workstation/store/decisions.ts'
import { memoryDb } from '../../support/stores.ts'
import { plateWriter } from '../../support/written-plates.ts'

const mara = {
  operator: 'Mara',
  osUser: 'mara',
  machine: 'scope-3',
  at: '2026-03-01T10:00:00.000Z',
}

function decide(db: WritableDb, planeId: PlaneId, word: DecisionWord): number {
  const said = { state: 'fail', reasons: '["out-of-focus"]', activityId: null }
  return appendDecision(db, { planeId, word, note: '', ...said, ...mara })
}

/** Two plates of one run, with two wells of one plane each. */
function plates(db: WritableDb) {
  const write = plateWriter(db)
  const [one, other] = ['BR00117', 'BR00118'].map(name => {
    const plateId = write.plate(name)
    const run = write.run(plateId, `/plates/${name}`)
    const planeIds = ['A01', 'A02'].map(well => write.plane(write.field(run, { well })))
    return { plateId, planeIds }
  })
  return [one!, other!] as const
}

describe('decisions', () => {
  test('of several about one plane the newest stands', () => {
    const db = memoryDb()
    const [{ plateId, planeIds }] = plates(db)
    decide(db, planeIds[0]!, 'reject')
    decide(db, planeIds[0]!, 'accept')
    expect(standingDecisions(db, plateId)).toMatchObject([{ planeId: planeIds[0], word: 'accept' }])
    expect(standingDecision(db, planeIds[0]!)).toMatchObject({ word: 'accept' })
    expect(standingDecision(db, planeIds[1]!)).toBeUndefined()
  })

  test('the one before stands again when the newest is taken back', () => {
    const db = memoryDb()
    const [{ plateId, planeIds }] = plates(db)
    decide(db, planeIds[0]!, 'reject')
    const second = decide(db, planeIds[0]!, 'accept')
    expect(appendWithdrawal(db, { decisionId: second, ...mara })).not.toBeNull()
    expect(standingDecisions(db, plateId)).toMatchObject([{ word: 'reject' }])
  })

  test('are taken back once', () => {
    const db = memoryDb()
    const [{ planeIds }] = plates(db)
    const decisionId = decide(db, planeIds[0]!, 'reject')
    appendWithdrawal(db, { decisionId, ...mara })
    expect(appendWithdrawal(db, { decisionId, ...mara })).toBeNull()
    expect(db.prepare('SELECT count(*) FROM withdrawal').pluck().get()).toBe(1)
  })

  test('stand by plate, or on all plates', () => {
    const db = memoryDb()
    const [one, other] = plates(db)
    decide(db, one.planeIds[0]!, 'reject')
    decide(db, other.planeIds[0]!, 'unsure')
    expect(standingDecisions(db, other.plateId).map(({ word }) => word)).toEqual(['unsure'])
    expect(standingDecisions(db, null)).toHaveLength(2)
  })

  test('are all kept in the history, oldest first', () => {
    const db = memoryDb()
    const [{ planeIds }] = plates(db)
    const first = decide(db, planeIds[0]!, 'reject')
    decide(db, planeIds[0]!, 'reimage')
    appendWithdrawal(db, { decisionId: first, ...mara })
    const history = decisionsOf(db, planeIds[0]!).map(asDecision)
    expect(history.map(({ word, withdrawn }) => [word, withdrawn])).toEqual([
      ['reject', true],
      ['reimage', false],
    ])
    expect(Decision.parse(history[0])).toMatchObject({
      by: 'Mara',
      machine: { state: 'fail', reasons: ['out-of-focus'] },
    })
  })

  test.each([
    ['UPDATE', `UPDATE decision SET word = 'accept'`],
    ['DELETE', 'DELETE FROM decision'],
    [
      'REPLACE of a withdrawal',
      `REPLACE INTO withdrawal SELECT 99, decisionId, operator, osUser,
     machine, at FROM withdrawal`,
    ],
  ])('refuse %s', (_, sql) => {
    const db = memoryDb()
    const [{ planeIds }] = plates(db)
    const decisionId = decide(db, planeIds[0]!, 'reject')
    appendWithdrawal(db, { decisionId, ...mara })
    expect(() => db.exec(sql)).toThrow('is append-only')
  })
})
