import { expect, test } from 'vitest'
import { rememberRoot, type Past } from '#workstation/intake/root-memory.ts'

const past: Past = { wasFilled: true, handled: 1, isHandled: path => path === 'a.tif' }
const fresh: Past = { wasFilled: false, handled: 0, isHandled: () => false }

function listing(disk: string, ...paths: readonly string[]) {
  const files = paths.map(path => ({ path, absolute: `/share/${path}`, bytes: 1, modified: '1' }))
  return { root: '/share', files, skipped: 0, faults: [], disk }
}

test('a new folder may be empty, one that held files is away then', () => {
  const root = rememberRoot()
  expect(root.absence(listing('1:2'), fresh)).toBeNull()
  expect(root.absence(listing('1:2'), past)).toContain('empty')
})

test('another disk is in its place only while nothing on it is known or an image', () => {
  const root = rememberRoot()
  root.absence(listing('1:2', 'a.tif'), past)
  expect(root.isElsewhere('3:4')).toBe(true)
  expect(root.absence(listing('3:4', 'notes.txt'), past)).toContain('another disk')
  expect(root.absence(listing('5:6', 'a.tif', 'notes.txt'), past)).toBeNull()
  expect(root.isElsewhere('5:6')).toBe(false)
  expect(root.absence(listing('7:8', 'b.tif'), past)).toBeNull()
})

test('the same disk without the files that were handled is the folder, tidied up', () => {
  const root = rememberRoot()
  root.absence(listing('1:2', 'a.tif'), past)
  expect(root.absence(listing('1:2', 'notes.txt'), past)).toBeNull()
})
