import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import type { ReadOutcome } from '../support/read-images.ts'
import { describeReal, realPath } from '../support/real-data.ts'

type GoldenImage = readonly [width: number, height: number, type: string, hash: string]

/** What tifffile and Pillow make of the files that one of them reads (make_real_images.py). */
const golden = JSON.parse(
  readFileSync(new URL('../golden/reading/hostile-images.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, readonly GoldenImage[]>>

const SECONDS = 5
const MEGABYTES = 500

describeReal('the hostile files', () => {
  let outcomes: readonly ReadOutcome[]
  let files: readonly string[]

  beforeAll(() => {
    files = readdirSync(realPath('hostile'), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
    const reader = fileURLToPath(new URL('../support/read-images.ts', import.meta.url))
    const printed = execFileSync(process.execPath, [reader], {
      input: files.join('\n'),
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
      timeout: 50_000,
    })
    outcomes = printed
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as ReadOutcome)
  })

  test('all of them are read in one process that goes on to the last', () => {
    expect(outcomes.map(({ path }) => path)).toEqual(files)
  })

  test(`none takes ${SECONDS} s, and all together never ${MEGABYTES} MB`, () => {
    const slow = outcomes.filter(({ milliseconds }) => milliseconds >= SECONDS * 1000)
    expect(slow).toEqual([])
    expect(outcomes.at(-1)!.megabytes).toBeLessThan(MEGABYTES)
  })

  test('each is a named fault, or the image that tifffile or Pillow makes of it', () => {
    const unlike = outcomes.flatMap(({ path, outcome }) => {
      const images = Array.isArray(outcome) ? outcome.filter(page => Array.isArray(page)) : []
      const expected = golden[relative(realPath(), path).replaceAll('\\', '/')] ?? []
      return images.filter(
        (image, i) => i > 0 || !expected.some(other => String(other) === String(image)),
      )
    })
    expect(unlike).toEqual([])
  })

  test('a fault names the file and says what was seen', () => {
    const faults = outcomes.flatMap(({ path, outcome }) =>
      (Array.isArray(outcome) ? outcome : [outcome])
        .filter(result => !Array.isArray(result))
        .map(fault => ({ path, fault })),
    )
    expect(faults.length).toBeGreaterThan(200)
    for (const { path, fault } of faults) {
      expect(fault).toMatchObject({
        kind: expect.stringMatching(/^(not-an-)?image/),
        path,
        detail: expect.stringMatching(/./),
      })
    }
  })
})
