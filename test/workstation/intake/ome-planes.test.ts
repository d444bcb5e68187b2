import { expect, test } from 'vitest'
import type { OmeImage, TiffBlock } from '#workstation/intake/ome-metadata.ts'
import { locatePlanes, type OmePixels } from '#workstation/intake/ome-planes.ts'

const image: OmeImage = {
  id: 'Image:0',
  name: null,
  stageName: null,
  acquiredAt: null,
  objective: null,
  depths: 3,
  times: 2,
  channels: ['DAPI', 'FITC'].map(name => ({ name, excitation: null, emission: null })),
  samples: 1,
  order: 'ZCT',
  pixelSize: null,
  stage: null,
  blocks: [],
  elsewhere: false,
  planes: new Map(),
}

const block = (given: Partial<TiffBlock>): TiffBlock => {
  return {
    depth: 0,
    channel: 0,
    time: 0,
    page: null,
    count: null,
    fileName: null,
    uuid: null,
    ...given,
  }
}

const file = { path: 'a.ome.tif', absolute: '/a.ome.tif', bytes: 1, modified: '0' }
const pages = (count: number, reduced: readonly number[] = []): OmePixels => {
  return { file, count, pages: [...Array(count).keys()].filter(page => !reduced.includes(page)) }
}

/** `page: z c t` of each plane. */
function places(own: Partial<OmeImage>, pixels: OmePixels | null, taken = new Set<string>()) {
  const planes = locatePlanes({ ...image, ...own }, () => pixels, { taken, steps: 0 })
  return planes.map(({ page, depth, channel, time }) => `${page}: ${depth} ${channel} ${time}`)
}

test('without a word pages follow the order of the image', () => {
  expect(places({}, pages(12))).toEqual([
    '0: 0 0 0',
    '1: 1 0 0',
    '2: 2 0 0',
    '3: 0 1 0',
    '4: 1 1 0',
    '5: 2 1 0',
    '6: 0 0 1',
    '7: 1 0 1',
    '8: 2 0 1',
    '9: 0 1 1',
    '10: 1 1 1',
    '11: 2 1 1',
  ])
  expect(places({ order: 'CTZ' }, pages(3))).toEqual(['0: 0 0 0', '1: 0 1 0', '2: 0 0 1'])
})

test('a block begins where it says, and has as many pages as it says', () => {
  const blocks = [block({ page: 4, count: 2, depth: 2, time: 1 })]
  expect(places({ blocks }, pages(12))).toEqual(['4: 2 0 1', '5: 0 1 1'])
})

test('pages that are not there are not planes', () => {
  expect(places({ blocks: [block({ page: 0, count: 12 })] }, pages(2))).toHaveLength(2)
  expect(places({ blocks: [block({ page: 7, count: 1 })] }, pages(2))).toEqual([])
  expect(places({}, null)).toEqual([])
})

test('levels of a pyramid in the chain are counted, and are no planes of their own', () => {
  expect(places({}, pages(4, [1, 3]))).toEqual(['0: 0 0 0', '2: 1 0 0'])
  const blocks = [block({ page: 2, count: 1, depth: 1 })]
  expect(places({ blocks }, pages(4, [1, 3]))).toEqual(['2: 1 0 0'])
})

test('a page is one plane, the first that names it', () => {
  const blocks = [block({ page: 0, count: 1 }), block({ page: 0, count: 1, depth: 1 })]
  expect(places({ blocks }, pages(2))).toEqual(['0: 0 0 0'])
  expect(places({ blocks }, pages(2), new Set(['a.ome.tif 0']))).toEqual([])
})

test('colour images may count their samples where they mean channels', () => {
  const channels = image.channels.slice(0, 2)
  const blocks = [block({ page: 0, count: 1, channel: 3 })]
  expect(places({ blocks, channels, samples: 3 }, pages(1))).toEqual(['0: 0 1 0'])
})

test('blocks that would never end do', () => {
  const endless = block({ page: 0, count: 1e15 })
  const many = { ...image, depths: 5_000_000, blocks: Array<TiffBlock>(100).fill(endless) }
  const unknown = { file, pages: null, count: null }
  const claims = { taken: new Set<string>(), steps: 0 }
  const start = performance.now()
  expect(locatePlanes({ ...many, times: 1 }, () => pages(3), claims)).toHaveLength(3)
  const fresh = { taken: new Set<string>(), steps: 0 }
  expect(locatePlanes({ ...image, blocks: [endless] }, () => unknown, fresh)).toHaveLength(12)
  expect(performance.now() - start).toBeLessThan(5000)
})

test('pixels in the text itself are in no file', () => {
  expect(places({ elsewhere: true }, pages(12))).toEqual([])
})
