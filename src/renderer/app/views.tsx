import type { ComponentType } from 'react'
import type { Bridge } from '#contract/client.ts'
import type { ParfocalApi } from '#contract/index.ts'
import type { CommandBoard } from '../lib/command-board.ts'
import type { PixelSource } from '../lib/pixels.ts'
import type { GoTo, Place, View } from '../lib/place.ts'
import { createLateView } from './late-view.tsx'

/** What every view is built from. */
export interface Surroundings {
  readonly api: ParfocalApi
  readonly bridge: Bridge
  readonly pixels: PixelSource
  readonly board: CommandBoard
  readonly goTo: GoTo
}

interface PlacedProps<V extends View> {
  readonly place: Extract<Place, { readonly view: V }>
}
type ViewOf<V extends View> = ComponentType<PlacedProps<V>>

export interface Views {
  readonly plate: ViewOf<'plate'>
  readonly field: ViewOf<'field'>
  readonly quality: ViewOf<'quality'>
  readonly review: ViewOf<'review'>
  readonly reacquire: ViewOf<'reacquire'>
  readonly models: ViewOf<'models'>
}

/** By then the first page is on screen. */
const FETCH_AFTER_MS = 1_000

/**
 * The large views, each fetched once the first page is shown, or when it is gone to before that. Its store then stays,
 * so that coming back finds it as it was.
 */
export function createViews({ api, bridge, pixels, board, goTo }: Surroundings): Views {
  const shared = { board, goTo, pixels }
  const reviewFeature = once(async () => {
    const feature = await import('../features/review/index.ts')
    return { ...feature, store: feature.createReviewStore(api, bridge, pixels) }
  })
  const late = {
    plate: createLateView<PlacedProps<'plate'>>(async () => {
      const { createPlateStore, PlateView } = await import('../features/plate/index.ts')
      const store = createPlateStore(api, bridge)
      return ({ place }) => <PlateView {...shared} store={store} plateId={place.plateId} />
    }),
    field: createLateView<PlacedProps<'field'>>(async () => {
      const { createFieldStore, FieldView } = await import('../features/field/index.ts')
      const store = createFieldStore(api, bridge, pixels)
      return ({ place }) => <FieldView {...shared} store={store} place={place} />
    }),
    quality: createLateView<PlacedProps<'quality'>>(async () => {
      const { createQualityStore, QualityView } = await import('../features/quality/index.ts')
      const store = createQualityStore(api, bridge)
      return ({ place }) => <QualityView {...shared} store={store} plateId={place.plateId} />
    }),
    review: createLateView<PlacedProps<'review'>>(async () => {
      const { store, ReviewView } = await reviewFeature()
      return ({ place }) => <ReviewView {...shared} store={store} place={place} />
    }),
    reacquire: createLateView<PlacedProps<'reacquire'>>(async () => {
      const { store, ReacquireView } = await reviewFeature()
      return ({ place }) => <ReacquireView {...shared} store={store} place={place} />
    }),
    models: createLateView<PlacedProps<'models'>>(async () => {
      const { createModelsStore, ModelsView } = await import('../features/models/index.ts')
      const store = createModelsStore(api, bridge)
      return ({ place }) => <ModelsView {...shared} store={store} place={place} />
    }),
  }
  const fetchAll = (): void => Object.values(late).forEach(({ fetch }) => fetch())
  setTimeout(fetchAll, FETCH_AFTER_MS)
  return {
    plate: late.plate.View,
    field: late.field.View,
    quality: late.quality.View,
    review: late.review.View,
    reacquire: late.reacquire.View,
    models: late.models.View,
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null
  return () => (made ??= make())
}
