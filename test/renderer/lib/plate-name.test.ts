import { expect, test } from 'vitest'
import type { PlateId } from '#core/brand.ts'
import {
  namesakeFolders,
  plateNameAmong,
  type NamedPlate,
} from '../../../src/renderer/lib/plate-name.ts'

function plate(plateId: number, name: string, folder: string): NamedPlate {
  return { plateId: plateId as PlateId, name, folder }
}

const alone = plate(1, 'BR1', '/data/one')
const first = plate(2, 'BR2', '/data/monday')
const second = plate(3, 'BR2', 'D:\\data\\tuesday\\')

test('only plates of one name need their folders', () => {
  expect([...namesakeFolders([alone, first, second])]).toEqual([
    [2, 'monday'],
    [3, 'tuesday'],
  ])
})

test('a folder says as much of its path as tells it from the others', () => {
  const plates = [plate(1, 'BR2', '/data/monday/plate'), plate(2, 'BR2', '/data/tuesday/plate')]
  expect([...namesakeFolders(plates).values()]).toEqual(['monday/plate', 'tuesday/plate'])
})

test('two plates of one folder are not told apart by it', () => {
  const plates = [plate(1, 'BR2', '/data/plate'), plate(2, 'BR2', '/data/plate')]
  expect([...namesakeFolders(plates).values()]).toEqual(['plate', 'plate'])
})

test('a line of text has the folder in brackets', () => {
  expect(plateNameAmong(alone, [alone, first, second])).toBe('BR1')
  expect(plateNameAmong(second, [alone, first, second])).toBe('BR2 (tuesday)')
})
