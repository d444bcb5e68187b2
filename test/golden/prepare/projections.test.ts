import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Pixels } from '#core/image/plane.ts'
import { projectStack } from '#core/prepare/project-stack.ts'

type Listed = readonly (number | string)[]

interface Golden {
  readonly stacks: readonly {
    readonly type: 'uint8' | 'uint16' | 'float32'
    readonly planes: readonly Listed[]
    readonly maximum: Listed
    readonly mean: Listed
  }[]
}

const path = new URL('projections.json', import.meta.url)
const golden = JSON.parse(readFileSync(path, 'utf8')) as Golden

const WORDS: Readonly<Record<string, number>> = { nan: NaN, inf: Infinity, '-inf': -Infinity }

function pixelsOf(type: Golden['stacks'][number]['type'], listed: Listed): Pixels {
  const values = listed.map(value => (typeof value === 'string' ? WORDS[value]! : value))
  if (type === 'float32') return Float32Array.from(values)
  return type === 'uint8' ? Uint8Array.from(values) : Uint16Array.from(values)
}

describe('projections against numpy', () => {
  test.each(golden.stacks)('$planes.length planes of $type', ({ type, planes, maximum, mean }) => {
    for (const [by, expected] of Object.entries({ maximum, mean })) {
      const growing = projectStack(by as 'maximum' | 'mean')
      for (const listed of planes) {
        const pixels = pixelsOf(type, listed)
        growing.add({ width: pixels.length, height: 1, pixels, fullScale: 1 })
      }
      expect(growing.finish().pixels, by).toEqual(pixelsOf(type, expected))
    }
  })
})
