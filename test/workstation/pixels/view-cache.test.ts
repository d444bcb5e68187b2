import { existsSync, mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  cacheFolder,
  noteUse,
  sweepCache,
  unfinishedView,
  viewPath,
} from '#workstation/pixels/view-cache.ts'
import { temporaryFolder } from '../../support/stores.ts'

/** A view of 100 bytes that was used so many minutes ago. */
function keep(
  store: string,
  name: string,
  minutesAgo: number,
  path = viewPath(store, name),
): string {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, new Uint8Array(100))
  const at = Date.now() / 1000 - 60 * minutesAgo
  utimesSync(path, at, at)
  return path
}

describe('the place of a view', () => {
  test('is in the store’s cache whatever its name is', () => {
    const names = ['plane 1', '../../etc/passwd', '/', 'C:\\x', '\0', 'a'.repeat(10_000)]
    const paths = names.map(name => viewPath('/store', name))
    expect(new Set(paths).size).toBe(names.length)
    for (const path of paths) {
      expect(path.startsWith(join('/store', 'cache'))).toBe(true)
      expect(path.slice(cacheFolder('/store').length)).toMatch(
        /^[\\/]([0-9a-f]{2})[\\/]\1[0-9a-f]{62}\.view$/,
      )
    }
  })
})

describe('sweeping', () => {
  test('lets those go that were used longest ago', () => {
    const store = temporaryFolder()
    const paths = [50, 10, 40, 30, 20].map(age => keep(store, `used ${age}`, age))
    expect(sweepCache(store, 350)).toBe(300)
    expect(paths.map(path => existsSync(path))).toEqual([false, true, false, true, true])
  })

  test('leaves a cache alone that is not full', () => {
    const store = temporaryFolder()
    const path = keep(store, 'old', 10_000)
    expect(sweepCache(store, 100)).toBe(100)
    expect(existsSync(path)).toBe(true)
  })

  test('takes away what was begun and abandoned, not what is being written', () => {
    const store = temporaryFolder()
    const abandoned = keep(store, '', 60, unfinishedView(store))
    const begun = keep(store, '', 1, unfinishedView(store))
    expect(sweepCache(store, 10_000)).toBe(0)
    expect([existsSync(abandoned), existsSync(begun)]).toEqual([false, true])
  })

  test('has nothing to do where there is no cache', () => {
    expect(sweepCache(join(temporaryFolder(), 'none'), 0)).toBe(0)
  })
})

test('a view that is looked at is used now', async () => {
  const store = temporaryFolder()
  const path = keep(store, 'seen', 60)
  await noteUse(path, statSync(path).mtimeMs)
  expect(Date.now() - statSync(path).mtimeMs).toBeLessThan(60_000)
  await expect(noteUse(viewPath(store, 'swept'), 0)).resolves.toBeUndefined()
})
