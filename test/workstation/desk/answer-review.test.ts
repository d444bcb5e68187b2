import { describe, expect, test } from 'vitest'
import type { PlaneId, PlateId, Sha256 } from '#core/brand.ts'
import { NUCLEI_FLUORESCENCE } from '#core/recipe.ts'
import { reviewAnswers } from '#workstation/desk/answer-review.ts'
import { checkDecisions } from '#workstation/record/check-decisions.ts'
import { keepPromise } from '#workstation/store/promises.ts'
import { createCompletenessReader } from '#workstation/plate-completeness.ts'
import { plateSummary } from '#workstation/desk/plate-picture.ts'
import { queryPlans } from '../../support/query-plans.ts'
import { memoryDb } from '../../support/stores.ts'
import { plateWriter, WRITTEN_AT } from '../../support/written-plates.ts'
import { replyOf } from '../../support/value-of.ts'

interface DeskChoice {
  readonly operator?: string
  /** Minutes after everything was judged. */
  readonly minutesLater?: number
}

function desk({ operator = 'Mara', minutesLater = 0 }: DeskChoice = {}) {
  const db = memoryDb()
  const told: (readonly [PlateId, readonly PlaneId[]])[] = []
  const now = new Date(Date.parse(WRITTEN_AT) + minutesLater * 60_000)
  const review = reviewAnswers(
    {
      store: { db, folder: ':memory:', close: () => undefined },
      agents: {
        machine: 'scope-3',
        osUser: 'microscope',
        applicationVersion: '0.1.0',
        softwareId: 1,
        personId: 2,
      },
      now: () => now,
      completeness: createCompletenessReader(db, () => now),
      recorder: { recipe: NUCLEI_FLUORESCENCE, recipeHash: 'e'.repeat(64) as Sha256 },
    },
    { operator: () => operator, changed: (plateId, planeIds) => told.push([plateId, planeIds]) },
  )
  return { db, told, review, write: plateWriter(db) }
}

/** Wells that pass, fail a little, fail badly, cannot be judged and cannot be read. */
function flaggedPlate({ write }: Pick<ReturnType<typeof desk>, 'write'>, name = 'BR00117') {
  const plateId = write.plate(name)
  const run = write.run(plateId, `/plates/${name}`)
  const inWell = (well: string): PlaneId => write.plane(write.field(run, { well }))
  const blurred = (well: string, edge_sharpness: number): PlaneId => {
    const planeId = inWell(well)
    write.verdict(planeId, 'fail', { reasons: ['out-of-focus'], metrics: { edge_sharpness } })
    return planeId
  }
  const good = inWell('A01')
  write.verdict(good, 'pass')
  const little = blurred('A02', 0.06)
  const badly = blurred('A03', 0.01)
  const empty = inWell('A04')
  write.verdict(empty, 'cannot-judge', { reasons: ['empty-field'] })
  const broken = inWell('A05')
  write.fault(broken, 'image-truncated')
  return { plateId, run, good, little, badly, empty, broken }
}

