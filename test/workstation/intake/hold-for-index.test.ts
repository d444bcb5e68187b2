import { describe, expect, test } from 'vitest'
import { holdForIndex } from '#workstation/intake/hold-for-index.ts'
import { paperFiles } from '../../support/surveys.ts'

const [index, log, first, second] = paperFiles('P.HTD', 'P.log', 'P_A01_w1.tif', 'P_A01_w2.tif')
  .survey.files

describe('images', () => {
  test('are taken at once where no index is in sight', () => {
    const held = holdForIndex(() => 0)
    expect(held.take()).toBeNull()
    held.seen(log!)
    held.add([first!], false)
    held.add([second!], true)
    expect(held.take()).toEqual({ files: [first, second], settled: 1 })
    expect(held.take()).toBeNull()
  })

  test('wait for their index, and are taken with it', () => {
    const held = holdForIndex(() => 0)
    held.seen(index!)
    held.add([first!], false)
    expect(held.take()).toBeNull()
    held.add([index!], true)
    expect(held.take()).toEqual({ files: [first, index], settled: 1 })
  })

  test('do not wait when an index that was read is written again', () => {
    const held = holdForIndex(() => 0)
    held.seen(index!)
    held.add([index!], true)
    held.take()
    held.seen(index!)
    held.add([first!], true)
    expect(held.take()).toEqual({ files: [first], settled: 1 })
  })

  test('do not wait for ever', () => {
    let now = 0
    const held = holdForIndex(() => now)
    held.seen(index!)
    held.add([first!], true)
    now = 9_999
    held.seen(index!)
    expect(held.take()).toBeNull()
    now = 10_000
    expect(held.take()).toEqual({ files: [first], settled: 1 })
  })

  test('come with a growing index that is read again only so often as that costs little', () => {
    let now = 0
    const held = holdForIndex(() => now)
    const [data] = paperFiles('run/MeasurementData.mlf').survey.files
    const version = (bytes: number) => ({ ...data!, bytes })
    held.seen(data!)
    held.add([version(1)], true)
    expect(held.take()).toEqual({ files: [version(1)], settled: 1 })
    held.took(500)
    for (const bytes of [2, 3]) held.add([version(bytes)], true)
    held.add([first!], true)
    expect(held.take()).toEqual({ files: [first], settled: 3 })
    now = 10_000
    expect(held.take()).toEqual({ files: [version(3)], settled: 0 })
    expect(held.take()).toBeNull()
  })

  test('that could not be told are taken once more', () => {
    const held = holdForIndex(() => 0)
    held.add([first!], true)
    held.putBack(held.take()!)
    held.add([second!], true)
    expect(held.take()).toEqual({ files: [first, second], settled: 2 })
  })
})
