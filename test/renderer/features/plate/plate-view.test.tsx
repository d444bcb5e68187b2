import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import type { FieldId } from '../../../../src/core/brand.ts'
import { fail, ok } from '../../../../src/core/fault.ts'
import { createCommandBoard } from '../../../../src/renderer/lib/command-board.ts'
import type { PixelSource } from '../../../../src/renderer/lib/pixels.ts'
import { createPlateStore, PlateView } from '../../../../src/renderer/features/plate/index.ts'
import type { PlateApi } from '../../../../src/renderer/features/plate/plate-store.ts'
import { paperHost } from '../../../support/paper-host.ts'
import {
  PLATE,
  plateCompleteness,
  plateDetails,
  plateSummary,
} from '../../../support/sample-plate.ts'

const { bridge } = paperHost({})
const nowhere = async () => fail({ kind: 'host-unreachable', detail: 'no connection' } as const)
const pixels: PixelSource = { samples: nowhere, json: nowhere }

/** What the view says once the host has answered. */
async function said(given: Partial<PlateApi>): Promise<string> {
  const store = createPlateStore(
    {
      'plates.list': async () => ok([]),
      'plates.open': async () => ok(plateDetails(6, [])),
      'plates.values': nowhere,
      'plates.fields': async () => ok([]),
      'plates.completeness': async () => ok(plateCompleteness()),
      'layouts.read': nowhere,
      'plates.annotate': nowhere,
      ...given,
    },
    bridge,
  )
  await store.show(PLATE)
  await store.readFields(PLATE, null)
  const props = {
    store,
    pixels,
    plateId: PLATE,
    board: createCommandBoard(),
    goTo: () => undefined,
  }
  return renderToStaticMarkup(<PlateView {...props} />).replaceAll(/<[^>]+>/g, ' ')
}

describe('a plate that cannot be drawn', () => {
  test('says that the host does not answer, and can be tried again', async () => {
    const text = await said({ 'plates.open': nowhere })
    expect(text).toContain('The plate could not be opened.')
    expect(text).toContain('Parfocal does not answer')
    expect(text).toContain('Try again')
  })

  test('says that nothing has been imaged yet', async () => {
    expect(await said({})).toContain('Nothing has been imaged on Plate 1 yet.')
  })

  test('lists images that belong to no well', async () => {
    const summary = plateSummary(PLATE, { name: 'loose', fields: 1 })
    const field = {
      fieldId: 4 as FieldId,
      plateId: PLATE,
      name: 'cells.tif',
      well: null,
      site: null,
      t: 0,
      acquisition: 0,
      planes: [],
      objects: null,
    }
    const text = await said({
      'plates.open': async () => ok(plateDetails(6, [], { summary })),
      'plates.fields': async () => ok([field]),
    })
    expect(text).toContain('loose: 1 image without a well')
    expect(text).toContain('cells.tif')
  })
})
