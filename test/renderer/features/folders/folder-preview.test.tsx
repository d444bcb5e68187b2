import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import type { FolderPreview } from '#contract/folders.ts'
import {
  FolderPreviewView,
  markedPath,
} from '../../../../src/renderer/features/folders/folder-preview.tsx'
import type { PreviewState } from '../../../../src/renderer/features/folders/folders-store.ts'

const found: FolderPreview = {
  files: 9,
  cut: false,
  signs: [
    {
      instrument: 'ImageXpress',
      by: 'index',
      sure: 'certain',
      why: 'the index P.HTD',
      claimed: 7,
      of: 8,
    },
    { instrument: 'generic', by: 'name', sure: 'possible', why: 'names', claimed: 0, of: 8 },
  ],
  plates: [
    {
      plate: 'P',
      folder: '',
      instrument: 'ImageXpress',
      namedBy: 'index',
      wells: 2,
      sites: 1,
      z: 3,
      t: 1,
      channels: ['DAPI', 'FITC'],
      pixelSize: 0.65,
      objective: '20x',
      arrived: 7,
      expected: 12,
      missing: 5,
    },
  ],
  plateCount: 3,
  recognised: 7,
  unrecognised: 1,
  beside: 0,
  shown: [
    {
      path: 'P_B03.tif',
      place: { plate: 'P', well: 'B03', site: 1, channel: 'DAPI', z: 1, t: 1 },
      groups: [{ name: 'well', from: 2, to: 5 }],
    },
    { path: 'odd.tif', place: null, groups: [] },
  ],
  faults: [{ kind: 'index-invalid', path: '/p/Q.HTD', detail: 'no well is selected' }],
}

function view(preview: Partial<PreviewState>, target: string | null = 'h'): string {
  const state = { of: { target: 'h', naming: 'auto' }, busy: false, value: found, fault: null }
  const text = renderToStaticMarkup(
    <FolderPreviewView preview={{ ...state, ...preview }} target={target} faultId="why" />,
  )
  return text
}

const words = (html: string) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

describe('the preview of a folder', () => {
  test('says how much was recognised, by what, and what is missing', () => {
    const said = words(view({}))
    expect(said).toContain('7 of 8 images recognised.')
    expect(said).toContain('certain ImageXpress: the index P.HTD 7 of 8')
    expect(said).not.toContain('generic')
    expect(said).toContain(
      'P by its index · 2 wells · DAPI, FITC · 3 z-steps · 0.65 µm a pixel · 20x · 7 of 12 planes · 5 missing',
    )
    expect(said).toContain('and 2 more')
    expect(said).toContain('odd.tif not recognised')
    expect(said).toContain('/p/Q.HTD')
  })

  test('says that it is a part, and what holds no plane', () => {
    const said = words(view({ value: { ...found, cut: true, beside: 4 } }))
    expect(said).toContain('recognised; 4 more hold no plane')
    expect(said).toContain('only a part of it was looked at')
  })

  test('says what a pattern must be, and keeps what was found before out of the way', () => {
    const fault = {
      kind: 'bad-option',
      option: '--naming',
      value: '(',
      allowed: 'a pattern',
    } as const
    const html = view({ fault })
    expect(words(html)).toContain('It must be a pattern.')
    expect(html).toContain('aria-hidden="true"')
  })

  test('asks for a folder where none is chosen, and says that it is looking', () => {
    expect(words(view({ value: null }, null))).toContain('Choose a folder')
    expect(words(view({ value: null, busy: true }))).toContain('looking…')
  })
})

describe('a path with marks', () => {
  const html = (groups: readonly { name: string; from: number; to: number }[]) =>
    renderToStaticMarkup(<>{markedPath({ path: 'P_B03.tif', groups: [...groups] })}</>).replaceAll(
      /<mark title="(\w+)"[^>]*>(.*?)<\/mark>/g,
      '[$1:$2]',
    )

  test('marks each group', () => {
    expect(
      html([
        { name: 'plate', from: 0, to: 1 },
        { name: 'well', from: 2, to: 5 },
      ]),
    ).toBe('[plate:P]_[well:B03].tif')
  })

  test('marks the outer one of two, and nothing that is empty', () => {
    expect(
      html([
        { name: 'well', from: 2, to: 5 },
        { name: 'row', from: 2, to: 3 },
        { name: 'site', from: 6, to: 6 },
      ]),
    ).toBe('P_[well:B03].tif')
  })
})
