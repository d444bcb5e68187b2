import { expect, test } from 'vitest'
import { findProblems } from '../../../src/workstation/doctor/find-problems.ts'

const versions = {
  parfocal: '0.1.0',
  node: '24.21.0',
  electron: null,
  sqlite: '3.54.1',
  onnxRuntime: '1.29.0',
}
const store = {
  folder: '/data/parfocal/store',
  exists: false,
  writable: true,
  freeBytes: 50e9,
  network: null,
}

test('a sound machine has no problem', () => {
  expect(findProblems(versions, store, [])).toEqual([])
})

test('the first SQLite that resets its log safely is sound, the one before is not', () => {
  expect(findProblems({ ...versions, sqlite: '3.51.3' }, store, [])).toEqual([])
  expect(findProblems({ ...versions, sqlite: '3.51.2' }, store, [])[0]).toContain('SQLite 3.51.2')
})

test('another Node is named', () => {
  expect(findProblems({ ...versions, node: '20.20.2' }, store, [])[0]).toContain('Node 20.20.2')
})

test.each([
  [{ network: 'SMB2' }, 'is on SMB2'],
  [{ writable: false }, 'cannot be made at /data/parfocal/store'],
  [{ freeBytes: 300 * 2 ** 20 }, 'Only 300 MB are free'],
])('a store with %j is told', (trouble, words) => {
  const problems = findProblems(versions, { ...store, ...trouble }, [])
  expect(problems).toHaveLength(1)
  expect(problems[0]).toContain(words)
})

test('a failed self-test says what it gave and that results cannot be trusted', () => {
  const failed = { name: 'Otsu threshold', ok: false, expected: 1810, got: 7 }
  const passed = { name: 'mean', ok: true, expected: 1, got: 1 }
  expect(findProblems(versions, store, [failed, passed])).toEqual([
    'Self-test "Otsu threshold" gave 7 instead of 1810. Do not trust results of this machine; install Parfocal again.',
  ])
})
