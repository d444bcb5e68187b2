import { expect, test } from 'vitest'
import type { PlaneId } from '#core/brand.ts'
import { fail, ok, type Fault, type Result } from '#core/fault.ts'
import {
  createImageShelf,
  type Shelved,
} from '../../../../src/renderer/features/review/image-shelf.ts'

function plane(id: number, version = 'a'): Shelved {
  return { planeId: id as PlaneId, version }
}

/** A shelf whose images come when the test says so. */
function shelf(capacity = 3) {
  const asked: string[] = []
  const aborted: string[] = []
  const comings = new Map<string, (result: Result<string>) => void>()
  const images = createImageShelf<string>(({ planeId, version }, signal) => {
    const name = `${planeId}${version}`
    asked.push(name)
    signal.addEventListener('abort', () => aborted.push(name))
    return new Promise(resolve => comings.set(name, resolve))
  }, capacity)
  const come = async (name: string, result: Result<string> = ok(name)): Promise<void> => {
    comings.get(name)!(result)
    await Promise.resolve()
    await Promise.resolve()
  }
  return { images, asked, aborted, come }
}

test('loads what is wanted once, the first first', async () => {
  const { images, asked, come } = shelf()
  images.want([plane(2), plane(3)])
  images.want([plane(2), plane(3)])
  expect(asked).toEqual(['2a', '3a'])
  expect(images.slot(plane(2))).toEqual({ status: 'loading' })
  await come('2a')
  expect(images.slot(plane(2))).toEqual({ status: 'ready', picture: '2a' })
})

test('another version of a file is another image', () => {
  const { images, asked } = shelf()
  images.want([plane(1, 'a')])
  images.want([plane(1, 'b')])
  expect(asked).toEqual(['1a', '1b'])
})

test('lets go what was wanted longest ago, and stops loading it', () => {
  const { images, asked, aborted } = shelf(2)
  images.want([plane(1), plane(2)])
  images.want([plane(3)])
  expect(aborted).toEqual(['2a'])
  images.want([plane(1)])
  expect(asked).toEqual(['1a', '2a', '3a'])
})

test('what somebody looks at stays when too much is wanted', () => {
  const { images, aborted } = shelf(2)
  images.want([plane(1), plane(2), plane(3)])
  expect(aborted).toEqual(['3a'])
})

test('tells when an image has come', async () => {
  const { images, come } = shelf()
  let told = 0
  images.subscribe(() => (told += 1))
  images.want([plane(1)])
  await come('1a')
  expect(told).toBe(1)
})

test.each([
  { kind: 'host-unreachable', tries: 2 },
  { kind: 'image-corrupt', tries: 1 },
])('an image that failed by $kind is asked for $tries times', async ({ kind, tries }) => {
  const { images, asked, come } = shelf()
  const fault = { kind, path: '/a', detail: 'seen' } as Fault
  images.want([plane(1)])
  await come('1a', fail(fault))
  expect(images.slot(plane(1))).toEqual({ status: 'failed', fault })
  images.want([plane(1)])
  expect(asked).toHaveLength(tries)
})
