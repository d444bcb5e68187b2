import { describe, expect, test } from 'vitest'
import type { FieldId, PlaneId, PlateId } from '#core/brand.ts'
import { faultText } from '#core/fault-text.ts'
import type { FaultKind, FaultOf } from '#core/fault.ts'

/** One fault of every kind; a new kind does not compile until it is here. */
const faults: { readonly [K in FaultKind]: Omit<FaultOf<K>, 'kind'> } = {
  'file-not-found': { path: 'B03.tif' },
  'file-locked': { path: 'B03.tif', detail: 'EBUSY' },
  'file-changed': { path: 'B03.tif' },
  'not-an-image': { path: 'B03.tif', detail: 'starts with %PDF' },
  'image-truncated': { path: 'B03.tif', detail: '100 of 200 bytes' },
  'image-corrupt': { path: 'B03.tif', detail: 'strip 3' },
  'image-unsupported': { path: 'B03.tif', detail: 'CMYK' },
  'image-too-large': { path: 'B03.tif', detail: '90000×90000' },
  'size-mismatch': { path: 'B03.tif', detail: '512×512 beside 1024×1024' },
  'format-mismatch': { path: 'B03.tif', detail: '32-bit beside 16-bit pixels' },
  'depth-missing': { path: 'B03.tif', detail: 'DAPI at z 5, only 1, 2, 3' },
  'folder-not-found': { path: 'plate1' },
  'folder-offline': { path: 'plate1', detail: 'ENETUNREACH' },
  'index-invalid': { path: 'plate1.HTD', detail: 'XWells is missing' },
  'table-invalid': { path: 'map.csv', detail: 'line 4: "Z99" is no well' },
  'pages-unnamed': { path: 'B03.tif', detail: '4 pages at one depth' },
  'plane-claimed-twice': { path: 'b.tif', other: 'a.tif' },
  'deadline-exceeded': { path: 'B03.tif', seconds: 60 },
  'memory-exceeded': { path: 'B03.tif', megabytes: 2048 },
  'model-invalid': { path: 'nuclei.zip', detail: 'inputs.0.axes' },
  'model-refused': { path: 'nuclei.zip', detail: 'external data' },
  'model-differs': { path: 'nuclei.zip', detail: '12 of 100 values' },
  'model-not-found': { model: 'nuclei-1@1.0.0' },
  'model-not-usable': { model: 'nuclei-1@1.0.0', detail: 'it is retired' },
  'model-registered-otherwise': { model: 'nuclei-1@1.0.0' },
  'provider-failed': { provider: 'cuda', detail: 'no driver' },
  'inference-failed': { model: 'nuclei-1@1.0.0', detail: 'out of memory' },
  'worker-lost': { path: 'B03.tif', detail: 'SIGSEGV' },
  'store-not-found': { path: 'store' },
  'store-in-use': { path: 'store', pid: 4321 },
  'store-damaged': { path: 'store', detail: 'page 7' },
  'store-newer': { path: 'store', detail: 'schema 90' },
  'store-not-writable': { path: 'store', detail: 'EACCES' },
  'store-misplaced': { path: 'store', detail: 'a network share' },
  'artifact-missing': { path: 'store/artifacts/ab/abc.parquet' },
  'settings-invalid': { path: 'settings.broken.json', detail: 'theme' },
  'disk-full': { path: 'store' },
  'bad-option': { option: '--port', value: '-1', allowed: '1 to 65535' },
  'recipe-invalid': { path: 'r.json', field: 'seed', value: '-1', allowed: '0 or more' },
  'output-not-writable': { path: 'out', detail: 'EROFS' },
  'plate-not-found': { plateId: 1 as PlateId },
  'field-not-found': { fieldId: 1 as FieldId },
  'plane-not-found': { planeId: 1 as PlaneId },
  'record-not-found': { record: 'ab' },
  'recipe-not-found': { hash: 'ab' },
  'decision-not-found': { decisionId: 1 },
  'layout-invalid': { line: 3, detail: 'Z99 is no well' },
  'folder-watched-already': { path: 'plate1' },
  'folder-handle-unknown': {},
  'host-unreachable': { detail: 'connection refused' },
  'bad-request': { call: 'plates.open', detail: 'plateId' },
  unexpected: { ticket: 'T-1' },
}

describe('faultText', () => {
  test.each(Object.entries(faults))('says what happened and what to do: %s', (kind, fields) => {
    const text = faultText({ kind, ...fields } as FaultOf<FaultKind>)
    expect(text).toMatch(/^[A-Z-].*[a-zA-Z0-9'")][.]$/s)
    expect(text).not.toMatch(/undefined|null|NaN|\[object/)
    if ('detail' in fields && kind !== 'bad-request') expect(text).toContain(fields.detail)
  })

  test('names the process that holds the store where it is known', () => {
    expect(faultText({ kind: 'store-in-use', path: 's', pid: 4321 })).toContain('process 4321')
    expect(faultText({ kind: 'store-in-use', path: 's', pid: null })).not.toContain('process')
  })

  test('reads right for a network that may not run and for one that may not change', () => {
    const model = 'nuclei-1@1.0.0'
    const said = (detail: string) => faultText({ kind: 'model-not-usable', model, detail })
    expect(said('it was retired (it drifts)')).toBe(
      'This cannot be done with the model nuclei-1@1.0.0: it was retired (it drifts).',
    )
    expect(said('a change of its state needs a reason')).toBe(
      'This cannot be done with the model nuclei-1@1.0.0: a change of its state needs a reason.',
    )
  })

  test('says what an option and a recipe may be', () => {
    const option = {
      kind: 'bad-option',
      option: '--port',
      value: '-1',
      allowed: '1 to 65535',
    } as const
    expect(faultText(option)).toBe('--port is -1; allowed: 1 to 65535.')
  })
})
