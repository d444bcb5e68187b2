import { NUCLEI_FLUORESCENCE } from '#core/recipe.ts'
import { DECISIONS } from '#contract/decision.ts'
import { reviewAnswers } from '#workstation/desk/answer-review.ts'
import { all } from '#workstation/store/db.ts'
import { enterField, enterPlane } from '#workstation/store/fields.ts'
import { enterAcquisition, enterPlate } from '#workstation/store/plates.ts'
import { openWorkstation } from '#workstation/workstation.ts'
import type { PlaneId } from '#core/brand.ts'
import { valueOf } from './value-of.ts'

// A process of its own: decides about planes, one after another, and prints every reply, until it is killed.

const workstation = valueOf(
  openWorkstation({ storeFolder: process.argv[2]!, recipe: NUCLEI_FLUORESCENCE }),
)
const { db } = workstation.store

const { id: acquisitionId } = enterAcquisition(db, {
  plateId: enterPlate(db, 'BR00117', ''),
  folder: '/plates/one',
  instrument: 'imagexpress',
  namedBy: 'name',
  expected: null,
  channels: '["DAPI"]',
})
for (let site = 1; site <= 20; site += 1) {
  const name = `A01_s${site}`
  const fieldId = enterField(db, { acquisitionId, name, well: 'A01', site, t: 1 })
  const file = { path: `/plates/one/${name}.tif`, bytes: 1, modified: '1', page: 0 }
  enterPlane(db, { fieldId, channel: 'DAPI', z: 0, projection: 0, ...file })
}

const review = reviewAnswers(workstation, { operator: () => 'Mara', changed: () => undefined })
const planes = all<{ id: PlaneId }>(db, 'SELECT id FROM plane')
for (let i = 0; ; i += 1) {
  const word = DECISIONS[i % DECISIONS.length]!
  const planeIds = [planes[i % planes.length]!.id]
  const { decisionId } = valueOf(
    await review['review.decide']({ planeIds, word, note: `no. ${i}` }),
  )[0]!.decision
  // Every fifth is taken back.
  if (i % 5 === 4) await review['review.withdraw']({ decisionIds: [decisionId] })
  const line = JSON.stringify({ decisionId, word, withdrawn: i % 5 === 4 })
  await new Promise(resolve => process.stdout.write(`${line}\n`, resolve))
}
