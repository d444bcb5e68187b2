import { expect, test } from 'vitest'
import { parseNgffGroup } from '#workstation/intake/instruments/ngff-group.ts'

function problem(metadata: unknown): string | null {
  const read = parseNgffGroup('.zattrs', new TextEncoder().encode(JSON.stringify(metadata)))
  return read.ok ? null : read.problem
}

const datasets = [{ path: '0' }]
const older = 'it is OME-NGFF of a version before 0.4, which is not supported'

test.each([
  ['version 0.1', [{ version: '0.1', datasets }], older],
  ['no version and no axes', [{ datasets }], older],
  ['no axes in 0.4', [{ version: '0.4', datasets }], 'multiscales.0.axes is missing'],
  ['no arrays', [{ axes: ['y', 'x'] }], 'multiscales.0.datasets is missing'],
  ['an array of no path', [{ axes: ['y', 'x'], datasets: [{ path: {} }] }], /datasets\.0\.path is/],
  ['no list at all', 'all', 'multiscales is not as OME-NGFF says'],
  ['strange axes', [{ axes: ['x', 'y'], datasets }], 'axes: axes x, y'],
])('says in plain words what an image with %s lacks', (_, multiscales, said) => {
  expect(problem({ multiscales })).toMatch(said)
  expect(problem({ multiscales })).not.toMatch(/Invalid|undefined/)
})

test('reads axes of 0.3', () => {
  expect(problem({ multiscales: [{ version: '0.3', axes: ['y', 'x'], datasets }] })).toBeNull()
})
