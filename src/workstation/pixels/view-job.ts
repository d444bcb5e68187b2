import type { Result } from '#core/fault.ts'
import type { PageFile } from '../reading/read-page.ts'

/** Make something to look at and keep it in the view cache. */
export interface ViewJob {
  readonly kind: 'view'
  readonly view: ViewOrder
  /** The store in whose cache it is kept, and the file there. */
  readonly store: string
  readonly path: string
}

export type ViewOrder =
  /** Every tile of every level. */
  | { readonly kind: 'plane'; readonly file: PageFile }
  | { readonly kind: 'thumbnail'; readonly file: PageFile }
  | {
      readonly kind: 'map'
      readonly file: PageFile
      readonly map: 'sharpness' | 'saturation'
      readonly edgeSignificance: number
    }
  /** A label image among the store's artifacts. */
  | { readonly kind: 'labels'; readonly path: string }
  /** A map that networks made of a field, among the store's artifacts. */
  | { readonly kind: 'prediction-map'; readonly path: string }
  | AtlasOrder

export interface AtlasOrder {
  readonly kind: 'atlas'
  readonly rows: number
  readonly columns: number
  /** Side of a cell in pixels. */
  readonly size: number
  readonly cells: readonly AtlasCell[]
}

export interface AtlasCell {
  readonly row: number
  readonly column: number
  /** Where the thumbnail is kept, if it was made. */
  readonly thumbnail: string
}

export interface ViewReply {
  readonly kind: 'view'
  readonly result: Result<MadeView>
}

export interface MadeView {
  readonly bytes: number
  /** Cells of an atlas, by their places in the order, whose thumbnails are not made yet. */
  readonly missing: readonly number[]
}

/** Keep the thumbnail of a plane that is being judged anyway. */
export interface ThumbnailOrder {
  readonly store: string
  /** Its file in the store's view cache. */
  readonly path: string
  /** The version of the file that it is for. */
  readonly bytes: number
  readonly modified: string
}

/** Keep the view cache within its bound. */
export interface SweepJob {
  readonly kind: 'sweep'
  readonly store: string
  readonly limit: number
}

export interface SweepReply {
  readonly kind: 'sweep'
  /** What the cache holds now. */
  readonly bytes: number
}
