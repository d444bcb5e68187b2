import { fromFile, type TypedArray } from 'geotiff'
import { fileURLToPath } from 'node:url'

export interface GoldenImage {
  readonly width: number
  readonly height: number
  readonly pixels: TypedArray
}

/** The first page of a grayscale TIFF of test/golden, by its path there. */
export async function goldenTiff(path: string): Promise<GoldenImage> {
  const file = await fromFile(fileURLToPath(new URL(`../golden/${path}`, import.meta.url)))
  const image = await file.getImage()
  const [pixels] = await image.readRasters()
  await file.close()
  return { width: image.getWidth(), height: image.getHeight(), pixels: pixels! }
}