describe('the review queue', () => {
  test('has what is flagged, worst first', async () => {
    const at = desk()
    const { plateId, little, badly, empty, broken } = flaggedPlate(at)
    const reply = await at.review['review.queue']({ plateId, decided: false })
    const items = replyOf('review.queue', reply)
    expect(items.map(({ planeId }) => planeId)).toEqual([broken, badly, little, empty])
    expect(items[0]).toMatchObject({
      state: 'unreadable',
      well: 'A05',
      message: expect.stringContaining('The file ends before its image does'),
    })
    expect(items[1]).toMatchObject({ reasons: ['out-of-focus'], message: null, decision: null })
  })

  test('has no plane that was imaged again', async () => {
    const at = desk()
    const { plateId, run, badly } = flaggedPlate(at)
    at.write.plane(at.write.field(run, { well: 'A03' }))
    const items = replyOf(
      'review.queue',
      await at.review['review.queue']({ plateId, decided: false }),
    )
    expect(items.map(({ planeId }) => planeId)).not.toContain(badly)
  })

  test('lets go of what somebody decided about, unless asked for that too', async () => {
    const at = desk()
    const { plateId, badly, good } = flaggedPlate(at)
    const planeIds = [badly, good]
    await at.review['review.decide']({ planeIds, word: 'accept', note: '' })
    const left = replyOf(
      'review.queue',
      await at.review['review.queue']({ plateId, decided: false }),
    )
    expect(left).toHaveLength(3)
    const all = replyOf('review.queue', await at.review['review.queue']({ plateId, decided: true }))
    expect(all).toHaveLength(5)
    expect(all.find(({ planeId }) => planeId === badly)?.decision).toMatchObject({ word: 'accept' })
    expect(all.at(-1)?.planeId).toBe(good)
  })

  test('is that of one plate, or of all', async () => {
    const at = desk()
    const one = flaggedPlate(at)
    flaggedPlate(at, 'BR00118')
    const queue = async (plateId: PlateId | null) =>
      replyOf('review.queue', await at.review['review.queue']({ plateId, decided: false }))
    expect(await queue(one.plateId)).toHaveLength(4)
    expect((await queue(null)).map(({ plate, state }) => [plate, state]).slice(0, 3)).toEqual([
      ['BR00117', 'unreadable'],
      ['BR00118', 'unreadable'],
      ['BR00117', 'fail'],
    ])
  })

  test('of a plate that is not there is a fault', async () => {
    const plateId = 4711 as PlateId
    expect(await desk().review['review.queue']({ plateId, decided: false })).toEqual({
      ok: false,
      fault: { kind: 'plate-not-found', plateId },
    })
  })
})

describe('a field that networks leave to a person', () => {
  /** A well more on a flagged plate, in two channels, of which networks looked at the first. */
  function doubtedPlate(at: ReturnType<typeof desk>) {
    const plate = flaggedPlate(at)
    const field = at.write.field(plate.run, { well: 'A06' })
    const looked = at.write.plane(field)
    const beside = at.write.plane(field, { channel: 'GFP' })
    for (const planeId of [looked, beside]) at.write.verdict(planeId, 'pass')
    const reasons = ['field-uncertain', 'field-novel']
    const more = { decision: 'review', reasons, uncertainty: 0.62, novelty: 0.999 } as const
    at.write.prediction(field, [looked], more)
    const queue = async (decided = false, plateId: PlateId | null = plate.plateId) =>
      replyOf('review.queue', await at.review['review.queue']({ plateId, decided }))
    return { ...plate, field, looked, beside, queue }
  }

  test('is in the queue after all that is flagged, by the plane in which they looked', async () => {
    const at = desk()
    const { looked, broken, badly, little, empty, queue } = doubtedPlate(at)
    const items = await queue()
    expect(items.map(({ planeId }) => planeId)).toEqual([broken, badly, little, empty, looked])
    expect(items.at(-1)).toMatchObject({
      state: 'pass',
      reasons: [],
      doubts: [
        { kind: 'field-uncertain', value: 0.62, limit: null },
        { kind: 'field-novel', value: 0.999, limit: null },
      ],
    })
    expect((await queue(false, null)).at(-1)?.planeId).toBe(looked)
  })

  test('comes before what nothing is wrong with and somebody decided about', async () => {
    const at = desk()
    const { looked, good, queue } = doubtedPlate(at)
    await at.review['review.decide']({ planeIds: [good], word: 'reject', note: '' })
    expect((await queue(true)).map(({ planeId }) => planeId).slice(-2)).toEqual([looked, good])
  })

  test('keeps its place among flagged planes where its own is flagged too', async () => {
    const at = desk()
    const { looked, queue } = doubtedPlate(at)
    at.write.verdict(looked, 'fail', {
      reasons: ['out-of-focus'],
      metrics: { edge_sharpness: 0.001 },
    })
    const item = (await queue()).find(({ planeId }) => planeId === looked)!
    expect(item.severity).toBeGreaterThan(0)
    expect(item.doubts).toHaveLength(2)
  })

  test('is decided about like any other, and the decision keeps what they had said', async () => {
    const at = desk()
    const { looked, queue } = doubtedPlate(at)
    const decide = { planeIds: [looked], word: 'accept' as const, note: '' }
    const [made] = replyOf('review.decide', await at.review['review.decide'](decide))
    expect(made?.decision.machine).toEqual({
      state: 'pass',
      reasons: ['field-uncertain', 'field-novel'],
    })
    expect((await queue()).map(({ planeId }) => planeId)).not.toContain(looked)
    expect((await queue(true)).map(({ planeId }) => planeId)).toContain(looked)
    expect(checkDecisions(at.db)).toEqual({ rows: 1, problems: [] })
    await at.review['review.withdraw']({ decisionIds: [made!.decision.decisionId] })
    expect((await queue()).map(({ planeId }) => planeId)).toContain(looked)
  })

  test('is imaged again only where somebody says so, and gone once it is', async () => {
    const at = desk()
    const { plateId, field, looked, queue } = doubtedPlate(at)
    const again = async () =>
      replyOf('review.reacquire', await at.review['review.reacquire']({ plateId })).filter(
        ({ well }) => well === 'A06',
      )
    expect(await again()).toEqual([])
    await at.review['review.decide']({ planeIds: [looked], word: 'reimage', note: '' })
    expect(await again()).toMatchObject([{ because: 'decided', channels: ['DAPI'] }])
    at.write.plane(field)
    expect((await queue()).map(({ planeId }) => planeId)).not.toContain(looked)
  })

  test('does not count on the plate, nor where another recipe doubted it', async () => {
    const at = desk()
    const { plateId, field, looked, queue } = doubtedPlate(at)
    expect(plateSummary(at.db, plateId)?.flagged).toBe(4)
    at.write.recipe('a')
    at.write.prediction(field, [looked], { decision: 'review', reasons: ['field-uncertain'] })
    expect((await queue()).map(({ planeId }) => planeId)).not.toContain(looked)
  })
})

