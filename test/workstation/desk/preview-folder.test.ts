import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createFolderPreviews } from '#workstation/desk/preview-folder.ts'
import { htdText } from '../../support/surveys.ts'
import { temporaryFolder } from '../../support/stores.ts'
import { valueOf } from '../../support/value-of.ts'

function folderOf(contents: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder()
  for (const [path, text] of Object.entries(contents)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

function preview(folder: string, naming: string) {
  return createFolderPreviews(() => performance.now()).preview(folder, naming)
}

describe('the preview of a folder', () => {
  test('says what speaks for what, its plates, and the places of its first files', async () => {
    const folder = folderOf({
      'P.HTD': htdText({ wells: ['A01'], sites: [2, 1], waves: ['DAPI'] }),
      'P_A01_s1.tif': '',
      'P_A01_s1_thumb.tif': '',
      'stranger.tif': '',
      'notes.txt': '',
    })
    expect(valueOf(await preview(folder, 'auto'))).toMatchObject({
      files: 5,
      cut: false,
      recognised: 1,
      unrecognised: 1,
      beside: 1,
      plateCount: 1,
      plates: [
        { plate: 'P', namedBy: 'index', wells: 1, sites: 2, arrived: 1, expected: 2, missing: 1 },
      ],
      shown: [
        {
          path: 'P_A01_s1.tif',
          place: { plate: 'P', well: 'A01', site: 1, channel: 'DAPI', z: 1, t: 1 },
          groups: [],
        },
        { path: 'stranger.tif', place: null, groups: [] },
      ],
      faults: [],
    })
    const { signs } = valueOf(await preview(folder, 'auto'))
    expect(signs[0]).toEqual({
      instrument: 'ImageXpress',
      by: 'index',
      sure: 'certain',
      why: 'the index P.HTD',
      claimed: 2,
      of: 3,
    })
  })

  test('marks what a pattern matched, and says what is wrong with one', async () => {
    const folder = folderOf({ 'in/B03-2.tif': '', 'in/x.tif': '' })
    const { shown } = valueOf(await preview(folder, '(?<well>B\\d\\d)-(?<site>\\d)'))
    expect(shown[0]).toMatchObject({
      place: { plate: 'in', well: 'B03', site: 2 },
      groups: [
        { name: 'well', from: 3, to: 6 },
        { name: 'site', from: 7, to: 8 },
      ],
    })
    expect(await preview(folder, '(?<well>B')).toMatchObject({
      fault: { kind: 'bad-option', allowed: expect.stringContaining('Unterminated group') },
    })
  })

  test('counts as arrived only what is promised', async () => {
    const folder = folderOf({
      'P.HTD': htdText({ wells: ['A01'], sites: [2, 1], waves: ['DAPI'] }),
      'P_A01_s1.tif': '',
      'P_A01_s3.tif': '',
    })
    expect(valueOf(await preview(folder, 'auto'))).toMatchObject({
      recognised: 2,
      plates: [{ arrived: 1, expected: 2, missing: 1 }],
    })
  })

  test('does not wait for a pattern that never ends', async () => {
    const folder = folderOf({ [`${'a'.repeat(60)}!.tif`]: '' })
    expect(await preview(folder, '^(?<well>(a+)+)$')).toMatchObject({
      fault: { kind: 'bad-option', allowed: expect.stringContaining('faster') },
    })
  })

  test('looks at a part of a large folder, its indexes among it, and says so', async () => {
    const images = Array.from({ length: 3200 }, (_, i) => [`P_A01_s${i + 1}.tif`, ''] as const)
    const folder = folderOf({
      ...Object.fromEntries(images),
      'Z.HTD': htdText({ wells: ['A01'], sites: [80, 40] }),
    })
    const found = valueOf(await preview(folder, 'auto'))
    expect(found).toMatchObject({ cut: true, recognised: 3000, files: 3001 })
    expect(found.shown).toHaveLength(50)
    // What is missing of it is not known.
    expect(found.plates).toMatchObject([{ namedBy: 'index', expected: 3200, missing: null }])
  })

  test('stops asking a disk that takes too long', async () => {
    const folder = folderOf({ 'a/b/c.tif': '' })
    let now = 0
    const slow = createFolderPreviews(() => (now += 3000))
    expect(valueOf(await slow.preview(folder, 'auto'))).toMatchObject({ cut: true, faults: [] })
  })

  test('lists a folder once while somebody types', async () => {
    const folder = folderOf({ 'A01.tif': '' })
    let now = 0
    const previews = createFolderPreviews(() => now)
    await previews.preview(folder, '(?<well>A')
    writeFileSync(join(folder, 'A02.tif'), '')
    expect(valueOf(await previews.preview(folder, '(?<well>A\\d+)'))).toMatchObject({ files: 1 })
    now = 60_000
    expect(valueOf(await previews.preview(folder, '(?<well>A\\d+)'))).toMatchObject({ files: 2 })
  })

  test('says that a folder is gone', async () => {
    const path = join(temporaryFolder(), 'gone')
    expect(await preview(path, 'auto')).toEqual({
      ok: false,
      fault: { kind: 'folder-not-found', path },
    })
  })
})
