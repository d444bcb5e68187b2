import { levelCount, type PlaneDescription } from '#contract/pixels.ts'
import { fail, ok, type Result } from '#core/fault.ts'
import { halveByMean } from '#core/image/halve-by-mean.ts'
import { histogramOf } from '#core/image/histogram.ts'
import { overviewIntensities } from '#core/image/intensity-overview.ts'
import type { Plane } from '#core/image/plane.ts'
import { thinLabels } from '#core/image/thin-labels.ts'
import { cameraRange } from '#core/quality/camera-range.ts'
import { mapSaturation } from '#core/quality/saturation-map.ts'
import { mapSharpness } from '#core/quality/sharpness-map.ts'
import { readLabels } from '../reading/read-labels.ts'
import { readPage, type PageFile, type ReadPage } from '../reading/read-page.ts'
import { toPlane } from '../reading/to-plane.ts'
import { attempt } from '../store/store-fault.ts'
import { assembleAtlas } from './assemble-atlas.ts'
import { thumbnailPiece } from './keep-thumbnail.ts'
import { readPredictionMap } from './read-prediction-map.ts'
import { bytesOfPixels, pixelType, tilePieces } from './tile-pieces.ts'
import { unfinishedView } from './view-cache.ts'
import { ABOUT, WHOLE, writeView, type Piece } from './view-file.ts'
import type { ViewJob, ViewOrder, ViewReply } from './view-job.ts'

/** Makes a view in a worker process and keeps it for the host to hand out. */
export async function makeView({ view, store, path }: ViewJob): Promise<ViewReply> {
  const made = await piecesOf(view)
  if (!made.ok) return { kind: 'view', result: made }
  const { pieces, missing } = made.value
  const kept = attempt(store, () => ({
    bytes: writeView(path, unfinishedView(store), pieces),
    missing,
  }))
  return { kind: 'view', result: kept }
}

interface Made {
  readonly pieces: readonly Piece[]
  readonly missing: readonly number[]
}

async function piecesOf(view: ViewOrder): Promise<Result<Made>> {
  switch (view.kind) {
    case 'plane':
      return ofPage(view.file, planePieces)
    case 'thumbnail':
      return ofPage(view.file, read => [thumbnailPiece(toPlane(read.raster, read.range))])
    case 'map':
      return ofPage(view.file, read => [mapPiece(toPlane(read.raster, read.range), view)])
    case 'labels':
      return labelPieces(view.path)
    case 'prediction-map':
      return predictionMapPieces(view.path)
    case 'atlas':
      return ok(assembleAtlas(view))
  }
}

async function ofPage(
  file: PageFile,
  make: (read: ReadPage) => readonly Piece[],
): Promise<Result<Made>> {
  const read = await readPage(file)
  return read.ok ? ok({ pieces: make(read.value), missing: [] }) : read
}

function planePieces({ raster, range, pixelSize }: ReadPage): readonly Piece[] {
  const plane = toPlane(raster, range)
  const levels = levelCount(plane.width, plane.height)
  const pieces: Piece[] = [describe(plane, raster.bits, levels, pixelSize)]
  let image = plane
  for (let level = 0; level < levels; level += 1) {
    if (level > 0) image = halveByMean(image)
    pieces.push(...tilePieces(level, image))
  }
  return pieces
}

function describe(plane: Plane, bits: number, levels: number, pixelSize: number | null): Piece {
  const { width, height, pixels } = plane
  const histogram = histogramOf(pixels)
  const { percentiles, bins } = overviewIntensities(histogram)
  const description: PlaneDescription = {
    width,
    height,
    bits,
    type: pixelType(pixels) as PlaneDescription['type'],
    fullScale: cameraRange(plane, histogram) ?? histogram.values.at(-1)!,
    levels,
    pixelSize,
    percentiles,
    histogram: bins,
  }
  const bytes = Buffer.from(JSON.stringify(description))
  return { name: ABOUT, type: 'json', width: 0, height: 0, step: 1, bytes }
}

function mapPiece(
  plane: Plane,
  { map, edgeSignificance }: Extract<ViewOrder, { kind: 'map' }>,
): Piece {
  const { width, height, values, step } =
    map === 'sharpness' ? mapSharpness(plane, { edgeSignificance }) : mapSaturation(plane)
  return { name: WHOLE, type: 'float32', width, height, step, bytes: bytesOfPixels(values) }
}

async function predictionMapPieces(path: string): Promise<Result<Made>> {
  const read = await readPredictionMap(path)
  if (!read.ok) return read
  const { width, height, pixels } = read.value
  const piece = { name: WHOLE, type: pixelType(pixels), width, height, step: 1 }
  return ok({ pieces: [{ ...piece, bytes: bytesOfPixels(pixels) }], missing: [] })
}

async function labelPieces(path: string): Promise<Result<Made>> {
  const read = await readLabels(path)
  if (!read.ok) {
    return read.fault.kind === 'file-not-found' ? fail({ kind: 'artifact-missing', path }) : read
  }
  const labels = read.value
  const pieces: Piece[] = []
  for (let level = 0; level < levelCount(labels.width, labels.height); level += 1) {
    const { width, height, pixels } = thinLabels(labels.pixels, labels, 2 ** level)
    const narrow = labels.count <= 0xffff ? Uint16Array.from(pixels) : pixels
    pieces.push(...tilePieces(level, { width, height, pixels: narrow }))
  }
  return ok({ pieces, missing: [] })
}
