import { describe, expect, test } from 'vitest'
import { fail, ok, type Fault } from '#core/fault.ts'
import { wholeImage } from '#workstation/intake/whole-image.ts'
import { paperFolder } from '../../support/surveys.ts'

const path = '/screen/x'
const { files } = paperFolder({ 'a.tif': 'II', 'p.HTD': 'index', 'x.HTD': '', 'x.done': '' }).survey
const [image, index, emptyMarker, emptyIndex] = ['a.tif', 'p.HTD', 'x.done', 'x.HTD'].map(name =>
  files.find(file => file.path === name),
)

function judgeWith(fault: Fault | null) {
  return wholeImage({
    probeImage: async () =>
      fault === null ? ok({ pages: [{ width: 8, height: 8, samples: 1 }] }) : fail(fault),
    readStart: async () => (fault === null ? ok(new Uint8Array()) : fail(fault)),
  })
}

describe('whether all of a file is there', () => {
  test.each<[string, Fault | null, string]>([
    ['an image whose structure is complete', null, 'whole'],
    ['a truncated image', { kind: 'image-truncated', path, detail: '' }, 'partial'],
    ['an image that begins with zeros', { kind: 'not-an-image', path, detail: '' }, 'partial'],
    ['an image that another program holds', { kind: 'file-locked', path, detail: '' }, 'locked'],
    ['an image that is hidden for a moment', { kind: 'file-not-found', path }, 'locked'],
    ['an image that changes while it is read', { kind: 'file-changed', path }, 'locked'],
    ['an image of an unknown kind', { kind: 'image-unsupported', path, detail: '' }, 'whole'],
  ])('%s', async (_, fault, wholeness) => {
    expect(await judgeWith(fault)(image!)).toBe(wholeness)
  })

  test('of another file is known when it can be opened', async () => {
    expect(await judgeWith(null)(index!)).toBe('whole')
    expect(await judgeWith({ kind: 'file-locked', path, detail: 'EBUSY' })(index!)).toBe('locked')
    expect(await judgeWith(null)(emptyMarker!)).toBe('whole')
  })

  test('of an index is known when there is something in it', async () => {
    expect(await judgeWith(null)(emptyIndex!)).toBe('partial')
  })
})
