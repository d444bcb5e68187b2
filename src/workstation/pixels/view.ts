import type { PageFile } from '../reading/read-page.ts'
import { artifactPath } from '../record/artifacts.ts'
import { pixelVersion } from './pixel-version.ts'
import { viewPath } from './view-cache.ts'
import type { ThumbnailOrder, ViewOrder } from './view-job.ts'

/** Something to look at, by its name in the view cache, and how it is made. */
export interface View {
  readonly name: string
  readonly order: ViewOrder
  /** The file that a fault is about. */
  readonly about: string
}

/** All levels of a plane in tiles, and what is to be known about it. */
export function planeView(file: PageFile): View {
  const name = `plane ${pixelVersion(file)}`
  return { name, order: { kind: 'plane', file }, about: file.path }
}

export function thumbnailView({ path, page, bytes, modified }: PageFile): View {
  const file = { path, page, bytes, modified }
  const order = { kind: 'thumbnail', file } as const
  return { name: thumbnailName(file), order, about: path }
}

export function thumbnailName(file: PageFile): string {
  return `thumbnail ${pixelVersion(file)}`
}

/** The same for a plane that is being judged anyway. */
export function thumbnailOrder(store: string, file: PageFile): ThumbnailOrder {
  const { bytes, modified } = file
  return { store, path: viewPath(store, thumbnailName(file)), bytes, modified }
}

export function mapView(
  file: PageFile,
  map: 'sharpness' | 'saturation',
  edgeSignificance: number,
): View {
  const name = `map ${map} ${edgeSignificance} ${pixelVersion(file)}`
  const order = { kind: 'map', file, map, edgeSignificance } as const
  return { name, order, about: file.path }
}

/** @param location the map's path inside the store's artifacts, which names its content. */
export function predictionMapView(store: string, location: string): View {
  const path = artifactPath(store, location)
  const order = { kind: 'prediction-map', path } as const
  return { name: `prediction map ${location}`, order, about: path }
}

/** @param location the label image's path inside the store's artifacts, which names its content. */
export function labelsView(store: string, location: string): View {
  const path = artifactPath(store, location)
  const order = { kind: 'labels', path } as const
  return { name: `labels ${location}`, order, about: path }
}
