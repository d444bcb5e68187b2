import type { TiffPage } from '#core/image/encode-tiff.ts'

/** Pages of every pixel type, with odd sizes and descriptions of every length that TIFF treats differently. */
export const tiffPages: Readonly<Record<string, TiffPage>> = {
  'eight-bits': { width: 3, height: 1, pixels: Uint8Array.of(0, 1, 255) },
  'sixteen-bits': {
    width: 5,
    height: 2,
    pixels: Uint16Array.of(0, 1, 255, 256, 4095, 65535, 2, 3, 4, 5),
    description: 'well B03, field 2',
  },
  'labels-beyond-16-bits': {
    width: 2,
    height: 2,
    pixels: Uint32Array.of(0, 65535, 65536, 4294967295),
    description: 'ab',
  },
  'real-numbers': {
    width: 1,
    height: 3,
    pixels: Float32Array.of(-0.5, 0, 3.25e9),
    description: '',
  },
}