test('the queue and decisions are answered from indexes, whatever the size of the store', async () => {
  const at = desk()
  const { plateId, run } = flaggedPlate(at)
  const field = at.write.field(run, { well: 'B01' })
  const plane = at.write.plane(field)
  at.write.prediction(field, [plane], { decision: 'review' })
  const steps = await queryPlans(at.db, async () => {
    for (const of of [plateId, null])
      await at.review['review.queue']({ plateId: of, decided: false })
    await at.review['review.decide']({ planeIds: [plane], word: 'accept', note: '' })
  })
  const ofDoubts = steps.filter(({ sql }) => sql.includes('prediction'))
  expect(ofDoubts.length).toBeGreaterThan(10)
  const large =
    /^SCAN (standing|fieldStanding|activity|objects|prediction(?! USING INDEX predictionForReview))/
  expect(ofDoubts.filter(({ step }) => large.test(step))).toEqual([])
})

describe('a decision', () => {
  test('says who, when, and what the machine had said; and whoever listens is told', async () => {
    const at = desk()
    const { plateId, badly } = flaggedPlate(at)
    const decide = { planeIds: [badly], word: 'reimage' as const, note: 'a hair' }
    const reply = await at.review['review.decide'](decide)
    expect(replyOf('review.decide', reply)).toEqual([
      {
        planeId: badly,
        decision: {
          decisionId: 1,
          word: 'reimage',
          note: 'a hair',
          by: 'Mara',
          at: WRITTEN_AT,
          machine: { state: 'fail', reasons: ['out-of-focus'] },
          withdrawn: false,
        },
      },
    ])
    expect(at.told).toEqual([[plateId, [badly]]])
    expect(checkDecisions(at.db)).toEqual({ rows: 1, problems: [] })
  })

  test('is signed by the operating system’s user where nobody has said who works', async () => {
    const at = desk({ operator: '' })
    const { badly } = flaggedPlate(at)
    const decide = { planeIds: [badly], word: 'accept' as const, note: '' }
    const [made] = replyOf('review.decide', await at.review['review.decide'](decide))
    expect(made?.decision.by).toBe('microscope')
  })

  test('about a plane named twice is one', async () => {
    const at = desk()
    const { badly } = flaggedPlate(at)
    const decide = { planeIds: [badly, badly], word: 'accept' as const, note: '' }
    expect(replyOf('review.decide', await at.review['review.decide'](decide))).toHaveLength(1)
  })

  test('about several planes, one of which is not there, is none', async () => {
    const at = desk()
    const { badly } = flaggedPlate(at)
    const planeIds = [badly, 4711 as PlaneId]
    expect(await at.review['review.decide']({ planeIds, word: 'accept', note: '' })).toMatchObject({
      ok: false,
      fault: { kind: 'plane-not-found', planeId: 4711 },
    })
    expect(
      replyOf('review.history', await at.review['review.history']({ planeId: badly })),
    ).toEqual([])
    expect(at.told).toEqual([])
  })

  test('that is taken back stays in the history, and its plane is in the queue again', async () => {
    const at = desk()
    const { plateId, badly } = flaggedPlate(at)
    const decide = { planeIds: [badly], word: 'accept' as const, note: '' }
    const [made] = replyOf('review.decide', await at.review['review.decide'](decide))
    const { decisionId } = made!.decision
    const withdraw = { decisionIds: [decisionId] }
    replyOf('review.withdraw', await at.review['review.withdraw'](withdraw))
    replyOf('review.withdraw', await at.review['review.withdraw'](withdraw))
    const history = await at.review['review.history']({ planeId: badly })
    expect(replyOf('review.history', history)).toMatchObject([{ word: 'accept', withdrawn: true }])
    const queue = await at.review['review.queue']({ plateId, decided: false })
    expect(replyOf('review.queue', queue).map(({ planeId }) => planeId)).toContain(badly)
    expect(at.told).toHaveLength(2)
  })

  test('that nobody made cannot be taken back', async () => {
    expect(await desk().review['review.withdraw']({ decisionIds: [9] })).toEqual({
      ok: false,
      fault: { kind: 'decision-not-found', decisionId: 9 },
    })
  })
})

