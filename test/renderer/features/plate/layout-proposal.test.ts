import { expect, test } from 'vitest'
import { NO_COUNTS } from '#contract/plates.ts'
import {
  proposalTexts,
  type LayoutProposal,
} from '../../../../src/renderer/features/plate/layout-proposal.ts'
import { PLATE, wellRow } from '../../../support/sample-plate.ts'

const layout = [
  { well: 'A01', control: 'negative', labels: { dose: '0' } },
  { well: 'B01', control: 'positive', labels: { dose: '10' } },
  { well: 'H12', control: '', labels: { dose: '10' } },
]
const proposal: LayoutProposal = {
  kind: 'replace',
  plateId: PLATE,
  file: 'map.csv',
  csv: '',
  layout,
}
/** One is imaged; of the other nothing has come yet. */
const wells = [wellRow(0, 0), wellRow(1, 0, { states: NO_COUNTS })]

test('a platemap is told with how much of it is on the plate, and its columns', () => {
  expect(proposalTexts(proposal, { wells, layout: [] })).toEqual([
    '3 wells, 1 of them imaged on this plate.',
    'Columns: control, dose.',
  ])
})

test('one that takes the place of another says so', () => {
  expect(proposalTexts(proposal, { wells, layout: layout.slice(0, 2) }).at(-1)).toBe(
    'It replaces the platemap of 2 wells from before. The record keeps both.',
  )
})

test('one that says nothing but wells says so', () => {
  const bare = { ...proposal, layout: [{ well: 'H12', control: '', labels: {} }] }
  expect(proposalTexts(bare, { wells, layout: [] })).toEqual([
    '1 well, 0 of them imaged on this plate.',
    'It has no columns but the wells.',
  ])
})

test('none in its place is told by what goes', () => {
  expect(proposalTexts({ kind: 'remove', plateId: PLATE }, { wells, layout })).toEqual([
    'The platemap of 3 wells is not shown any more. The record keeps it.',
  ])
})
