import { describe, expect, test } from 'vitest'
import { pagesInDepth } from '#workstation/intake/pages-in-depth.ts'
import { ok } from '#core/fault.ts'
import type { FileAccess, ProbedImage } from '#workstation/intake/file-access.ts'
import { paperFiles } from '../../support/surveys.ts'

const PAGE = { width: 64, height: 48, samples: 1 }

/** The pages of a file that looks like this, with what its first page says about itself. */
function pagesOf(pages: ProbedImage['pages'], description = '', namesDepth = false) {
  const { survey, access } = paperFiles('B03.tif')
  const drawn: FileAccess = {
    ...access,
    probeImage: () => Promise.resolve(ok({ pages })),
    readDescription: () => Promise.resolve(ok(description)),
  }
  return pagesInDepth(drawn, survey.files[0]!, namesDepth)
}

const stack = (count: number) => Array.from({ length: count }, () => PAGE)
const ome = (sizes: string) => `<OME><Image><Pixels ${sizes}/></Image></OME>`

describe('the pages of a file whose name has no depth', () => {
  test.each([
    { of: 'one page', pages: stack(1), depths: [0] },
    { of: 'a stack', pages: stack(3), depths: [0, 1, 2] },
    { of: 'a pyramid', pages: [PAGE, { ...PAGE, width: 32, reduced: true }], depths: [0] },
    {
      of: 'a stack with a thumbnail before it',
      pages: [{ ...PAGE, reduced: true }, PAGE, PAGE],
      depths: [1, 2],
    },
    { of: 'no page that is whole', pages: [], depths: [0] },
    {
      of: 'a stack by ImageJ',
      pages: stack(3),
      text: 'ImageJ=1.53\nslices=3\n',
      depths: [0, 1, 2],
    },
    { of: 'a stack in OME-XML', pages: stack(2), text: ome('SizeZ="2" SizeC="1"'), depths: [0, 1] },
  ])('are its depths: $of', async ({ pages, text = '', depths }) => {
    expect(await pagesOf(pages, text)).toEqual({ ok: true, value: depths })
  })

  test.each([
    { why: 'of several sizes', pages: [PAGE, { ...PAGE, width: 65 }], text: '' },
    { why: 'channels by ImageJ', pages: stack(2), text: 'ImageJ=1.53\nimages=2\nchannels=2\n' },
    { why: 'depths and times by ImageJ', pages: stack(4), text: 'ImageJ=1\nslices=2\nframes=2\n' },
    { why: 'channels in OME-XML', pages: stack(2), text: ome('SizeZ="1" SizeC="2"') },
    {
      why: 'several images in OME-XML',
      pages: stack(2),
      text: ome('SizeZ="2"/><Pixels SizeZ="2"'),
    },
  ])('are nothing that the name says: $why', async ({ pages, text }) => {
    expect(await pagesOf(pages, text)).toMatchObject({
      ok: false,
      fault: { kind: 'pages-unnamed', path: '/screen/B03.tif' },
    })
  })
})

test('several pages cannot be at the one depth that a name has', async () => {
  expect(await pagesOf(stack(4), '', true)).toMatchObject({
    fault: { kind: 'pages-unnamed', detail: '4 pages at one depth' },
  })
  expect(await pagesOf(stack(1), '', true)).toEqual({ ok: true, value: [0] })
})

test('a file that cannot be looked into has one page', async () => {
  const { survey, access } = paperFiles('B03.tif')
  expect(await pagesInDepth(access, survey.files[0]!, false)).toEqual({ ok: true, value: [0] })
})
