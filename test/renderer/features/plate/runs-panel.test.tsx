import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { AcquisitionId } from '../../../../src/core/brand.ts'
import { RunsPanel } from '../../../../src/renderer/features/plate/runs-panel.tsx'
import { plateCompleteness } from '../../../support/sample-plate.ts'

const run = {
  acquisitionId: 4 as AcquisitionId,
  number: 0,
  folder: '/data/2026/plate/first',
  instrument: 'ImageXpress',
  namedBy: 'index' as const,
  expected: 12,
  facts: {
    startedAt: '2026-01-05T08:00:00.000Z',
    objective: { name: null, magnification: 20, numericalAperture: 0.75 },
    channels: [
      { channel: 'DAPI', excitation: 385, emission: 461.4, exposure: 40, flatField: 'ffc.xml' },
    ],
  },
}

test('every run says where, when and how, and what took its place', () => {
  const again = { ...run, acquisitionId: 9 as AcquisitionId, number: 1, namedBy: 'name' as const }
  const lacking = { ...again, folder: 'again', facts: null }
  const counts = { here: 10, awaited: 0, late: 0, missing: 2 }
  const known = { acquisitionId: run.acquisitionId, going: 'ended' as const, lastAt: null }
  const completeness = plateCompleteness({
    runs: [{ ...known, planes: 10, counts, supersededBy: [1] }],
  })
  const text = renderToStaticMarkup(
    <RunsPanel runs={[run, lacking]} arrivals={{ status: 'known', completeness }} />,
  ).replaceAll(/(<[^>]+>)+/g, '|')
  expect(text).toBe(
    '|2 imaging runs|Run 2|again|ImageXpress, by the names of files|' +
      'Run 1|2026-01-05 08:00:00|…/plate/first|ImageXpress, by its index|objective 20×, NA 0.75|' +
      'DAPI|385 → 461 nm, 40 ms, flat field|10 images, 2 missing|' +
      'Imaged again, in part or whole, by run 2.|',
  )
})
