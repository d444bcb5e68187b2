import type { FaultOf } from '#core/fault.ts'

/** What an image file says about itself, known without decoding a pixel. */
export interface ImageStructure {
  readonly format: 'tiff' | 'png' | 'zarr'
  readonly pages: readonly PageStructure[]
  /** Everything the file refers to lies within it: nothing is still to be written. */
  readonly whole: true
}

export interface PageStructure {
  readonly width: number
  readonly height: number
  /** 1 gray, 2 gray and one more, 3 RGB, 4 RGB and one more; other numbers come with a refusal. */
  readonly samples: number
  /** Of one sample as the camera wrote it: 12 for twelve bits packed or not. */
  readonly bits: number
  readonly sampleFormat: SampleFormat
  /** A smaller copy of another page: a level of a pyramid, a thumbnail (TIFF 6.0, NewSubfileType bit 0). */
  readonly reduced?: boolean
  /** Why this page cannot be decoded, though the file is sound; null where it can. */
  readonly refusal: PageRefusal | null
}

export type SampleFormat = 'unsigned' | 'signed' | 'float' | 'other'

export interface PageRefusal {
  readonly kind: 'image-unsupported' | 'image-too-large'
  readonly detail: string
}

/** A file that is not what it should be. */
export type StructureFault = FaultOf<
  'not-an-image' | 'image-truncated' | 'image-corrupt' | 'image-too-large'
>

/**
 * Most memory that reading one page may take: pixels, the piece being decoded, and the gray plane made of colour.
 *
 * Absolute rather than a ratio to the file's size, for a blank plane is rightly compressed a thousandfold.
 * 10,000 × 10,000 pixels of 16 bits fit; with Node and a file held in memory it stays below 500 MB.
 */
export const PAGE_BUDGET_BYTES = 320 * 2 ** 20

/** Most that deflate can make of a byte (zlib's technical notes). */
export const DEFLATE_RATIO = 1032

/** The gray plane that is made of colour takes four bytes a pixel, as do signed counts that were stored in fewer. */
export function refuseTooLarge(
  {
    samples,
    ...page
  }: Pick<PageStructure, 'width' | 'height' | 'samples'> &
    Partial<Pick<PageStructure, 'bits' | 'sampleFormat'>>,
  decodingBytes: number,
): PageRefusal | null {
  const floats = page.sampleFormat === 'signed' && (page.bits ?? 32) < 32 ? samples : 0
  const plane = page.width * page.height * 4 * (floats + (samples > 1 ? 1 : 0))
  if (decodingBytes + plane <= PAGE_BUDGET_BYTES) return null
  const detail = `${page.width} × ${page.height} pixels`
  return { kind: 'image-too-large', detail }
}
