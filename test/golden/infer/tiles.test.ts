import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { applyDihedral, type Dihedral } from '#core/infer/dihedral.ts'
import { padReflect, type Padding } from '#core/infer/pad-reflect.ts'

interface Values {
  readonly dims: readonly number[]
  readonly data: readonly number[]
}

interface Golden {
  readonly pads: readonly {
    readonly padding: Padding
    readonly image: Values
    readonly padded: Values
  }[]
  readonly image: Values
  readonly turns: readonly { readonly dihedral: Dihedral; readonly turned: Values }[]
}

const golden = JSON.parse(readFileSync(new URL('tiles.json', import.meta.url), 'utf8')) as Golden

function tensorOf({ dims, data }: Values) {
  return { dims, data: Float32Array.from(data) }
}

describe('padReflect against numpy.pad', () => {
  test.each(golden.pads)('$image.dims by $padding', ({ padding, image, padded }) => {
    expect(padReflect(tensorOf(image), padding)).toEqual(tensorOf(padded))
  })
})

describe('applyDihedral against numpy.rot90 and slices', () => {
  test.each(golden.turns)('$dihedral', ({ dihedral, turned }) => {
    expect(applyDihedral(tensorOf(golden.image), dihedral)).toEqual(tensorOf(turned))
  })
})
