import { expect, test } from 'vitest'
import { createByteCache } from '../../../../src/renderer/features/field/byte-cache.ts'

function cacheOf(most: number) {
  const released: string[] = []
  return { released, cache: createByteCache<string>(most, value => released.push(value)) }
}

test('lets go of what was unused for longest when the bytes are full', () => {
  const { cache, released } = cacheOf(30)
  for (const key of ['a', 'b', 'c']) cache.put(key, key, 10)
  cache.get('a')
  cache.put('d', 'd', 10)
  expect(released).toEqual(['b'])
  expect(cache.bytes).toBe(30)
})

test('looking whether something is there does not keep it', () => {
  const { cache, released } = cacheOf(20)
  cache.put('a', 'a', 10)
  cache.put('b', 'b', 10)
  cache.has('a')
  cache.put('c', 'c', 10)
  expect(released).toEqual(['a'])
})

test('keeps one value that is larger than all there is room for', () => {
  const { cache, released } = cacheOf(10)
  cache.put('a', 'a', 5)
  cache.put('large', 'large', 50)
  expect(released).toEqual(['a'])
  expect(cache.size).toBe(1)
})

test('releases what a newer value takes the place of', () => {
  const { cache, released } = cacheOf(100)
  cache.put('a', 'old', 10)
  cache.put('a', 'new', 20)
  expect(released).toEqual(['old'])
  expect(cache.bytes).toBe(20)
})

test('stays within its bytes over five hundred fields', () => {
  const { cache, released } = cacheOf(1000)
  for (let field = 0; field < 500; field += 1) cache.put(`${field}`, `${field}`, 100)
  expect(cache.bytes).toBe(1000)
  expect(released).toHaveLength(490)
})

test('releases everything at the end', () => {
  const { cache, released } = cacheOf(100)
  cache.put('a', 'a', 10)
  cache.put('b', 'b', 10)
  cache.clear()
  expect(released).toEqual(['a', 'b'])
  expect(cache.bytes).toBe(0)
})