describe('what to image again on a plate', () => {
  test('is what was decided, flagged and unreadable; closed by the newer image', async () => {
    const at = desk()
    const { plateId, run, badly, little } = flaggedPlate(at)
    await at.review['review.decide']({ planeIds: [badly], word: 'reimage', note: '' })
    await at.review['review.decide']({ planeIds: [little], word: 'accept', note: '' })
    at.write.verdict(at.write.plane(at.write.field(run, { well: 'A03' })), 'pass')
    const reply = await at.review['review.reacquire']({ plateId })
    expect(
      replyOf('review.reacquire', reply).map(({ well, because, by, state }) => [
        well,
        because,
        by,
        state,
      ]),
    ).toEqual([
      ['A04', 'flagged', null, 'open'],
      ['A05', 'unreadable', null, 'open'],
      ['A03', 'decided', 'Mara', 'pass'],
    ])
  })

  test('names how the newest of several newer images stands', async () => {
    const at = desk()
    const plateId = at.write.plate()
    const folders = ['one', 'two', 'three']
    const planes = folders.map(folder =>
      at.write.plane(at.write.field(at.write.run(plateId, folder), {})),
    )
    at.write.verdict(planes[0]!, 'fail', { reasons: ['moved'] })
    at.write.verdict(planes[1]!, 'pass')
    const reply = await at.review['review.reacquire']({ plateId })
    expect(replyOf('review.reacquire', reply)).toMatchObject([
      { reasons: ['moved'], state: 'waiting' },
    ])
  })

  test.each([
    { minutesLater: 1, missing: [], when: 'while the plate is being imaged' },
    { minutesLater: 6, missing: [['B01', ['DAPI', 'GFP']]], when: 'once nothing comes any more' },
  ])('is what was promised and never came $when: $missing', async ({ minutesLater, missing }) => {
    const at = desk({ minutesLater })
    const plateId = at.write.plate()
    const acquisitionId = at.write.run(plateId, 'one')
    const channels = [
      { wave: 1, name: 'DAPI' },
      { wave: 2, name: 'GFP' },
    ]
    const block = { wells: ['A01', 'B01'], sites: [1], channels, z: [0], t: [1] }
    keepPromise(at.db, { acquisitionId, blocks: [block], format: null })
    const field = at.write.field(acquisitionId, { well: 'A01' })
    for (const { name } of channels) {
      at.write.verdict(at.write.plane(field, { channel: name }), 'pass')
    }
    at.db.prepare('UPDATE plane SET enteredAt = ?').run(Date.parse(WRITTEN_AT))
    const items = replyOf('review.reacquire', await at.review['review.reacquire']({ plateId }))
    expect(items.map(item => [item.well, item.channels])).toEqual(missing)
  })
})
