import { expect, test } from 'vitest'
import { canonicalJson } from '#core/canonical.ts'
import { measureIn, measuresIn } from '#workstation/desk/measure-in.ts'

const numbers = { mean: 4, median: 3, mad: 1, sd: 2, min: 1, max: 9, missing: 2 }
const names = [
  'Area',
  'Area_2',
  'Mean_{DAPI}',
  'Mean_"name":"Area"',
  'Mean_\\',
  'Intensity_µm',
] as const
const list = canonicalJson(names.map((name, i) => ({ name, ...numbers, mean: i })))

test.each(names.map((name, mean) => ({ name, mean })))(
  'finds $name among others',
  ({ name, mean }) => {
    const { missing, ...rest } = numbers
    expect(measureIn(list, 10, name)).toEqual({
      n: 10 - missing,
      mean,
      median: rest.median,
      sd: rest.sd,
      min: rest.min,
      max: rest.max,
    })
  },
)

test.each(['Are', 'area', '2', '{DAPI}'])('does not take a part of a name for it: %s', name => {
  expect(measureIn(list, 10, name)).toBeNull()
})

test('knows that an older record says nothing of spread and extremes', () => {
  const older = canonicalJson([{ name: 'Area', mean: 4, median: 3, mad: 1, missing: 0 }])
  expect(measureIn(older, 1, 'Area')).toEqual({ n: 1, mean: 4, median: 3 })
})

test('names all that was measured', () => {
  expect(measuresIn(list)).toEqual(names)
})
